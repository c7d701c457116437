import { Select, type ComboboxItem } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AccountRow } from "../api/contract.ts";
import classes from "./person-picker.module.css";
import { peopleQuery } from "./queries.ts";

type Props = {
  tenantId: string;
  value: AccountRow | undefined;
  onChange: (person: AccountRow | undefined) => void;
  error?: string | undefined;
};

/** Finds somebody by name or e-mail, wherever in the organisation's thousands they are. */
export const PersonPicker = ({ tenantId, value, onChange, error }: Props) => {
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 200);
  const isChosen = value !== undefined && text === value.name;
  const { data: found = [], isFetching } = useQuery({
    ...peopleQuery(tenantId, isChosen ? "" : search),
    placeholderData: keepPreviousData,
  });
  const people =
    value && !found.some(({ id }) => id === value.id) ? [value, ...found] : [...found];
  const byId = new Map(people.map((person) => [person.id, person]));
  return (
    <Select
      label="Person"
      placeholder="Search name or e-mail"
      required
      searchable
      data-autofocus
      data={people.map(({ id, name }): ComboboxItem => ({ value: id, label: name }))}
      filter={({ options }) => options}
      value={value?.id ?? null}
      onChange={(id) => onChange(id === null ? undefined : byId.get(id))}
      searchValue={text}
      onSearchChange={setText}
      renderOption={({ option }) => <Person person={byId.get(option.value)} />}
      nothingFoundMessage={
        isFetching ? "Searching…" : "Nobody active has this in their name or e-mail."
      }
      error={error}
    />
  );
};

const Person = ({ person }: { person: AccountRow | undefined }) =>
  person && (
    <div className={classes["person"]}>
      <div>
        <div>{person.name}</div>
        <div className={classes["email"]}>{person.email ?? person.userName}</div>
      </div>
      {person.held > 0 && (
        <span className={classes["held"]}>
          holds {person.held} {person.held === 1 ? "item" : "items"}
        </span>
      )}
    </div>
  );
