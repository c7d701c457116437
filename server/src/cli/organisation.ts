import { listOrganisations, pickOrganisation } from "#access";
import type { Config } from "#config";
import { hasDatabase } from "#database";
import type { Organisations, OrgId } from "#tenancy";
import { withModules } from "./modules.ts";

/**
 * Works in the organisation of a name, or in the only one there is, whether a server runs or not.
 * @throws Error with a sentence when it is unclear which one, or there is none
 */
export const withOrganisation = async <Result>(
  config: Config,
  name: string | undefined,
  work: (organisations: Organisations, orgId: OrgId) => Promise<Result>,
): Promise<Result> => {
  // A mistyped folder must not look like a Muster that has lost everything.
  if (config.databaseUrl === undefined && !hasDatabase(config.dataFolder))
    throw new Error(
      `There is no Muster in ${config.dataFolder}. Set MUSTER_DATA to the folder of the server. ` +
        "To make a new one there: muster admin create --email … --password …",
    );
  return withModules(config, async ({ access, organisations }) => {
    const known = await listOrganisations(access);
    const found = pickOrganisation(known, name);
    if (found !== undefined) return work(organisations, found.orgId);
    if (known.length === 0)
      throw new Error(
        "There is no organisation yet. Make one: muster admin create --email … --password …",
      );
    const names = known.map((one) => one.name).join(", ");
    throw new Error(`There is no organisation "${name}". There are: ${names}.`);
  });
};
