import { Client, type DatabaseError } from "pg";

const oldestVersion = 150_000;

/**
 * Runs `work` on a connection as the owner of the tables.
 * @throws Error with a sentence for the operator when the server cannot be reached, or is too old.
 */
export const asOwner = async <Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> => {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol))
    throw new Error(
      "DATABASE_URL is not an address such as postgres://user:password@host/database.",
    );
  const client = new Client({
    connectionString: url,
    application_name: "muster owner",
    connectionTimeoutMillis: 5000,
  });
  try {
    await client.connect();
  } catch (error) {
    throw new Error(
      `PostgreSQL at ${placeOf(url)} cannot be used: ${reasonOf(error)}. Check DATABASE_URL.`,
      {
        cause: error,
      },
    );
  }
  try {
    await refuseOldServer(client);
    return await work(client);
  } finally {
    await client.end();
  }
};

const refuseOldServer = async (client: Client): Promise<void> => {
  const { rows } = await client.query<{ number: number; version: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as version",
  );
  if (rows[0] && rows[0].number < oldestVersion)
    throw new Error(
      `Muster needs PostgreSQL 15 or later, and the server at DATABASE_URL is ${rows[0].version}.`,
    );
};

const placeOf = (url: string): string => {
  const { host, pathname, searchParams } = new URL(url);
  return `${searchParams.get("host") ?? host}${pathname}`;
};

// A name with several addresses fails with an AggregateError, which has no message of its own.
const reasonOf = (error: unknown): string =>
  (error as Error).message || ((error as DatabaseError).code ?? "no reason given");
