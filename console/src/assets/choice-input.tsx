import { Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/client.ts";
import type { Named } from "../api/contract.ts";
import { choicePaths, toSelectData, useChoices, type ChoiceList } from "./queries.ts";

type Props = {
  label: string;
  list: ChoiceList;
  placeholder?: string;
  required?: boolean;
  value?: string;
  error?: string;
  onChange?: (value: string) => void;
};

const adding = "add ";

/** A choice from a list that the tenant keeps; a name not in it can be added on the way. */
export const ChoiceInput = ({ list, value = "", onChange, ...input }: Props) => {
  const choices = useChoices(list);
  const [search, setSearch] = useState("");
  const add = useMutation({
    mutationFn: (name: string) => call<Named>("POST", choicePaths[list], { body: { name } }),
    onSuccess: ({ id }) => onChange?.(id),
  });
  const name = search.trim();
  const isKnown = choices.some((choice) => choice.name.toLowerCase() === name.toLowerCase());
  // A status also needs to say whether it can be checked out, so it is not made in passing.
  const canAdd = list !== "statuses" && name !== "" && !isKnown;
  return (
    <Select
      {...input}
      data={[
        ...toSelectData(choices),
        ...(canAdd ? [{ value: adding + name, label: `Add “${name}”` }] : []),
      ]}
      value={value || null}
      searchable
      clearable
      clearButtonProps={{ "aria-label": `Clear ${input.label.toLowerCase()}` }}
      searchValue={search}
      onSearchChange={setSearch}
      nothingFoundMessage="None is named like that"
      onChange={(chosen) => {
        if (chosen?.startsWith(adding)) add.mutate(chosen.slice(adding.length));
        else onChange?.(chosen ?? "");
      }}
    />
  );
};
