export type RawAnswer = {
  readonly status: number;
  readonly body: Buffer;
  readonly closes: boolean;
};

const headEnd = "\r\n\r\n";
const chunkedEnd = Buffer.from("0\r\n\r\n");

/** Reads one HTTP/1.1 answer after another from a connection that asks one thing at a time (RFC 9112). */
export const createAnswerReader = (): ((chunk: Buffer) => RawAnswer | undefined) => {
  let pieces: Buffer[] = [];
  let total = 0;
  let head: Head | undefined;
  return (chunk) => {
    pieces.push(chunk);
    total += chunk.length;
    if (head === undefined) {
      pieces = [Buffer.concat(pieces)];
      head = readHead(pieces[0] as Buffer);
      if (head === undefined) return undefined;
    }
    const { status, bodyAt, length, closes } = head;
    if (length === undefined ? !endsWith(pieces, chunkedEnd) : total < bodyAt + length)
      return undefined;
    const rest = Buffer.concat(pieces).subarray(bodyAt);
    pieces = [];
    total = 0;
    head = undefined;
    return { status, closes, body: length === undefined ? joinChunks(rest) : rest };
  };
};

/** `length` is undefined for a chunked body. */
type Head = { status: number; bodyAt: number; length: number | undefined; closes: boolean };

const readHead = (buffer: Buffer): Head | undefined => {
  const end = buffer.indexOf(headEnd);
  if (end < 0) return undefined;
  const text = buffer.toString("latin1", 0, end).toLowerCase();
  const status = Number(text.slice(9, 12));
  const length = Number(/\r\ncontent-length: *(\d+)/.exec(text)?.[1] ?? 0);
  const isChunked = /\r\ntransfer-encoding: *chunked/.test(text);
  return {
    status,
    bodyAt: end + headEnd.length,
    length: isChunked && status !== 204 ? undefined : length,
    closes: /\r\nconnection: *close/.test(text),
  };
};

const endsWith = (pieces: readonly Buffer[], ending: Buffer): boolean => {
  const tail = Buffer.concat(pieces.slice(-2));
  return tail.subarray(-ending.length).equals(ending);
};

const joinChunks = (body: Buffer): Buffer => {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.toString("latin1", at, lineEnd), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
};
