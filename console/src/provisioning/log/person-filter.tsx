import { Select } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get } from "../../api/client.ts";
import type { AccountRow, Page } from "../../api/contract.ts";
import { useSearched } from "../../elements/use-searched.ts";

type Props = {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  label?: string;
};

const shown = 20;

/** Whose requests to show: somebody found by name or e-mail, active or not. */
export const PersonFilter = ({ value, onChange, label = "Person" }: Props) => {
  const { setSearch, wanted, offer } = useSearched();
  const found = useQuery({
    queryKey: ["/accounts", "to-filter", wanted],
    queryFn: async ({ signal }) =>
      (
        await get<Page<AccountRow>>("/accounts", {
          query: { search: wanted, limit: shown },
          signal,
        })
      ).items,
    placeholderData: keepPreviousData,
  });
  const choices = (found.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const isListed = value === undefined || choices.some((choice) => choice.value === value);
  return (
    <Select
      aria-label={label}
      placeholder={label}
      data={isListed ? choices : [{ value, label: "One person only" }, ...choices]}
      {...offer(found.isPlaceholderData || found.isPending, "Nobody is named like that")}
      searchable
      onSearchChange={setSearch}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
      clearable
      clearButtonProps={{ "aria-label": `Clear ${label.toLowerCase()}` }}
      flex={{ base: "1 1 10rem", sm: "0 1 10rem" }}
      miw="8.5rem"
      comboboxProps={{ width: "max-content", position: "bottom-start", shadow: "md" }}
    />
  );
};
