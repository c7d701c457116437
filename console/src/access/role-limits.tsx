import { MultiSelect, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Named, Role } from "../api/contract.ts";

type Scope = Role["scope"];
type Props = { scope: Scope; isReadOnly: boolean; onChange: (scope: Scope) => void };

/** Where a role holds: in some tenants, locations and categories, or everywhere. */
export const RoleLimits = ({ scope, isReadOnly, onChange }: Props) => (
  <Stack gap="sm" maw="32rem">
    <Limit
      label="Tenants"
      hint="People and assets of these tenants only."
      path="/tenants"
      ids={scope.tenantIds}
      isReadOnly={isReadOnly}
      onChange={(tenantIds) => onChange({ ...scope, tenantIds })}
    />
    <Limit
      label="Locations"
      hint="Assets at these locations only."
      path="/locations"
      ids={scope.locationIds}
      isReadOnly={isReadOnly}
      onChange={(locationIds) => onChange({ ...scope, locationIds })}
    />
    <Limit
      label="Categories"
      hint="Assets of these categories only."
      path="/asset-categories"
      ids={scope.categoryIds}
      isReadOnly={isReadOnly}
      onChange={(categoryIds) => onChange({ ...scope, categoryIds })}
    />
  </Stack>
);

type LimitProps = {
  label: string;
  hint: string;
  path: string;
  ids: string[] | null;
  isReadOnly: boolean;
  onChange: (ids: string[] | null) => void;
};

const Limit = ({ label, hint, path, ids, isReadOnly, onChange }: LimitProps) => {
  const query = path === "/tenants" ? { limit: 200 } : {};
  const { data = [] } = useQuery({
    queryKey: [path, "limits"],
    queryFn: async ({ signal }) => (await get<{ items: Named[] }>(path, { query, signal })).items,
    staleTime: 60_000,
  });
  const chosen = ids ?? [];
  const known = data.map(({ id, name }) => ({ value: id, label: name }));
  // Chosen elsewhere, in a tenant whose lists are not read here.
  const others = chosen
    .filter((id) => !known.some(({ value }) => value === id))
    .map((id) => ({ value: id, label: "One of another tenant" }));
  return (
    <MultiSelect
      label={label}
      description={hint}
      placeholder={chosen.length === 0 ? "Everywhere" : ""}
      data={[...known, ...others]}
      value={chosen}
      onChange={(next) => onChange(next.length === 0 ? null : next)}
      disabled={isReadOnly}
      searchable
      clearable={!isReadOnly}
      clearButtonProps={{ "aria-label": `Clear ${label.toLowerCase()}` }}
    />
  );
};
