import { join } from "node:path";
import cookie from "@fastify/cookie";
import {
  accessIrreversible,
  accessReversals,
  changeSignInNames,
  endSessions,
  joinSignIn,
  splitSignIn,
  findSignIn,
  declaredIn,
  ledgerPermissions,
  listOrganisations,
  organisationCreated,
  registerAccessRoutes,
  requireSession,
  rolePermissions,
  sessionCookieName,
  sessionOf,
  undoerOf,
  type Access,
} from "#access";
import {
  accountDirectory,
  accountIrreversible,
  accountPermissions,
  accountReversals,
  accountsDisabled,
  accountsEnabled,
  accountsJoined,
  localJoined,
  localSplit,
  madeByHand,
  accountsReaddressed,
  accountsSplit,
  applyRules,
  applyRulesJob,
  expireLocks,
  expireLocksJob,
  registerAccountRoutes,
  registerLobbyRoutes,
  registerRuleRoutes,
  registerSafeguardRoutes,
  type AccountSurroundings,
} from "#accounts";
import {
  assetIrreversible,
  assetsInSight,
  assetPermissions,
  findPlaces,
  assetReversals,
  prepareTenant,
  registerAssetRoutes,
  registerChoiceRoutes,
} from "#assets";
import {
  closeRecoveries,
  countHeld,
  custodyIrreversible,
  custodyPermissions,
  giveBackItems,
  custodyReversals,
  holdings,
  joinItems,
  openRecoveries,
  registerCustodyRoutes,
  registerRecoveryRoutes,
} from "#custody";
import type { Database } from "#database";
import {
  answerWithProblem,
  createHttpServer,
  describeApi,
  observe,
  serveConsole,
  type HttpServer,
} from "#http";
import { createJobs, type Jobs } from "#jobs";
import {
  applyUndo,
  registerLedgerRoutes,
  registerUndoRoutes,
  sealLedger,
  sealLedgersJob,
  undoJob,
  type Reversals,
} from "#ledger";
import { registerOverviewRoutes } from "#overview";
import {
  answerScimError,
  createAdmission,
  createCensusTaker,
  createRecorder,
  describeFields,
  describeIdentity,
  findAttributeFacet,
  findConnection,
  findRuleAttribute,
  keysRule,
  listFilterAttributes,
  matchNewLocal,
  provisioningIrreversible,
  provisioningPermissions,
  provisioningReversals,
  pruneLog,
  pruneLogsJob,
  readEverybody,
  readEverybodyJob,
  registerAttributeRoutes,
  registerBehaviourRoutes,
  registerConnectionRoutes,
  registerCredentialRoutes,
  registerDoctorRoutes,
  registerFederationRoutes,
  registerLimitRoutes,
  registerLogRetentionRoutes,
  registerLogRoutes,
  registerMappingRoutes,
  registerScimEndpoint,
  registerTokenEndpoint,
  type CensusTaker,
  type KeysRule,
  type Neighbours,
} from "#provisioning";
import { registerTenantRoutes, tenantCreated, tenantPermissions, tenantReversals } from "#tenants";
import { collisionIrreversible, registerCollisionRoutes } from "#collisions";
import { registerRehireRoutes, rehireIrreversible } from "#rehires";
import { asOrgId, createOrganisations, createSubscriptions, type Organisations } from "#tenancy";
import type { FastifyBaseLogger } from "fastify";
import { nameThings } from "./name-things.ts";
import serverPackage from "../package.json" with { type: "json" };

/** The modules, wired to each other; what commands work with too. */
export type Modules = {
  readonly database: Database;
  readonly organisations: Organisations;
  readonly jobs: Jobs;
  readonly access: Access;
  /** How what people did is undone. */
  readonly reversals: Reversals;
};

type Parts = {
  readonly database: Database;
  /** Public base URL, without a trailing slash. */
  readonly url: string;
  readonly logger: FastifyBaseLogger;
  /** Another process of this Muster does the jobs. */
  readonly sendsJobsOnly?: boolean;
};

/** What may be done with what, in the order of the matrix of access roles. */
const nouns = [
  assetPermissions,
  custodyPermissions,
  accountPermissions,
  provisioningPermissions,
  ledgerPermissions,
  rolePermissions,
  tenantPermissions,
].map(declaredIn);
const verbs = nouns.flatMap((noun) => noun.verbs);
const permissions = verbs.map(({ permission }) => permission);

/** Wires the modules: who hears which event, who does which job, who is handed what of a module above. */
export const composeModules = ({
  database,
  url,
  logger,
  sendsJobsOnly: sendsOnly = false,
}: Parts): Modules => {
  const subscriptions = createSubscriptions();
  subscriptions.on(organisationCreated, (tx, { superTenant }) => prepareTenant(tx, superTenant.id));
  subscriptions.on(tenantCreated, (tx, { tenantId }) => prepareTenant(tx, tenantId));
  subscriptions.on(accountsDisabled, async (tx, { accounts }) =>
    endSessions(
      tx,
      accounts.map(({ id }) => id),
    ),
  );
  subscriptions.on(accountsDisabled, openRecoveries);
  subscriptions.on(accountsEnabled, closeRecoveries);
  subscriptions.on(accountsJoined, joinItems);
  subscriptions.on(localJoined, joinSignIn);
  subscriptions.on(localSplit, splitSignIn);
  subscriptions.on(madeByHand, matchNewLocal);
  subscriptions.on(accountsSplit, giveBackItems);
  subscriptions.on(accountsReaddressed, (tx, { accounts }) => changeSignInNames(tx, accounts));

  const organisations = createOrganisations(database.pool, subscriptions);
  const jobs = createJobs(database, logger, { sendsOnly });
  jobs.handle(applyRulesJob, ({ orgId, applicationId }) =>
    applyRules(organisations, asOrgId(orgId), applicationId),
  );
  jobs.handle(readEverybodyJob, ({ orgId, ...reading }) =>
    readEverybody(organisations, asOrgId(orgId), reading),
  );
  const { pool } = database;
  const access: Access = {
    pool,
    organisations,
    accounts: accountDirectory,
    permissions,
    nouns,
    places: { findPlaces },
    url,
  };
  jobs.handleEveryMinute(sealLedgersJob, async () => {
    for (const { orgId } of await listOrganisations(access)) await sealLedger(organisations, orgId);
  });
  jobs.handleEveryMinute(expireLocksJob, async () => {
    for (const { orgId } of await listOrganisations(access))
      await expireLocks(organisations, orgId);
  });
  jobs.handleEveryMinute(pruneLogsJob, async () => {
    for (const { orgId } of await listOrganisations(access)) await pruneLog(organisations, orgId);
  });
  const reversals = reversalsOf(jobs, access);
  jobs.handle(undoJob, ({ orgId, ...started }) =>
    applyUndo(organisations, reversals, { orgId: asOrgId(orgId), ...started }),
  );
  return { database, organisations, jobs, access, reversals };
};

/** How what people did is undone, as each module says of its own deeds. */
const reversalsOf = (jobs: Jobs, access: Access): Reversals => ({
  reversals: [
    ...accessReversals(access),
    ...accountReversals(jobs, findRuleAttribute),
    ...assetReversals,
    ...custodyReversals,
    ...provisioningReversals(jobs),
    ...tenantReversals(jobs),
  ],
  irreversible: [
    ...accessIrreversible,
    ...accountIrreversible,
    ...assetIrreversible,
    ...collisionIrreversible,
    ...custodyIrreversible,
    ...provisioningIrreversible,
    ...rehireIrreversible,
  ],
});

/** What the page of a Sub Account shows that other modules know. */
const surroundings: AccountSurroundings = {
  countHeld,
  findSignIn,
  findConnection,
  describeFields,
  describeIdentity,
  findAttributeFacet,
  listFilterAttributes,
};

const consoleFolder = join(import.meta.dirname, "../../console/dist");

/** What the process knows of what is outside. */
export type Edge = {
  readonly trustedProxies?: readonly string[];
  /** Hosts of issuers whose keys may be fetched from a private address. */
  readonly privateIssuers?: readonly string[];
  readonly metricsToken?: string | undefined;
  /** Reads the metrics of all processes; of this one unless told otherwise. */
  readonly gatherMetrics?: () => Promise<string>;
  /** The other processes that serve the same port. */
  readonly neighbours?: Neighbours;
};

/** The HTTP server with everything on it: the API, the SCIM endpoint, health and metrics, the console. */
export const createApp = async (
  modules: Modules,
  logger: FastifyBaseLogger,
  { trustedProxies, privateIssuers = [], metricsToken, gatherMetrics, neighbours }: Edge = {},
): Promise<HttpServer> => {
  const { database, organisations, access } = modules;
  const { url } = access;
  const app = createHttpServer({
    logger,
    isHttps: url.startsWith("https:"),
    ...(trustedProxies !== undefined && { trustedProxies }),
    answerUnroutable: (error, request, reply) =>
      request.url.startsWith("/scim/")
        ? answerScimError(error, reply)
        : answerWithProblem(error, request, reply),
  });
  const metrics = observe(app, database.pool, {
    token: metricsToken,
    ...(gatherMetrics && { gather: gatherMetrics }),
  });
  await describeApi(app, {
    version: serverPackage.version,
    cookieName: sessionCookieName,
    permissions: new Map(verbs.map(({ permission, sentence }) => [permission, sentence])),
  });
  const census = createCensusTaker(organisations, logger);
  const mayFetchKeys = keysRule(privateIssuers);
  await app.register(
    async (api) => {
      await api.register(cookie);
      registerApi(api, modules, { census, mayFetchKeys });
    },
    { prefix: "/api/v1" },
  );

  const recorder = createRecorder(organisations, logger, census);
  app.addHook("onClose", () => recorder.close());
  const admission = createAdmission(organisations, { log: logger, metrics, neighbours });
  app.addHook("onClose", () => admission.close());
  const endpoint = { database, organisations, recorder, admission };
  await registerScimEndpoint(app, { ...endpoint, url });
  await registerTokenEndpoint(app, { ...endpoint, mayFetchKeys });

  await serveConsole(app, consoleFolder);
  return app;
};

const registerApi = (
  api: HttpServer,
  { organisations, jobs, access, reversals }: Modules,
  { census, mayFetchKeys }: { census: CensusTaker; mayFetchKeys: KeysRule },
): void => {
  const names = nameThings(access);
  requireSession(api, access);
  registerAccessRoutes(api, access);
  registerAccountRoutes(api, { organisations, surroundings });
  registerRuleRoutes(api, { organisations, jobs, findAttribute: findRuleAttribute });
  registerLobbyRoutes(api, { organisations, surroundings });
  registerSafeguardRoutes(api, { organisations, jobs });
  registerRehireRoutes(api, { organisations, surroundings });
  registerCollisionRoutes(api, { organisations, surroundings });
  registerAssetRoutes(api, { organisations, holdings });
  registerChoiceRoutes(api, { organisations });
  registerCustodyRoutes(api, { organisations });
  registerRecoveryRoutes(api, { organisations });
  registerConnectionRoutes(api, { organisations, jobs, census, url: access.url });
  registerAttributeRoutes(api, { organisations, jobs });
  registerBehaviourRoutes(api, organisations);
  registerCredentialRoutes(api, { organisations, url: access.url });
  registerDoctorRoutes(api, organisations);
  registerFederationRoutes(api, { organisations, mayFetchKeys });
  registerLimitRoutes(api, organisations);
  registerLogRetentionRoutes(api, organisations);
  registerLogRoutes(api, organisations);
  registerMappingRoutes(api, organisations);
  registerOverviewRoutes(api, organisations);
  registerLedgerRoutes(api, {
    organisations,
    viewerOf: sessionOf,
    nameThings: names,
    assetsInSight,
  });
  registerUndoRoutes(api, {
    organisations,
    jobs,
    reversals,
    viewerOf: sessionOf,
    undoerOf: (request) => undoerOf(sessionOf(request)),
    nameThings: names,
  });
  registerTenantRoutes(api, { organisations, jobs });
};
