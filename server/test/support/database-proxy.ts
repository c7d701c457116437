import { once } from "node:events";
import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";

/** What stands between Muster and PostgreSQL, and can fail. */
export type DatabaseProxy = {
  readonly url: string;
  /** Takes no new connections, and cuts those there are, until it is told to go on. */
  readonly goAway: () => void;
  readonly comeBack: () => void;
  /**
   * Loses the answer to the next COMMIT of whoever sends this text, and the connection with it: PostgreSQL has stored what
   * Muster never hears of. Gives when that has happened.
   */
  readonly loseCommitOf: (text: string) => Promise<void>;
  readonly close: () => void;
};

type Loss = { readonly text: string; readonly happened: () => void };

/** @param url of the database behind it */
export const startDatabaseProxy = async (url: string): Promise<DatabaseProxy> => {
  const links = new Set<Socket>();
  let isAway = false;
  let loss: Loss | undefined;

  const server = createServer((front) => {
    if (isAway) {
      front.destroy();
      return;
    }
    const back = connectTo(url);
    let isMarked = false;
    let tail = "";
    front.on("data", (chunk: Buffer) => {
      if (loss !== undefined && chunk.includes(loss.text)) isMarked = true;
      back.write(chunk);
    });
    back.on("data", (chunk: Buffer) => {
      // PostgreSQL 18 documentation, "Message Formats": CommandComplete ends with its tag and a zero.
      const heard = tail + chunk.toString("latin1");
      tail = heard.slice(-"COMMIT".length);
      if (loss === undefined || !isMarked || !heard.includes("COMMIT\0")) {
        front.write(chunk);
        return;
      }
      front.destroy();
      loss.happened();
      loss = undefined;
    });
    for (const [socket, other] of [
      [front, back],
      [back, front],
    ] as const) {
      links.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        links.delete(socket);
        other.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const cutAll = () => {
    for (const socket of links) socket.destroy();
  };
  return {
    url: urlAt(url, server.address() as AddressInfo),
    goAway: () => {
      isAway = true;
      cutAll();
    },
    comeBack: () => {
      isAway = false;
    },
    loseCommitOf: (text) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      loss = { text, happened: resolve };
      return promise;
    },
    close: () => {
      server.close();
      cutAll();
    },
  };
};

const connectTo = (url: string): Socket => {
  const { hostname, port, searchParams } = new URL(url);
  const folder = searchParams.get("host");
  return folder === null
    ? createConnection(Number(port || 5432), hostname)
    : createConnection(`${folder}/.s.PGSQL.5432`);
};

const urlAt = (url: string, { address, port }: AddressInfo): string => {
  const front = new URL(url);
  front.searchParams.delete("host");
  front.host = `${address}:${port}`;
  return front.href;
};
