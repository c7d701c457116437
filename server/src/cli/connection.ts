import { readConfig } from "#config";
import { connect, endpointOf } from "#provisioning";
import { listTenants } from "#tenancy";
import { readAddress } from "../address.ts";
import { withOrganisation } from "./organisation.ts";

type Asked = {
  readonly name: string;
  readonly tenant?: string;
  readonly org?: string;
  readonly json?: boolean;
};

/** `muster connection create`: a connection with its first token, which is printed and kept nowhere. */
export const createConnection = async ({
  name,
  tenant,
  org,
  json = false,
}: Asked): Promise<void> => {
  const config = readConfig(process.env);
  const created = await withOrganisation(config, org, async (organisations, orgId) =>
    organisations.within(orgId, async (tx) => {
      const tenants = await listTenants(tx);
      const home =
        tenant === undefined
          ? tenants.find(({ isSuper }) => isSuper)
          : tenants.find(
              (one) => one.id === tenant || one.name.toLowerCase() === tenant.toLowerCase(),
            );
      if (home === undefined)
        throw new Error(
          `There is no tenant "${tenant}". There are: ${tenants.map((one) => one.name).join(", ")}.`,
        );
      const cause = {
        kind: "administrator" as const,
        id: null,
        sentence: "Made on the command line",
        actor: { id: null, name: "Command line" },
      };
      return connect(tx, { name, tenantId: home.id, cause });
    }),
  );
  const { connection, token } = created;
  // Without MUSTER_URL the running server knows better where it is: its port may be another than this command's.
  const running = process.env["MUSTER_URL"] ? undefined : await readAddress(config.dataFolder);
  const answer = {
    endpoint: endpointOf(running ?? config.url, connection.id),
    token,
    connection: connection.id,
  };
  if (json) console.log(JSON.stringify(answer));
  else
    console.log(
      `Endpoint  ${answer.endpoint}\nToken     ${answer.token}\n\nThe token is shown this once. In Entra: Tenant URL = Endpoint, Secret token = Token.`,
    );
};
