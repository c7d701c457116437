import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import { PersonFilter } from "../provisioning/log/person-filter.tsx";
import { FilterSelect } from "../table/filter-select.tsx";
import { SearchBox } from "../table/search-box.tsx";
import { actionChoices } from "./actions.ts";
import { causeKinds } from "./cause-kind.tsx";
import { MomentFilter } from "./moment-filter.tsx";

export type LedgerSearch = {
  search?: string | undefined;
  what?: string | undefined;
  person?: string | undefined;
  kind?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

type Props = { filters: LedgerSearch; onChange: (change: LedgerSearch) => void };

const kindChoices = Object.entries(causeKinds).map(([value, { label }]) => ({ value, label }));

/** What narrows the ledger. */
export const LedgerFilters = ({ filters, onChange }: Props) => (
  <>
    <SearchBox
      label="Search the ledger"
      value={filters.search}
      onChange={(search) => onChange({ search })}
    />
    <ActionFilter value={filters.what} onChange={(what) => onChange({ what })} />
    <PersonFilter label="Who" value={filters.person} onChange={(person) => onChange({ person })} />
    <FilterSelect
      label="Cause"
      value={filters.kind}
      choices={kindChoices}
      onChange={(kind) => onChange({ kind })}
    />
    <MomentFilter label="From" value={filters.from} onChange={(from) => onChange({ from })} />
    <MomentFilter label="Until" value={filters.to} onChange={(to) => onChange({ to })} />
  </>
);

type FilterProps = { value: string | undefined; onChange: (value: string | undefined) => void };

const ActionFilter = ({ value, onChange }: FilterProps) => {
  const { data = [] } = useQuery({
    queryKey: ["/ledger/actions"],
    queryFn: async ({ signal }) =>
      (await get<{ items: string[] }>("/ledger/actions", { signal })).items,
  });
  return (
    <Select
      aria-label="What"
      placeholder="What"
      data={actionChoices(data)}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      searchable
      nothingFoundMessage="Nothing like that has happened"
      clearable
      clearButtonProps={{ "aria-label": "Clear what" }}
      flex={{ base: "1 1 9.5rem", sm: "0 1 9.5rem" }}
      miw="8.5rem"
      comboboxProps={{ width: "max-content", position: "bottom-start", shadow: "md" }}
    />
  );
};
