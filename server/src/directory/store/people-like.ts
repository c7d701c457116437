import { statement } from "#database";
import type { Transaction } from "#tenancy";
import { sql } from "kysely";
import { employeeKey } from "../employee-key.ts";

export type PersonLike = {
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
  /** Their addresses and the user name. */
  readonly aliases: readonly string[];
  readonly employeeNumber: string | null;
};

type Likeness = { readonly facets: readonly string[]; readonly employeeNumbers: readonly string[] };

/** People of a connection who carry one of some facets or employee numbers. */
export const findPeopleLike = (
  tx: Transaction,
  connectionId: string,
  { facets, employeeNumbers }: Likeness,
): Promise<PersonLike[]> => {
  const live = sql`org_id = ${tx.orgId} and connection_id = ${connectionId}::uuid and deleted_at is null`;
  return tx.run(
    statement<PersonLike>(sql`
      with alike as (
        select id from directory_users where ${live} and facets && ${[...facets]}::bigint[]
        union
        select id from directory_users where ${live} and employee_key = any(${employeeNumbers.map(employeeKey)}::text[])
      )
      select u.id as user_id, u.name, u.email, u.employee_key as employee_number,
        array_append(array(select jsonb_path_query(u.document, '$.emails[*].value') #>> '{}'), u.user_name) as aliases
      from directory_users u join alike on alike.id = u.id
      where u.org_id = ${tx.orgId}`),
  );
};
