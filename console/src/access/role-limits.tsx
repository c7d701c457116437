import { MultiSelect, Stack } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Named, Role, RoleDetail } from "../api/contract.ts";
import { useSession } from "../app-shell/session.ts";
import { useTenants } from "../tenants/tenants-query.ts";

type Scope = Role["scope"];
type Places = RoleDetail["places"];
type Props = {
  scope: Scope;
  /** What it is limited to already, by name. */
  places: Places;
  isReadOnly: boolean;
  onChange: (scope: Scope) => void;
};

/** Where a role holds: in some tenants, locations and categories, or everywhere. */
export const RoleLimits = ({ scope, places, isReadOnly, onChange }: Props) => {
  const tenants = useTenants();
  const shared = { places, isReadOnly, tenantIds: scope.tenantIds };
  return (
    <Stack gap="sm" maw="32rem">
      <Limit
        label="Tenants"
        hint="People and assets of these tenants only."
        choices={tenants.map(({ id, name }) => ({ value: id, label: name }))}
        ids={scope.tenantIds}
        isReadOnly={isReadOnly}
        onChange={(tenantIds) => onChange({ ...scope, tenantIds })}
      />
      <PlaceLimit
        {...shared}
        label="Locations"
        hint="Assets at these locations only. Choose tenants first to be offered theirs."
        path="/locations"
        ids={scope.locationIds}
        onChange={(locationIds) => onChange({ ...scope, locationIds })}
      />
      <PlaceLimit
        {...shared}
        label="Categories"
        hint="Assets of these categories only. Choose tenants first to be offered theirs."
        path="/asset-categories"
        ids={scope.categoryIds}
        onChange={(categoryIds) => onChange({ ...scope, categoryIds })}
      />
    </Stack>
  );
};

type LimitProps = {
  label: string;
  hint: string;
  ids: string[] | null;
  isReadOnly: boolean;
  onChange: (ids: string[] | null) => void;
};

type PlaceProps = LimitProps & { path: string; places: Places; tenantIds: string[] | null };

/** Each tenant has lists of its own: those of the tenant one looks at, and of the ones that were chosen. */
const PlaceLimit = ({ path, places, tenantIds, ...props }: PlaceProps) => {
  const own = useSession().tenant.id;
  const names = new Map(useTenants().map(({ id, name }) => [id, name]));
  const asked = [...new Set([own, ...(tenantIds ?? [])])];
  const offered = useQueries({
    queries: asked.map((tenantId) => ({
      queryKey: [path, "limits", tenantId],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const query = { tenantId };
        return (await get<{ items: Named[] }>(path, { query, signal })).items;
      },
      staleTime: 60_000,
    })),
    combine: (lists) =>
      lists.flatMap(({ data = [] }, index) =>
        data.map(({ id, name }) => {
          const tenantId = asked[index] ?? own;
          const of = tenantId === own ? "" : ` · ${names.get(tenantId) ?? "another tenant"}`;
          return { value: id, label: `${name}${of}` };
        }),
      ),
  });
  const others = (props.ids ?? [])
    .filter((id) => !offered.some(({ value }) => value === id))
    .map((id) => {
      const place = places.find((one) => one.id === id);
      return {
        value: id,
        label: place ? `${place.name} · ${place.tenant.name}` : "In a tenant you do not see",
      };
    });
  return <Limit {...props} choices={[...offered, ...others]} />;
};

type Choice = { value: string; label: string };

const Limit = ({
  label,
  hint,
  choices,
  ids,
  isReadOnly,
  onChange,
}: LimitProps & { choices: Choice[] }) => {
  const chosen = ids ?? [];
  const unknown = chosen
    .filter((id) => !choices.some(({ value }) => value === id))
    .map((id) => ({ value: id, label: "Archived, or one you do not see" }));
  return (
    <MultiSelect
      label={label}
      description={hint}
      placeholder={chosen.length === 0 ? "Everywhere" : ""}
      data={[...choices, ...unknown]}
      value={chosen}
      onChange={(next) => onChange(next.length === 0 ? null : next)}
      disabled={isReadOnly}
      searchable
      clearable={!isReadOnly}
      clearButtonProps={{ "aria-label": `Clear ${label.toLowerCase()}` }}
    />
  );
};
