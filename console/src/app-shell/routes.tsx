import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { ApiError } from "../api/api-error.ts";
import { adoptTenant } from "../api/chosen-tenant.ts";
import { ProblemDoor } from "./problem-page.tsx";
import { allow } from "./allow.ts";
import { reachable } from "./destinations.ts";
import { knownText } from "./search-params.ts";
import { meQuery } from "./session.ts";
import { reachableSettings } from "./settings.ts";
import { Shell } from "./shell.tsx";

/** Every address of the console. Pages are loaded when they are first gone to, one file for each noun. */
const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet });

const access = () => import("../access/pages.ts");
const accounts = () => import("../accounts/pages.ts");
const assets = () => import("../assets/pages.ts");
const custody = () => import("../custody/pages.ts");
const lobby = () => import("../lobby/pages.ts");
const ledger = () => import("../ledger/pages.ts");
const tenants = () => import("../tenants/pages.ts");
const overview = () => import("../overview/pages.ts");
const duplicates = () => import("../duplicates/pages.ts");
const provisioning = () => import("../provisioning/pages.ts");
const safeguards = () => import("../safeguards/pages.ts");

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  validateSearch: knownText("token"),
  component: lazyRouteComponent(access, "SetupPage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: knownText("to"),
  component: lazyRouteComponent(access, "SignInPage"),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome/$token",
  component: lazyRouteComponent(access, "WelcomePage"),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  component: Shell,
  errorComponent: ProblemDoor,
  beforeLoad: async ({ context, location }) => {
    try {
      // Known, and asked again only where something has cast doubt on it.
      const me = await context.queries.fetchQuery({ ...meQuery, staleTime: Infinity });
      adoptTenant({ id: me.account.id, mayChoose: me.tenant.isSuper });
      return { me };
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      const to = location.href === "/" ? {} : { to: location.href };
      throw redirect({ to: "/sign-in", search: to });
    }
  },
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: ({ context }) => {
    const [first] = reachable(context.me.permissions);
    if (first && first.to !== "/") throw redirect({ to: first.to });
  },
  component: lazyRouteComponent(overview, "OverviewPage"),
});

const changePassword = createRoute({
  getParentRoute: () => signedIn,
  path: "/change-password",
  component: lazyRouteComponent(access, "ChangePasswordPage"),
});

const accountList = createRoute({
  getParentRoute: () => signedIn,
  path: "/accounts",
  validateSearch: knownText(
    "search",
    "status",
    "role",
    "origin",
    "lock",
    "group",
    "attribute",
    "value",
    "sort",
  ),
  beforeLoad: allow("accounts:view"),
  component: lazyRouteComponent(accounts, "AccountsPage"),
});

const account = createRoute({
  getParentRoute: () => signedIn,
  path: "/accounts/$id",
  beforeLoad: allow("accounts:view"),
  component: lazyRouteComponent(accounts, "AccountPage"),
});

const assetList = createRoute({
  getParentRoute: () => signedIn,
  path: "/assets",
  validateSearch: knownText("search", "status", "category", "location", "held", "sort"),
  beforeLoad: allow("assets:view"),
  component: lazyRouteComponent(assets, "AssetsPage"),
});

const asset = createRoute({
  getParentRoute: () => signedIn,
  path: "/assets/$id",
  beforeLoad: allow("assets:view"),
  component: lazyRouteComponent(assets, "AssetPage"),
});

const recoveries = createRoute({
  getParentRoute: () => signedIn,
  path: "/recoveries",
  validateSearch: knownText("search", "state"),
  beforeLoad: allow("custody:view"),
  component: lazyRouteComponent(custody, "RecoveriesPage"),
});

const recovery = createRoute({
  getParentRoute: () => signedIn,
  path: "/recoveries/$id",
  beforeLoad: allow("custody:view"),
  component: lazyRouteComponent(custody, "RecoveryPage"),
});

const duplicateList = createRoute({
  getParentRoute: () => signedIn,
  path: "/duplicates",
  validateSearch: knownText("tab", "state"),
  beforeLoad: allow("accounts:view"),
  component: lazyRouteComponent(duplicates, "DuplicatesPage"),
});

const myItems = createRoute({
  getParentRoute: () => signedIn,
  path: "/my-items",
  component: lazyRouteComponent(custody, "MyItemsPage"),
});

const provisioningLog = createRoute({
  getParentRoute: () => signedIn,
  path: "/provisioning-log",
  validateSearch: knownText("search", "outcome", "person", "group", "connection", "live"),
  beforeLoad: allow("provisioning:view"),
  component: lazyRouteComponent(provisioning, "ProvisioningLogPage"),
});

const provisioningLogEntry = createRoute({
  getParentRoute: () => signedIn,
  path: "/provisioning-log/$id",
  beforeLoad: allow("provisioning:view"),
  component: lazyRouteComponent(provisioning, "ProvisioningLogEntryPage"),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings",
  beforeLoad: ({ context }) => {
    const [first] = reachableSettings(context.me.permissions);
    throw redirect({ to: first?.to ?? "/" });
  },
});

const roleList = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings/access-roles",
  beforeLoad: allow("roles:view"),
  component: lazyRouteComponent(access, "RolesPage"),
});

const newRole = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings/access-roles/new",
  validateSearch: knownText("from"),
  beforeLoad: allow("roles:administer"),
  component: lazyRouteComponent(access, "NewRolePage"),
});

const role = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings/access-roles/$id",
  beforeLoad: allow("roles:view"),
  component: lazyRouteComponent(access, "RolePage"),
});

const ledgerList = createRoute({
  getParentRoute: () => signedIn,
  path: "/ledger",
  beforeLoad: allow("ledger:view"),
  validateSearch: knownText(
    "search",
    "what",
    "person",
    "kind",
    "from",
    "to",
    "subject",
    "cause",
    "tenant",
  ),
  component: lazyRouteComponent(ledger, "LedgerPage"),
});

const ledgerEntry = createRoute({
  getParentRoute: () => signedIn,
  path: "/ledger/$id",
  beforeLoad: allow("ledger:view"),
  component: lazyRouteComponent(ledger, "LedgerEntryPage"),
});

const ledgerCause = createRoute({
  getParentRoute: () => signedIn,
  path: "/ledger/causes/$id",
  beforeLoad: allow("ledger:view"),
  component: lazyRouteComponent(ledger, "LedgerCausePage"),
});

const undo = createRoute({
  getParentRoute: () => signedIn,
  path: "/ledger/undos/$id",
  beforeLoad: allow("ledger:undo"),
  component: lazyRouteComponent(ledger, "UndoPage"),
});

const integrations = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings/integrations",
  beforeLoad: allow("provisioning:view"),
  component: lazyRouteComponent(provisioning, "IntegrationsPage"),
});

const scim = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings/integrations/scim",
  validateSearch: knownText("tab"),
  beforeLoad: allow("provisioning:view"),
  component: lazyRouteComponent(provisioning, "ScimPage"),
});

const scimConnection = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings/integrations/scim/$connectionId",
  validateSearch: knownText("tab"),
  beforeLoad: allow("provisioning:view"),
  component: lazyRouteComponent(provisioning, "ScimConnectionPage"),
});

const simulator = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings/integrations/scim/$connectionId/simulator",
  component: lazyRouteComponent(provisioning, "SimulatorPage"),
});

const tenantList = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings/tenants",
  validateSearch: knownText("search", "state"),
  component: lazyRouteComponent(tenants, "TenantsPage"),
});

const lobbyList = createRoute({
  getParentRoute: () => signedIn,
  path: "/lobby",
  validateSearch: knownText("search"),
  component: lazyRouteComponent(lobby, "LobbyPage"),
});

const heldChanges = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings/integrations/scim/$connectionId/held",
  validateSearch: knownText("search", "kind", "state"),
  component: lazyRouteComponent(safeguards, "HeldChangesPage"),
});

export const routeTree = root.addChildren([
  setup,
  signIn,
  welcome,
  signedIn.addChildren([
    home,
    changePassword,
    accountList,
    account,
    assetList,
    asset,
    recoveries,
    recovery,
    duplicateList,
    myItems,
    provisioningLog,
    provisioningLogEntry,
    settings,
    roleList,
    newRole,
    role,
    ledgerList,
    ledgerEntry,
    ledgerCause,
    undo,
    integrations,
    scim,
    scimConnection,
    simulator,
    lobbyList,
    heldChanges,
    tenantList,
  ]),
]);
