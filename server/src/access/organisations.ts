import { invalid } from "#http";
import { findOrganisation, type OrgId } from "#tenancy";
import type { Access } from "./access.ts";
import { listOrganisationIds } from "./store/sign-in-names.ts";

export type Organisation = { readonly orgId: OrgId; readonly name: string };

/** Every organisation, for commands: whoever runs one on the server may see them all. */
export const listOrganisations = async ({
  pool,
  organisations,
}: Access): Promise<Organisation[]> => {
  const known: Organisation[] = [];
  for (const orgId of await listOrganisationIds(pool)) {
    const found = await organisations.within(orgId, findOrganisation);
    known.push({ orgId, name: found?.name ?? "" });
  }
  return known;
};

/**
 * The organisation of a name, or the only one there is.
 * @returns undefined when there is none
 * @throws HttpError 400 when there are several
 */
export const pickOrganisation = (
  known: readonly Organisation[],
  name: string | undefined,
): Organisation | undefined => {
  const [match, ...others] =
    name === undefined
      ? known
      : known.filter((one) => one.name.toLowerCase() === name.toLowerCase());
  if (others.length === 0) return match;
  const names = known.map((one) => one.name).join(", ");
  throw invalid("Which organisation?", `There are several: ${names}. Name one of them with --org.`);
};
