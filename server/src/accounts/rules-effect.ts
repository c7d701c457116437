import { findRoleByKey, listRoles } from "#access";
import { countUsers, findGroupNames, listPeopleAfter } from "#directory";
import { listTenants, type Transaction } from "#tenancy";
import type { AccountChange } from "./account-change.ts";
import { decidePeople, type Decided } from "./apply-decisions.ts";
import { checkMappings, requireDefaultRole, type Drafts } from "./edit-rules.ts";
import type { EffectKind } from "./effect-kind.ts";
import { readDecisionInputs, type DecisionInputs } from "./store/decision-inputs.ts";

type Draft = Drafts & {
  /** Undefined leaves it as it is; null is nobody's. */
  readonly defaultRoleId?: string | null | undefined;
};

type Named = { readonly id: string; readonly name: string };
type Place = { readonly tenant: Named; readonly role: Named };

export type Effect = {
  readonly person: Named;
  readonly kind: EffectKind;
  readonly from: Place | null;
  readonly to: Place | null;
  readonly becomesAdministrator: boolean;
  readonly losesAdministrator: boolean;
  /** A role lock keeps the role of somebody who loses the place. */
  readonly isLocked: boolean;
};

export const peoplePerAnswer = 2000;
const shownChanges = 100;

/**
 * What edited rules would do to the next people of a connection: the same decision, written nowhere. Each answer looks
 * at a bounded number of them, so that the effect on a hundred thousand is told while it is found.
 */
export const effectOfRules = async (
  tx: Transaction,
  connectionId: string,
  { position, ...draft }: Draft & { readonly position: string | null },
) => {
  const rules = await namedRules(tx, connectionId, draft);
  const tenants = new Map((await listTenants(tx)).map(({ id, name }) => [id, name]));
  const administrator = await findRoleByKey(tx, "administrator");
  const people = await listPeopleAfter(tx, connectionId, { position, limit: peoplePerAnswer });
  const inputs = await readDecisionInputs(
    tx,
    connectionId,
    people.map(({ id }) => id),
    {
      preview: {
        alsoOf: rules.mappings.flatMap(({ groupId }) => groupId ?? []),
        alsoRead: rules.mappings.flatMap(({ attribute }) => attribute?.keys[0] ?? []),
      },
    },
  );
  const waiting = new Set(inputs.waiting.map(({ userId }) => userId));
  const place = ({ tenantId, roleId }: { tenantId: string; roleId: string }): Place => ({
    tenant: { id: tenantId, name: tenants.get(tenantId) ?? "" },
    role: { id: roleId, name: rules.roles.get(roleId) ?? "" },
  });
  const effects = decidePeople(people, { ...inputs, ...rules }).flatMap((decided) =>
    effectsOn(decided, {
      wasWaiting: waiting.has(decided.person.id),
      administratorRoleId: administrator.id,
      place,
    }),
  );
  const last = people.length < peoplePerAnswer ? undefined : people.at(-1);
  return {
    people: people.filter(({ deletedAt }) => deletedAt === null).length,
    total: await countUsers(tx, connectionId),
    next: last?.id ?? null,
    counts: countEffects(effects),
    changes: effects.slice(0, shownChanges).map(({ isLocked: _counted, ...change }) => change),
  };
};

/** The edited rules with the names that sentences need; archived tenants come with each step's inputs. */
export const namedRules = async (tx: Transaction, connectionId: string, draft: Draft) => {
  const mappings = await checkMappings(tx, connectionId, draft);
  const current = await requireDefaultRole(tx, connectionId);
  const roles = new Map((await listRoles(tx)).map(({ id, name }) => [id, name]));
  const groups = await findGroupNames(
    tx,
    mappings.flatMap(({ groupId }) => groupId ?? []),
  );
  const roleId = draft.defaultRoleId === undefined ? current.roleId : draft.defaultRoleId;
  return {
    roles,
    defaultRole: {
      tenantId: current.tenantId,
      roleId,
      roleName: roleId === null ? null : (roles.get(roleId) ?? ""),
    },
    mappings: mappings.map((mapping) => ({
      ...mapping,
      roleName: roles.get(mapping.roleId) ?? "",
      groupName: mapping.groupId === null ? null : (groups.get(mapping.groupId) ?? ""),
    })),
  } satisfies Partial<DecisionInputs> & { roles: Map<string, string> };
};

type Surroundings = {
  readonly wasWaiting: boolean;
  readonly administratorRoleId: string;
  readonly place: (account: { tenantId: string; roleId: string }) => Place;
};

/** Pure: what happens to one person; who loses one tenant and gets another moves. */
export const effectsOn = (
  { person, changes, isWaiting }: Decided,
  { wasWaiting, administratorRoleId, place }: Surroundings,
): Effect[] => {
  const isAdministrator = (account: { status: string; roleId: string } | undefined) =>
    account?.status === "active" && account.roleId === administratorRoleId;
  const effect = (
    kind: EffectKind,
    from: AccountChange | undefined,
    to: AccountChange | undefined,
  ): Effect => {
    const was = [from, to].some((change) => isAdministrator(change?.before));
    const is = [from, to].some((change) => isAdministrator(change?.after));
    return {
      person: { id: person.id, name: person.name },
      kind,
      from: from?.before === undefined ? null : place(from.before),
      to: to === undefined ? null : place(to.after),
      becomesAdministrator: is && !was,
      losesAdministrator: was && !is,
      isLocked: from?.before?.roleOrigin === "lock" && from.after.status === "disabled",
    };
  };
  const gains = changes.filter(
    ({ before, after }) => before?.status !== "active" && after.status === "active",
  );
  const losses = changes.filter(
    ({ before, after }) => before?.status === "active" && after.status === "disabled",
  );
  const roles = changes.filter(
    ({ before, after }) => before?.status === after.status && before.roleId !== after.roleId,
  );
  const moves = Math.min(gains.length, losses.length);
  return [
    ...losses.slice(0, moves).map((loss, index) => effect("move", loss, gains[index])),
    ...losses.slice(moves).map((loss) => effect(isWaiting ? "toLobby" : "lose", loss, undefined)),
    ...gains.slice(moves).map((gain) => effect(wasWaiting ? "fromLobby" : "gain", undefined, gain)),
    ...roles.map((change) => effect("role", change, change)),
    ...(isWaiting && !wasWaiting && losses.length === 0
      ? [effect("toLobby", undefined, undefined)]
      : []),
  ];
};

const countEffects = (effects: readonly Effect[]) => {
  const count = (is: (effect: Effect) => boolean) => effects.filter(is).length;
  return {
    gain: count(({ kind }) => kind === "gain"),
    lose: count(({ kind }) => kind === "lose"),
    move: count(({ kind }) => kind === "move"),
    role: count(({ kind }) => kind === "role"),
    toLobby: count(({ kind }) => kind === "toLobby"),
    fromLobby: count(({ kind }) => kind === "fromLobby"),
    becomeAdministrator: count((effect) => effect.becomesAdministrator),
    loseAdministrator: count((effect) => effect.losesAdministrator),
    locked: count((effect) => effect.isLocked),
  };
};
