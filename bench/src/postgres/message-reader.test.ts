import { expect, test } from "vitest";
import { createMessageReader } from "./message-reader.ts";

const message = (type: string, payload: string): Buffer => {
  const buffer = Buffer.alloc(5 + payload.length);
  buffer.write(type);
  buffer.writeUInt32BE(4 + payload.length, 1);
  buffer.write(payload, 5);
  return buffer;
};

test("messages are told apart in whatever pieces they come", () => {
  const sent = Buffer.concat([message("C", "INSERT 0 3\0"), message("D", ""), message("Z", "I")]);
  for (let cut = 1; cut < sent.length; cut += 1) {
    const seen: string[] = [];
    const read = createMessageReader((type, payload) => seen.push(type + payload()));
    read(sent.subarray(0, cut));
    read(sent.subarray(cut));
    expect(seen).toEqual(["CINSERT 0 3\0", "D", "ZI"]);
  }
});
