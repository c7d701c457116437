import { statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";

type Moved = { readonly id: string; readonly assetId: string; readonly isOpen: boolean };

type Move = {
  readonly joinId: string;
  readonly formerAccountId: string;
  readonly accountId: string;
};

/** Makes all that one account holds or ever held another's, and notes it. Both accounts are held by the caller. */
export const moveCustodies = (
  tx: Transaction,
  { joinId, formerAccountId, accountId }: Move,
): Promise<Moved[]> =>
  tx.run(
    statement<Moved>(sql`
      with moved as (
        update custodies set account_id = ${accountId}::uuid
        where org_id = ${tx.orgId} and account_id = ${formerAccountId}::uuid
        returning id, asset_id, ended_at
      ), noted as (
        insert into custody_moves (org_id, join_id, custody_id, former_account_id)
        select ${tx.orgId}::uuid, ${joinId}::uuid, id, ${formerAccountId}::uuid from moved
      )
      select id, asset_id, ended_at is null as is_open from moved order by id`),
  );

/** Gives back what the join moved and is still with the account it was moved to. */
export const moveCustodiesBack = (
  tx: Transaction,
  { joinId, formerAccountId, accountId }: Move,
): Promise<Moved[]> =>
  tx.run(
    statement<Moved>(sql`
      with noted as (
        delete from custody_moves
        where org_id = ${tx.orgId} and join_id = ${joinId}::uuid and former_account_id = ${formerAccountId}::uuid
        returning custody_id
      ), moved as (
        update custodies c set account_id = ${formerAccountId}::uuid from noted
        where c.org_id = ${tx.orgId} and c.id = noted.custody_id and c.account_id = ${accountId}::uuid
        returning c.id, c.asset_id, c.ended_at
      )
      select id, asset_id, ended_at is null as is_open from moved order by id`),
  );
