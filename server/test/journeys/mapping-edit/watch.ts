import { setTimeout as sleep } from "node:timers/promises";
import { withStore } from "./open-store.ts";

/**
 * Says again and again, a line of JSON each time, what people of a connection have, until it is ended:
 * `watch.ts <data folder> <connection>`. One statement sees one moment, so whoever is half decided then is counted
 * under neither what they had nor what they get.
 */
const [dataFolder, connectionId] = process.argv.slice(2) as [string, string];

const sample = `
  with latest as (
    select done from role_applications where connection_id = $1 and deed = 'rules' order by id desc limit 1),
  people as (
    select string_agg(t.name || ': ' || r.name, ' and ' order by t.name) as has
    from directory_users u
      left join accounts a on a.org_id = u.org_id and a.user_id = u.id and a.status = 'active'
      left join tenants t on t.org_id = a.org_id and t.id = a.tenant_id
      left join roles r on r.org_id = a.org_id and r.id = a.role_id
    where u.connection_id = $1 and u.deleted_at is null
    group by u.id)
  select (select done from latest), coalesce(has, 'nothing') as has, count(*)::int as people from people group by has`;

const ending = new AbortController();
process.once("SIGTERM", () => ending.abort());

await withStore(dataFolder, async (store) => {
  while (!ending.signal.aborted) {
    const { rows } = await store.query(sample, [connectionId]);
    const people = Object.fromEntries(rows.map((row) => [row.has, row.people]));
    process.stdout.write(`${JSON.stringify({ decided: rows[0]?.done ?? 0, people })}\n`);
    await sleep(200);
  }
});
