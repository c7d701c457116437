import { Select } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AccountRow } from "../api/contract.ts";
import { useSearched } from "../elements/use-searched.ts";
import classes from "./person-input.module.css";
import { peopleQuery } from "./queries.ts";

type Props = {
  tenantId: string;
  value?: string;
  error?: string;
  onChange?: (value: string) => void;
};

/** An active person of a tenant, found by name or e-mail among however many there are. */
export const PersonInput = ({ tenantId, value = "", error, onChange }: Props) => {
  const { search, setSearch, wanted, offer } = useSearched();
  const [chosen, setChosen] = useState<AccountRow>();
  const found = useQuery({
    ...peopleQuery(tenantId, wanted === chosen?.name ? "" : wanted),
    placeholderData: keepPreviousData,
  });
  const others = (found.data ?? []).filter(({ id }) => id !== chosen?.id);
  const people = new Map((chosen ? [chosen, ...others] : others).map((one) => [one.id, one]));
  return (
    <Select
      label="Person"
      placeholder="Name or e-mail"
      required
      data-autofocus
      searchable
      data={Array.from(people.values(), ({ id, name }) => ({ value: id, label: name }))}
      renderOption={({ option }) => <Person person={people.get(option.value)} />}
      {...offer(found.isPlaceholderData || found.isPending, "Nobody active is named like that")}
      searchValue={search}
      onSearchChange={setSearch}
      value={value || null}
      error={error}
      onChange={(id) => {
        setChosen(id === null ? undefined : people.get(id));
        onChange?.(id ?? "");
      }}
    />
  );
};

const Person = ({ person }: { person: AccountRow | undefined }) =>
  person && (
    <div className={classes["person"]}>
      <div className={classes["who"]}>
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
