import { expect, test } from "vitest";
import { createAnswerReader } from "./answer-reader.ts";

const answers = {
  "with a length": "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
  chunked: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
};

for (const [name, text] of Object.entries(answers))
  test(`an answer ${name} is read whole, wherever it is cut (RFC 9112 §6)`, () => {
    for (let cut = 1; cut < text.length; cut += 1) {
      const read = createAnswerReader();
      expect(read(Buffer.from(text.slice(0, cut)))).toBeUndefined();
      const answer = read(Buffer.from(text.slice(cut)));
      expect(answer?.status).toBe(200);
      expect(answer?.body.toString()).toBe("hello");
    }
  });

test("an answer without a body ends with its head", () => {
  const read = createAnswerReader();
  expect(read(Buffer.from("HTTP/1.1 204 No Content\r\n\r\n"))?.status).toBe(204);
  expect(
    read(Buffer.from("HTTP/1.1 404 x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")),
  ).toMatchObject({
    status: 404,
    closes: true,
  });
});
