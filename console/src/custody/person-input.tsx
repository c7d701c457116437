import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get } from "../api/client.ts";
import type { AccountRow, Page } from "../api/contract.ts";

type Props = { value?: string; error?: string; onChange?: (value: string) => void };

/** An active person, found by name or e-mail among however many there are. */
export const PersonInput = ({ value = "", error, onChange }: Props) => {
  const [search, setSearch] = useState("");
  const [wanted] = useDebouncedValue(search, 200);
  const [chosen, setChosen] = useState<{ value: string; label: string }>();
  const found = useQuery({
    queryKey: ["people", wanted === chosen?.label ? "" : wanted],
    queryFn: ({ signal, queryKey: [, text] }) =>
      get<Page<AccountRow>>("/accounts", {
        query: { search: text, status: "active", limit: 20 },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const people = (found.data?.items ?? []).map(({ id, name, email }) => ({
    value: id,
    label: email ? `${name} (${email})` : name,
  }));
  const isListed = people.some((person) => person.value === chosen?.value);
  return (
    <Select
      label="Person"
      placeholder="Name or e-mail"
      required
      data-autofocus
      searchable
      data={chosen && !isListed ? [chosen, ...people] : people}
      // The server has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={found.isFetching ? "Searching…" : "Nobody active is named like that"}
      searchValue={search}
      onSearchChange={setSearch}
      value={value || null}
      error={error}
      onChange={(id, option) => {
        setChosen(option ?? undefined);
        onChange?.(id ?? "");
      }}
    />
  );
};
