import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { performance } from "node:perf_hooks";
import type { Endpoint } from "../contenders/contender.ts";
import { createAnswerReader, type RawAnswer } from "./answer-reader.ts";

export type Ask = { readonly method: string; readonly path: string; readonly body?: object };
export type Answer = { readonly status: number; readonly body: Buffer; readonly millis: number };

/** One kept-alive connection that asks one thing at a time. */
export type Client = { send(ask: Ask): Promise<Answer>; close(): void };

const patience = 60_000;

/**
 * A SCIM client on a bare socket: it shares two cores with the server and the database, and every cycle it spends is
 * taken from what is measured.
 */
export const openClient = ({ url, token }: Endpoint): Client => {
  const { hostname, port, host, pathname } = new URL(url);
  const prefix = pathname.replace(/\/$/, "");
  const shared = `Host: ${host}\r\nAuthorization: Bearer ${token}\r\nAccept: application/scim+json\r\n`;
  let socket: Socket | undefined;

  const open = async (): Promise<Socket> => {
    if (socket !== undefined && !socket.destroyed) return socket;
    socket = connect(Number(port), hostname);
    socket.setNoDelay(true);
    await once(socket, "connect");
    return socket;
  };

  return {
    send: async ({ method, path, body }) => {
      const payload = body === undefined ? "" : JSON.stringify(body);
      const described =
        body === undefined
          ? ""
          : `Content-Type: application/scim+json\r\nContent-Length: ${Buffer.byteLength(payload)}\r\n`;
      const text = `${method} ${prefix}${path} HTTP/1.1\r\n${shared}${described}\r\n${payload}`;
      const connection = await open();
      const started = performance.now();
      const { status, body: received, closes } = await exchange(connection, text);
      const millis = performance.now() - started;
      if (closes) connection.destroy();
      return { status, body: received, millis };
    },
    close: () => {
      socket?.destroy();
    },
  };
};

const exchange = (socket: Socket, text: string): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const read = createAnswerReader();
    const settle = () => {
      clearTimeout(timer);
      socket.off("data", onData);
      socket.off("error", fail);
      socket.off("close", onClose);
    };
    const fail = (error: Error) => {
      settle();
      socket.destroy();
      reject(error);
    };
    const onData = (chunk: Buffer) => {
      const answer = read(chunk);
      if (answer === undefined) return;
      settle();
      resolve(answer);
    };
    const onClose = () => fail(new Error("The server closed the connection."));
    const timer = setTimeout(() => fail(new Error("No answer within a minute.")), patience);
    socket.on("data", onData);
    socket.on("error", fail);
    socket.on("close", onClose);
    socket.write(text);
  });
