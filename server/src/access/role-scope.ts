import { invalid } from "#http";
import { listTenants, type Scope, type Transaction } from "#tenancy";

const kinds = ["tenantIds", "locationIds", "categoryIds"] as const;

/** Pure: whether all that the inner limits allow is allowed by the outer ones. */
export const isWithin = (inner: Scope, outer: Scope): boolean =>
  kinds.every((kind) => {
    const [within, limit] = [inner[kind], outer[kind]];
    return limit === null || (within !== null && within.every((id) => limit.includes(id)));
  });

export const isLimited = (scope: Scope): boolean => kinds.some((kind) => scope[kind] !== null);

/** Limits as somebody gave them; no ids are no limit. */
export const cleanScope = (given: Partial<Scope> | undefined): Scope => {
  const clean = (ids: readonly string[] | null | undefined) =>
    ids && ids.length > 0 ? [...new Set(ids)].toSorted() : null;
  return {
    tenantIds: clean(given?.tenantIds),
    locationIds: clean(given?.locationIds),
    categoryIds: clean(given?.categoryIds),
  };
};

type Place = { readonly id: string; readonly name: string; readonly tenantId: string };

/** What access may ask about the places and kinds of things that a role is limited to; handed in by app.ts. */
export type Places = {
  /** Those of some ids that are locations, and those that are categories. */
  findPlaces(
    tx: Transaction,
    ids: readonly string[],
  ): Promise<{
    locations: ReadonlyMap<string, Place>;
    categories: ReadonlyMap<string, Place>;
  }>;
};

/** The locations and categories among a role's limits, by their names; also those of tenants that are not looked at. */
export const namePlaces = async (
  tx: Transaction,
  places: Places,
  { locationIds, categoryIds }: Scope,
) => {
  const ids = [...(locationIds ?? []), ...(categoryIds ?? [])];
  if (ids.length === 0) return [];
  const { locations, categories } = await places.findPlaces(tx, ids);
  const tenants = new Map((await listTenants(tx)).map(({ id, name }) => [id, name]));
  return [...locations.values(), ...categories.values()].map(({ id, name, tenantId }) => ({
    id,
    name,
    tenant: { id: tenantId, name: tenants.get(tenantId) ?? "" },
  }));
};

/** @throws HttpError 400 on a tenant, location or category that the organisation does not have */
export const requireKnownScope = async (
  tx: Transaction,
  places: Places,
  { tenantIds, locationIds, categoryIds }: Scope,
): Promise<void> => {
  const tenants = new Set((await listTenants(tx)).map(({ id }) => id));
  const known = await places.findPlaces(tx, [...(locationIds ?? []), ...(categoryIds ?? [])]);
  const unknown = (
    [
      ["tenantIds", tenantIds, tenants],
      ["locationIds", locationIds, known.locations],
      ["categoryIds", categoryIds, known.categories],
    ] as const
  ).filter(([, ids, there]) => ids?.some((id) => !there.has(id)));
  if (unknown.length === 0) return;
  throw invalid(
    "The limits name something that is not there",
    "Choose tenants, locations and categories of this organisation.",
    unknown.map(([kind]) => ({
      path: `scope.${kind}`,
      message: "names something that is not there",
    })),
  );
};
