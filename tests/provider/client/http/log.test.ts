import { canary, clientAgainst, errorOf } from "../support/client.js";
import { answer, reset } from "../support/wire.js";
import type { Logger } from "../../../../provider/client/index.js";

function recorder(): { lines: string[]; log: Logger } {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return { lines, log: { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug") } };
}

test("each attempt is a debug line, each retry a warning with its pause", async () => {
  const { lines, log } = recorder();
  const { client } = await clientAgainst([answer(503), answer(200, { collections: [] })], { log });
  await client.collections.list();
  expect(lines).toEqual([
    "debug GET /vector_store -> 503 in 0 ms",
    "warn listCollections: status 503 at attempt 1; trying again in 0.3 s",
    "debug GET /vector_store -> 200 in 0 ms",
  ]);
});

test("an attempt without an answer says why, and a wait for the API whose it is", async () => {
  const { lines, log } = recorder();
  const { client } = await clientAgainst(
    [reset, answer(429, "", { "retry-after": "1" }), answer(200, { collections: [] })],
    { log },
  );
  await client.collections.list();
  expect(lines).toEqual([
    "debug GET /vector_store -> broken in 0 ms",
    "warn listCollections: no answer (broken) at attempt 1; trying again in 0.3 s",
    "debug GET /vector_store -> 429 in 0 ms",
    "warn listCollections: status 429 at attempt 2; trying again when the API allows it",
    "debug GET /vector_store -> 200 in 0 ms",
  ]);
});

test("the key is not in the log, even where it was given as an id", async () => {
  const { lines, log } = recorder();
  const { client } = await clientAgainst([answer(404, { message: canary })], { log });
  await errorOf(client.collections.get(canary));
  await errorOf(client.items.add("docs", { content: "confidential" }));
  expect(lines).toHaveLength(2);
  expect(lines.join("\n")).not.toContain(canary);
  expect(lines.join("\n")).not.toContain("confidential");
});
