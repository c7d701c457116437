import type { Static } from "typebox";
import { findPerson, findGroupNames, listGroupsOf } from "#directory";
import { notFound } from "#http";
import { listTenants, type Transaction } from "#tenancy";
import { readFacts, type Facts } from "./read-facts.ts";
import type { FindRuleAttribute } from "./rule-attribute.ts";
import { namedRules } from "./rules-effect.ts";
import type { Simulation, SimulationRequest } from "./schemas.ts";
import { simulate } from "./simulate.ts";
import { readDecisionInputs } from "./store/decision-inputs.ts";
import { listMappings } from "./store/rules.ts";

type Asked = Static<typeof SimulationRequest>;

/**
 * What rules, those in force or drafted ones, make of a person: one of the directory, changed by what is typed, or
 * somebody who is only typed.
 * @throws HttpError 404 for a person of another connection, 400 on rules that cannot be
 */
export const readSimulation = async (
  tx: Transaction,
  connectionId: string,
  asked: Asked,
  findAttribute: FindRuleAttribute,
): Promise<Static<typeof Simulation>> => {
  const drafts = asked.mappings ?? (await draftsInForce(tx, connectionId));
  const rules = await namedRules(tx, connectionId, {
    drafts,
    findAttribute,
    defaultRoleId: asked.defaultRoleId,
  });
  const person = await personOf(tx, connectionId, asked.personId);
  const inputs = await readDecisionInputs(tx, connectionId, person ? [person.id] : [], {
    preview: {
      alsoOf: [],
      alsoRead: [],
    },
  });
  const groups =
    asked.groupIds ?? (person ? await listGroupsOf(tx, [person.id]) : []).map(({ id }) => id);
  const typed = (asked.attributes ?? []).reduce<Record<string, unknown>>(
    (document, { path, value }) => {
      const attribute = findAttribute(path);
      return attribute === undefined
        ? document
        : put(document, attribute.keys, attribute.fold(value));
    },
    { ...(person?.folded as object | undefined) },
  );
  const tenants = new Map((await listTenants(tx)).map(({ id, name }) => [id, name]));
  const groupNames = await findGroupNames(
    tx,
    rules.mappings.flatMap(({ groupId }) => groupId ?? []),
  );
  const names = {
    tenant: (id: string) => tenants.get(id) ?? "another tenant",
    role: (id: string) => rules.roles.get(id) ?? "another role",
    group: (id: string) => groupNames.get(id) ?? "a group",
  };
  const known = person === undefined ? nobody : readFacts(inputs)({ ...person, folded: undefined });
  const {
    rules: fired,
    accounts,
    isWaiting,
    summary,
  } = simulate(
    {
      person: {
        ...known.person,
        active: asked.active ?? known.person.active,
        attributes: typed,
      },
      groups: new Set(groups),
      locks: known.locks,
    },
    { ...rules, archived: inputs.archived },
    names,
  );
  const named = ({ tenantId, roleId }: { tenantId: string; roleId: string }) => ({
    tenant: { id: tenantId, name: names.tenant(tenantId) },
    role: { id: roleId, name: names.role(roleId) },
  });
  return {
    person: person === undefined ? null : { id: person.id, name: person.name },
    rules: fired.map((rule) => ({ ...rule, ...named(rule) })),
    accounts: accounts.map((account) => ({ ...account, ...named(account) })),
    isWaiting,
    summary,
  };
};

/** Somebody who is only typed. */
const nobody: Pick<Facts, "person" | "locks"> = {
  person: { active: true, deleted: false, attributes: {}, placed: [] },
  locks: new Map(),
};

const draftsInForce = async (tx: Transaction, connectionId: string) =>
  (await listMappings(tx, connectionId)).map(({ groupId, attribute, tenantId, roleId }) => ({
    ...(groupId !== null && { groupId }),
    ...(attribute !== null && {
      attribute: {
        path: attribute.path,
        operator: attribute.operator,
        values: [...attribute.values],
      },
    }),
    tenantId,
    roleId,
  }));

/** @param id of a person of the directory, or of one of their accounts */
const personOf = async (tx: Transaction, connectionId: string, id: string | undefined) => {
  if (id === undefined) return undefined;
  const person = await findPerson(tx, id);
  if (person?.connectionId !== connectionId) throw notFound("That person of this connection");
  return person;
};

/** The document with a value at a place, in place of what was there. */
const put = (
  document: Record<string, unknown>,
  [key, ...rest]: readonly string[],
  value: string,
): Record<string, unknown> => {
  if (key === undefined) return document;
  const inner = document[key];
  const node = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? inner : {};
  return {
    ...document,
    [key]: rest.length === 0 ? value : put(node as Record<string, unknown>, rest, value),
  };
};
