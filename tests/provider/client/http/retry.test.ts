import type { Client } from "../../../../provider/client/index.js";
import { clientAgainst, errorOf } from "../support/client.js";
import { TestClock } from "../support/clock.js";
import { answer, begin, type Behaviour, hangUp, reset } from "../support/wire.js";

const collection = { collection: { id: "finbert", name: "Fin Bert" } };
const item = { id: "i", created: "2026-01-01T00:00:00Z", description: "d", content: "c" };
const usage = { prompt_tokens: 1, total_tokens: 1 };
const completion = {
  ...{ id: "c", created: 1, model: "m", choices: [] },
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
};

/** One operation of each kind, with an answer that it takes. */
const operations: Record<
  string,
  { send: (client: Client) => Promise<unknown>; good: Behaviour; effect: "safe" | "idempotent" | "non-idempotent" }
> = {
  GET: { send: (client) => client.collections.get("finbert"), good: answer(200, collection), effect: "safe" },
  search: {
    send: (client) => client.search("finbert", { input: "x" }),
    good: answer(200, { results: [], usage }),
    effect: "safe",
  },
  logs: { send: (client) => client.logs.lookUp({ period: 15 }), good: answer(200, { requests: [] }), effect: "safe" },
  PATCH: {
    send: (client) => client.collections.update("finbert", { name: "x" }),
    good: answer(200, collection),
    effect: "idempotent",
  },
  DELETE: { send: (client) => client.collections.delete("finbert"), good: answer(204), effect: "idempotent" },
  "creating POST": {
    send: (client) => client.items.add("finbert", { content: "c" }),
    good: answer(201, { item, usage }),
    effect: "non-idempotent",
  },
  "paid POST": {
    send: (client) => client.chat.create({ model: "m", messages: [{ role: "user", content: "x" }] }),
    good: answer(200, completion),
    effect: "non-idempotent",
  },
};

const cutBody = begin(200, { "content-type": "application/json", "content-length": 500 }, '{"collection":');
const cutAndClose: Behaviour = (socket, request) => {
  cutBody(socket, request);
  socket.end();
};
const cutChunks: Behaviour = (socket) =>
  socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"col\r\n');
const noHttp: Behaviour = (socket) => socket.end("this is no HTTP\r\n\r\n");

/** The fault table: what happens, whom it lets repeat, the error's code where it stays, whether a write is in doubt. */
const faults: [
  name: string,
  fault: Behaviour,
  repeat: "always" | "idempotent" | "never",
  code: string,
  doubt: boolean,
][] = [
  ["408", answer(408, "slow"), "idempotent", "server", true],
  ["429", answer(429, "slow down"), "always", "rate_limit", false],
  ["429 with Retry-After", answer(429, "slow down", { "retry-after": "2" }), "always", "rate_limit", false],
  ["500", answer(500, { message: "oops" }), "idempotent", "server", true],
  [
    "502 as a web page",
    answer(502, "<html><title>Bad Gateway</title></html>", { "content-type": "text/html" }),
    "idempotent",
    "server",
    true,
  ],
  ["503 with Retry-After", answer(503, "", { "retry-after": "1" }), "idempotent", "server", true],
  ["504", answer(504), "idempotent", "server", true],
  ["a reset before the answer", reset, "idempotent", "connection", true],
  ["a closed connection", hangUp, "idempotent", "connection", true],
  ["a truncated body", cutAndClose, "idempotent", "connection", true],
  ["truncated chunks", cutChunks, "idempotent", "connection", true],
  ["no HTTP", noHttp, "idempotent", "connection", true],
  ["400", answer(400, "no"), "never", "validation", false],
  ["401", answer(401, { message: "No API key provided" }), "never", "authentication", false],
  ["403", answer(403, "no"), "never", "authentication", false],
  ["404", answer(404, { message: "Not found" }), "never", "not_found", false],
  ["405", answer(405, "no"), "never", "base_url", false],
  ["409", answer(409, "no"), "never", "validation", false],
  ["413", answer(413, "no"), "never", "validation", false],
  ["422", answer(422, { message: "bad" }), "never", "validation", false],
  ["301", answer(301, "", { location: "/elsewhere" }), "never", "base_url", false],
];

describe.each(Object.entries(operations))("%s", (_, { send, good, effect }) => {
  test.each(faults)("meets %s", async (__, fault, repeat, code, doubt) => {
    const repeats = repeat === "always" || (repeat === "idempotent" && effect !== "non-idempotent");

    const lasting = await clientAgainst([fault], { maxRetries: 2 });
    const error = await errorOf(send(lasting.client));
    expect({ code: error.code, outcomeUnknown: error.outcomeUnknown }).toEqual({
      code,
      outcomeUnknown: doubt && effect !== "safe",
    });
    expect(lasting.server.requests).toHaveLength(repeats ? 3 : 1);

    const passing = await clientAgainst([fault, good]);
    const outcome = await send(passing.client).then(
      () => "done",
      () => "failed",
    );
    expect(outcome).toBe(repeats ? "done" : "failed");
    expect(passing.server.requests).toHaveLength(repeats ? 2 : 1);
  });

  test("is sent again when nothing listens, since nothing was sent", async () => {
    const { client, server, clock } = await clientAgainst([good], { maxRetries: 2 });
    await server.stop();
    const error = await errorOf(send(client));
    expect(error).toMatchObject({ code: "connection", outcomeUnknown: false });
    expect(error.message).toContain("3 attempts");
    expect(clock.skipped).toEqual([250, 500]);
  });
});

test("a success that is no JSON is not asked for again", async () => {
  const { client, server } = await clientAgainst([answer(200, "{oops", { "content-type": "application/json" })]);
  expect(await errorOf(client.collections.get("finbert"))).toMatchObject({
    code: "response_shape",
    status: 200,
    outcomeUnknown: false,
  });
  expect(server.requests).toHaveLength(1);
});

test("pauses double from half a second to eight, the half of each by chance", async () => {
  const least = await clientAgainst([answer(500)], { maxRetries: 6 });
  await errorOf(least.client.collections.list());
  expect(least.clock.skipped).toEqual([250, 500, 1000, 2000, 4000, 4000]);
  const most = await clientAgainst([answer(500)], { maxRetries: 3, random: () => 1 });
  await errorOf(most.client.collections.list());
  expect(most.clock.skipped).toEqual([500, 1000, 2000]);
});

test("no retries when none are wanted", async () => {
  const { client, server } = await clientAgainst([answer(500)], { maxRetries: 0 });
  await errorOf(client.collections.list());
  expect(server.requests).toHaveLength(1);
});

test("pauses count as time of the operation, and end it", async () => {
  const chances = [0, 1];
  const clock = new TestClock(250);
  const options = { timeoutSeconds: 0.8, maxRetries: 20, random: () => chances.shift() ?? 0, clock };
  const { client, server } = await clientAgainst([answer(500)], options);
  expect(await errorOf(client.collections.list())).toMatchObject({ code: "server", status: 500 });
  expect(clock.skipped).toEqual([250]);
  expect(server.requests).toHaveLength(2);
});

test("an answer in words after one in doubt settles it, another doubt does not", async () => {
  const settled = await clientAgainst([answer(500), answer(422, { message: "bad" })]);
  expect(await errorOf(settled.client.collections.update("x", { name: "y" }))).toMatchObject({
    code: "validation",
    outcomeUnknown: false,
  });
  const refused = await clientAgainst([answer(500), answer(429)], { maxRetries: 1 });
  expect(await errorOf(refused.client.collections.update("x", { name: "y" }))).toMatchObject({
    code: "rate_limit",
    outcomeUnknown: true,
  });
});

describe("Retry-After", () => {
  const wait = answer(429, "slow down", { "retry-after": "120" });

  test("holds everybody, and does not count as time of the operation", async () => {
    let warned: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (warned = resolve));
    const log = { error: warned, warn: () => warned(), info: warned, debug: () => undefined };
    const { client, server, clock } = await clientAgainst([wait, answer(200, collection)], { timeoutSeconds: 30, log });
    const first = client.collections.get("finbert");
    await held;
    const second = client.collections.get("finbert");
    await new Promise(setImmediate);
    expect(server.requests).toHaveLength(1);
    clock.advance(120_000);
    await Promise.all([first, second]);
    expect(server.requests).toHaveLength(3);
  });

  test("is read as a date too", async () => {
    const date = answer(429, "", { "retry-after": "Thu, 01 Jan 2026 00:00:07 GMT" });
    const { client, clock } = await clientAgainst([date, answer(200, collection)]);
    await client.collections.get("finbert");
    expect(clock.skipped).toContain(7_000);
  });

  test("of more than five minutes is not waited for, and holds nobody", async () => {
    const { client, server } = await clientAgainst([
      answer(429, "", { "retry-after": "3600" }),
      answer(200, collection),
    ]);
    const error = await errorOf(client.collections.get("finbert"));
    expect(error).toMatchObject({ code: "rate_limit", retryAfterSeconds: 3600 });
    expect(error.message).toContain("try again in 3600 s");
    await client.collections.get("finbert");
    expect(server.requests).toHaveLength(2);
  });
});
