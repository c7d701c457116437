import { insertManyPeople } from "../../support/many-people.ts";
import { withStore } from "./open-store.ts";

/**
 * Puts people into the mirror of a running Muster as their requests would have, all of them members of one group:
 * `fill.ts <data folder> <connection> <group> <people>`. Nobody has decided about them yet.
 */
const [dataFolder, connectionId, groupId, people] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
];

const person = (index: number) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName: `person.${index}@contoso.test`,
  externalId: `person-${index}`,
  displayName: `Person ${String(index).padStart(6, "0")}`,
  name: { givenName: "Person", familyName: String(index) },
  emails: [{ type: "work", value: `person.${index}@contoso.test`, primary: true }],
  active: true,
});

await withStore(dataFolder, async (store, ownerUrl) => {
  const { rows } = await store.query("select org_id from connections where id = $1", [
    connectionId,
  ]);
  const orgId = rows[0].org_id as string;
  await insertManyPeople(
    { database: { ownerUrl }, administrator: { orgId } },
    connectionId,
    Array.from({ length: Number(people) }, (_, index) => person(index + 1)),
  );
  await store.query(
    `insert into memberships (org_id, group_id, member_id, member_kind, added_at)
     select org_id, $3, id, 'User', now() from directory_users where org_id = $1 and connection_id = $2`,
    [orgId, connectionId, groupId],
  );
  await store.query("vacuum analyze memberships");
});
