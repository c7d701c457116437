import { setTimeout as sleep } from "node:timers/promises";
import type { Answered, Session } from "./api-client.ts";
import { mapGroups } from "./application.ts";
import type { Product } from "./product.ts";
import {
  enterpriseSchema,
  groupSchema,
  patchOf,
  requestScim,
  userSchema,
  type ScimConnection,
} from "./scim-client.ts";

/** One of everything that has an id. */
export type Ids = {
  readonly tenant: string;
  readonly role: string;
  readonly connection: string;
  /** Not the one in use. */
  readonly token: string;
  /** A client secret. */
  readonly secret: string;
  /** A federated credential. */
  readonly federated: string;
  readonly user: string;
  readonly group: string;
  readonly account: string;
  readonly application: string;
  readonly logEntry: string;
  readonly asset: string;
  readonly status: string;
  readonly category: string;
  readonly model: string;
  readonly location: string;
  readonly recovery: string;
  /** Somebody in the lobby. */
  readonly waiting: string;
  /** A custom access role; roles are the organisation's, so that its tenants share it. */
  readonly customRole: string;
  /** Somebody made by hand whom the directory has sent too. */
  readonly collision: string;
  /** A custom attribute. */
  readonly attribute: string;
  readonly ledgerEntry: string;
  /** Of a deed in the ledger. */
  readonly cause: string;
  readonly rehire: string;
  readonly undo: string;
  /** What it would undo: of rules, so that it has an effect on others. */
  readonly undoItem: string;
};

export type Organisation = {
  readonly session: Session;
  readonly connection: ScimConnection;
  readonly ids: Ids;
};

/** What a federated credential is made of. */
export const federatedIdentity = {
  label: "Spare",
  issuer: "https://issuer.example/v2.0",
  subject: "provisioning",
  audience: "api://muster",
  keysUrl: "https://issuer.example/keys",
};

/** Fills an organisation with one of everything: a leaver with an item among them. */
export const furnishOrganisation = async (
  product: Product,
  session: Session,
): Promise<Organisation> => {
  const connection = await product.connect(session);
  const make = async (path: string, body: object): Promise<Answered["body"]> => {
    const { status, body: made } = await session.post(path, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(made)}`);
    return made;
  };
  const push = async (path: string, method: string, body: object): Promise<Answered["body"]> => {
    const answer = await requestScim(connection, { path, method, body });
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  /** What is found in the background. */
  const firstOnceThere = async (path: string): Promise<string> => {
    for (const end = Date.now() + 30_000; Date.now() < end; await sleep(100)) {
      const { items } = (await session.get(path)).body;
      if (items.length > 0) return items[0].id;
    }
    throw new Error(`${path} stays empty.`);
  };
  const first = async (path: string) => (await session.get(path)).body.items[0].id as string;

  const userName = "ana.ito@contoso.test";
  const user = await push("/Users", "POST", {
    schemas: [userSchema],
    userName,
    externalId: "ana.ito",
    active: true,
  });
  const group = await push("/Groups", "POST", {
    schemas: [groupSchema],
    displayName: "Finance",
    externalId: "finance",
    members: [{ value: user.id }],
  });
  const { items: roles } = (await session.get("/roles")).body;
  const role = roles.find(({ key }: { key: string }) => key === "viewer").id;
  const application = await mapGroups(session, connection.id, [
    { groupId: group.id, roleId: role },
  ]);
  const account = await first(`/accounts?search=${userName}`);
  const category = await make("/asset-categories", { name: "Tablets" });
  const model = await make("/asset-models", { name: "Slate 7", categoryId: category.id });
  const location = await make("/locations", { name: "Porto" });
  const asset = await make("/assets", { modelId: model.id, locationId: location.id });
  const spare = await make(`/connections/${connection.id}/tokens`, { label: "Spare" });
  const secret = await make(`/connections/${connection.id}/client-secrets`, { label: "Spare" });
  const federated = await make(
    `/connections/${connection.id}/federated-credentials`,
    federatedIdentity,
  );
  await make(`/assets/${asset.id}/check-out`, { accountId: account });
  await push(
    `/Users/${user.id}`,
    "PATCH",
    patchOf({ op: "replace", path: "active", value: false }),
  );
  const [entry] = (await session.get(`/ledger?subjectId=${asset.id}`)).body.items;
  const returned = { schemas: [userSchema], [enterpriseSchema]: { employeeNumber: "E-77" } };
  const former = await push("/Users", "POST", { ...returned, userName: "kim.oh@contoso.test" });
  await requestScim(connection, { path: `/Users/${former.id}`, method: "DELETE" });
  await push("/Users", "POST", { ...returned, userName: "kim.oh.2@contoso.test" });
  const lobby = await product.connect(session, "Lobby");
  await session.patch(`/connections/${lobby.id}`, { defaultRoleId: null });
  const waiting = await requestScim(lobby, {
    path: "/Users",
    method: "POST",
    body: { schemas: [userSchema], userName: "wes.wait@contoso.test", active: true },
  });
  const attribute = await make(`/connections/${connection.id}/attributes`, {
    urn: "urn:contoso:params:scim:schemas:extension:Badge:2.0:User",
    name: "level",
    type: "string",
  });
  const twin = "cora.cole@contoso.test";
  await make("/accounts", { name: "Cora Cole", email: twin, roleId: role });
  await push("/Users", "POST", {
    schemas: [userSchema],
    userName: twin,
    displayName: "Cora Cole",
    active: true,
  });
  const custom = await session.post("/roles", {
    name: "Warehouse",
    description: "",
    permissions: ["assets:view"],
  });
  // What it does to others is asked for too, so it is of rules.
  const rulesSaved = `/ledger?subjectId=${connection.id}&action=rules.group-mappings-changed`;
  const undo = await make("/ledger/undos", { entryId: await first(rulesSaved) });
  return {
    session,
    connection,
    ids: {
      customRole:
        custom.body.id ?? roles.find(({ name }: { name: string }) => name === "Warehouse").id,
      waiting: waiting.body.id,
      attribute: attribute.items[0].id,
      collision: await firstOnceThere("/collisions?state=suggested"),
      tenant: (await session.get("/me")).body.tenant.id,
      role,
      connection: connection.id,
      token: spare.item.id,
      secret: secret.item.id,
      federated: federated.items[0].id,
      user: user.id,
      group: group.id,
      account,
      application: application.id,
      logEntry: await first("/provisioning-log"),
      asset: asset.id,
      status: asset.status.id,
      category: category.id,
      model: model.id,
      location: location.id,
      recovery: await first("/recoveries?state=open"),
      ledgerEntry: entry.id,
      cause: entry.cause.id,
      rehire: await first("/rehires?state=suggested"),
      undo: undo.id,
      undoItem: await first(`/ledger/undos/${undo.id}/items`),
    },
  };
};
