/** Told of each message: its type and, on demand, its payload as text. */
type OnMessage = (type: string, payload: () => string) => void;

const headLength = 5;

/** Splits what a PostgreSQL server sends into messages, in whatever pieces it comes. */
export const createMessageReader = (onMessage: OnMessage): ((chunk: Buffer) => void) => {
  let held: Buffer = Buffer.alloc(0);
  return (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let at = 0;
    while (held.length - at >= headLength) {
      const start = at + headLength;
      const end = at + 1 + held.readUInt32BE(at + 1);
      if (held.length < end) break;
      onMessage(String.fromCharCode(held[at] as number), () => held.toString("latin1", start, end));
      at = end;
    }
    held = held.subarray(at);
  };
};
