import { Select, type SelectProps } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/client.ts";
import type { Named } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { choicePaths, choicesQuery, type Options } from "./queries.ts";

type Props = Omit<SelectProps, "data" | "onChange"> & {
  options: Options;
  tenantId?: string | undefined;
  onChange?: (value: string | null) => void;
};

const addition = "add";

/** A choice of a list that the tenant keeps; what is not there yet is added as one types, except a status, which has a kind. */
export const ChoiceSelect = ({ options, tenantId, onChange, value = null, ...rest }: Props) => {
  const may = useMay();
  const { data: choices = [] } = useQuery(choicesQuery(options, tenantId));
  const [text, setText] = useState("");
  const add = useMutation({
    mutationFn: (name: string) =>
      call<Named>("POST", choicePaths[options], { query: { tenantId }, body: { name } }),
    onSuccess: ({ id }) => onChange?.(id),
  });
  const name = text.trim();
  const isKnown = choices.some((choice) => choice.name.toLowerCase() === name.toLowerCase());
  const canAdd = options !== "statuses" && may("assets:edit") && name !== "" && !isKnown;
  const { data: added } = add;
  const listed =
    added && !choices.some(({ id }) => id === added.id) ? [...choices, added] : choices;
  return (
    <Select
      placeholder={options === "statuses" ? undefined : "Choose, or type to add"}
      nothingFoundMessage="Nothing is like that."
      {...rest}
      searchable
      clearable={!rest.required}
      clearButtonProps={{ "aria-label": "Clear" }}
      disabled={rest.disabled || add.isPending}
      data={[
        ...listed.map((choice) => ({ value: choice.id, label: choice.name })),
        ...(canAdd ? [{ value: addition, label: `Add “${name}”` }] : []),
      ]}
      filter={({ options: all, search }) =>
        all.filter(
          (one) =>
            "label" in one &&
            (one.label.toLowerCase().includes(search.trim().toLowerCase()) ||
              ("value" in one && one.value === addition)),
        )
      }
      searchValue={text}
      onSearchChange={setText}
      value={value}
      onChange={(chosen) => (chosen === addition ? add.mutate(name) : onChange?.(chosen))}
    />
  );
};
