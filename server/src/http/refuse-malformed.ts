import type { ConnectionError } from "fastify";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { HeaderFields } from "./security-headers.ts";

type Refusal = { readonly status: number; readonly detail: string };

const refusals: Record<string, Refusal> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    detail: "The request did not arrive in time. Send it again, in smaller parts if it is large.",
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    detail:
      "The address and the headers are too long together. Send a shorter query, or POST to /.search.",
  },
};

const malformed: Refusal = {
  status: 400,
  detail: "This is not HTTP/1.1. Check the client, and what stands between it and Muster.",
};

/** Answers what never became a request (bytes that are no HTTP, headers without end, bodies that do not come). */
export const refuseMalformed =
  (common: HeaderFields) =>
  (error: ConnectionError, socket: Socket): void => {
    if (error.code === "ECONNRESET" || socket.destroyed) return;
    const { status, detail } = refusals[error.code] ?? malformed;
    const title = STATUS_CODES[status] ?? "";
    const body = JSON.stringify({ type: "about:blank", title, status, detail });
    const headers = [
      `HTTP/1.1 ${status} ${title}`,
      "Content-Type: application/problem+json; charset=utf-8",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
      ...Object.entries(common).map(([name, value]) => `${name}: ${value}`),
    ];
    if (socket.writable) socket.write(`${headers.join("\r\n")}\r\n\r\n${body}`);
    socket.destroy(error);
  };
