import { Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/client.ts";
import type { Named } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { choicePaths, toSelectData, useChoices, type ChoiceList } from "./queries.ts";

type Props = {
  label: string;
  list: ChoiceList;
  /** Whose list; one's own unless another is named. */
  tenantId?: string | undefined;
  placeholder?: string;
  required?: boolean;
  value?: string;
  error?: string;
  onChange?: (value: string) => void;
};

const adding = "add ";

/** A choice from a list that the tenant keeps; a name not in it can be added on the way. */
export const ChoiceInput = ({ list, tenantId, value = "", onChange, ...input }: Props) => {
  const may = useMay();
  const choices = useChoices(list, tenantId);
  const [search, setSearch] = useState("");
  const add = useMutation({
    mutationFn: (name: string) =>
      call<Named>("POST", choicePaths[list], { query: { tenantId }, body: { name } }),
    onSuccess: ({ id }) => onChange?.(id),
  });
  const name = search.trim();
  const known = add.data ? [...choices.filter(({ id }) => id !== add.data.id), add.data] : choices;
  const isKnown = known.some((choice) => choice.name.toLowerCase() === name.toLowerCase());
  // Every asset has a status; and a new one must also say whether it can be checked out, so it is not made in passing.
  const isFixed = list === "statuses";
  const canAdd = !isFixed && may("assets:administer") && name !== "" && !isKnown;
  return (
    <Select
      {...input}
      placeholder={input.placeholder || (isFixed ? "Choose" : "Choose, or type to add")}
      data={[
        ...toSelectData(known),
        ...(canAdd ? [{ value: adding + name, label: `Add “${name}”` }] : []),
      ]}
      value={value || null}
      searchable
      clearable={!isFixed}
      clearButtonProps={{ "aria-label": `Clear ${input.label.toLowerCase()}` }}
      searchValue={search}
      onSearchChange={setSearch}
      nothingFoundMessage={
        isFixed || search !== "" ? "None is named like that" : "Type a name to add one"
      }
      onChange={(chosen) => {
        if (chosen?.startsWith(adding)) add.mutate(chosen.slice(adding.length));
        else onChange?.(chosen ?? "");
      }}
    />
  );
};
