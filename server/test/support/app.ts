import type { OutgoingHttpHeaders } from "node:http";
import { createOrganisation, findRoleByKey } from "#access";
import type { Cause } from "#ledger";
import { newId, newOrgId, type OrgId, type Scope } from "#tenancy";
import { pino } from "pino";
import { insertAdministrator } from "../../src/access/insert-administrator.ts";
import { hashPassword } from "../../src/access/password.ts";
import { cleanScope } from "../../src/access/role-scope.ts";
import { completePermissions } from "../../src/access/role-change.ts";
import { startSession } from "../../src/access/start-session.ts";
import { insertRole } from "../../src/access/store/roles.ts";
import { composeModules, createApp, type Edge } from "../../src/app.ts";
import { createTestDatabase } from "./database.ts";

const url = "http://localhost:3000";

export const password = "correct horse, 12 staples";

/** Somebody who is signed in. */
export type Person = {
  readonly orgId: OrgId;
  readonly tenantId: string;
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly cookie: string;
};

type RoleKey = Parameters<typeof findRoleByKey>[1];

/**
 * The whole product on a fresh database: the organisation Contoso with its administrator, who is signed in. Close it
 * after the tests of a file.
 * @param startJobs background jobs run too (it takes a moment)
 * @param reach gives the address at which the database is reached, where something stands between
 */
export const createTestApp = async ({
  startJobs = false,
  edge = {},
  reach,
}: {
  startJobs?: boolean;
  edge?: Edge;
  reach?: Parameters<typeof createTestDatabase>[0];
} = {}) => {
  const logger = pino({ level: process.env["LOG_LEVEL"] ?? "silent" });
  const database = await createTestDatabase(reach);
  const modules = composeModules({ database, url, logger });
  const app = await createApp(modules, logger, edge);
  if (startJobs) await modules.jobs.start();
  const { organisations, access } = modules;
  const passwordHash = await hashPassword(password);

  const signIn = async (person: Omit<Person, "cookie">): Promise<Person> => {
    const secret = await organisations.within(person.orgId, (tx) =>
      startSession(tx, person.accountId, "test"),
    );
    return { ...person, cookie: `muster_session=${secret}` };
  };

  /** Makes an organisation. Gives its first administrator, signed in. */
  const createOrganisationNamed = async (organisation: string): Promise<Person> => {
    const orgId = newOrgId();
    const name = "Dana Reyes";
    const email = `dana@${organisation.toLowerCase()}.test`;
    const made = await organisations.within(orgId, async (tx) => {
      const { id: tenantId } = await createOrganisation(tx, organisation, testCause);
      const account = { tenantId, name, email, passwordHash, cause: testCause };
      return { tenantId, accountId: (await insertAdministrator(tx, access, account)).id };
    });
    return signIn({ orgId, name, email, ...made });
  };

  const administrator = await createOrganisationNamed("Contoso");

  /** Makes a person by hand in a colleague's tenant, with a role and without a password. Gives them signed in. */
  const createPerson = async (
    role: RoleKey,
    name = `${role} ${newId().slice(-6)}`,
    colleague: Person = administrator,
  ): Promise<Person> => {
    const { orgId, tenantId } = colleague;
    const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, ".")}@contoso.test`;
    const { id: accountId } = await organisations.within(orgId, async (tx) => {
      const { id: roleId } = await findRoleByKey(tx, role);
      return access.accounts.create(tx, { tenantId, name, email, roleId, cause: testCause });
    });
    return signIn({ orgId, tenantId, name, email, accountId });
  };

  /** Makes a person with a custom access role that may do just this. Gives them signed in. */
  const createPersonWhoMay = async (
    permissions: readonly string[],
    { scope, colleague = administrator }: { scope?: Partial<Scope>; colleague?: Person } = {},
  ): Promise<Person> => {
    const { orgId, tenantId } = colleague;
    const name = `Role ${newId()}`;
    const email = `${name.slice(5)}@contoso.test`;
    const { id: accountId } = await organisations.within(orgId, async (tx) => {
      const roleId = newId();
      await insertRole(tx, {
        id: roleId,
        name,
        description: "",
        permissions: completePermissions(permissions, access.nouns),
        ...cleanScope(scope),
      });
      return access.accounts.create(tx, { tenantId, name, email, roleId, cause: testCause });
    });
    return signIn({ orgId, tenantId, name, email, accountId });
  };

  return {
    app,
    ...modules,
    administrator,
    createOrganisation: createOrganisationNamed,
    createPerson,
    createPersonWhoMay,
    /** Starts another session of somebody. */
    signIn,
    /** Sends requests below /api/v1 as somebody signed in, or as nobody. */
    as: (person: Person | null) => {
      const send =
        (method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE") =>
        async (path: string, body?: object, headers: Record<string, string> = {}) => {
          const response = await app.inject({
            method,
            url: `/api/v1${path}`,
            headers: { origin: url, ...(person && { cookie: person.cookie }), ...headers },
            ...(body && { payload: body }),
          });
          return {
            status: response.statusCode,
            headers: response.headers,
            // Whatever a test expects is what it checks.
            body: parseBody(response),
          };
        };
      return {
        get: send("GET"),
        post: send("POST"),
        put: send("PUT"),
        patch: send("PATCH"),
        delete: send("DELETE"),
      };
    },
    close: async () => {
      await app.close();
      if (startJobs) await modules.jobs.stop();
      await database.close();
    },
  };
};

/** JSON as what it says; what is none (an export) as it is. */
const parseBody = ({ headers, body }: { headers: OutgoingHttpHeaders; body: string }) => {
  if (body === "") return undefined;
  const isJson = /^application\/(\w+\+)?json/.test(String(headers["content-type"]));
  return isJson ? JSON.parse(body) : body;
};

export type TestApp = Awaited<ReturnType<typeof createTestApp>>;

const testCause: Cause = {
  kind: "system",
  id: null,
  sentence: "Made for a test",
  actor: { id: null, name: "Muster" },
};
