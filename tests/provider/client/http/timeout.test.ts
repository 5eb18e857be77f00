import { getEventListeners } from "node:events";
import { MockAgent } from "undici";
import { Attempt, type ApiRequest } from "../../../../provider/client/http/request.js";
import { timeout } from "../../../../provider/client/http/timeout.js";
import { clientAgainst, errorOf } from "../support/client.js";
import { TestClock } from "../support/clock.js";
import { answer, begin, type Behaviour, silent } from "../support/wire.js";

const collection = { collection: { id: "finbert", name: "Fin Bert" } };

async function turn(): Promise<void> {
  await new Promise(setImmediate);
}

test("a read that meets silence is tried again after attemptTimeoutSeconds, on another connection", async () => {
  const { client, server, clock } = await clientAgainst([silent, answer(200, collection)]);
  const got = client.collections.get("finbert");
  await server.received(1);
  clock.advance(119_999);
  await turn();
  expect(server.requests).toHaveLength(1);
  clock.advance(1);
  await expect(got).resolves.toEqual(collection.collection);
  const [first, second] = server.requests;
  expect(second?.connection).not.toBe(first?.connection);
});

test("the whole operation ends after timeoutSeconds, however often it was tried", async () => {
  const { client, server, clock } = await clientAgainst([silent], { timeoutSeconds: 20, random: () => 0 });
  const failing = errorOf(client.collections.get("finbert"));
  await server.received(1);
  const began = clock.now();
  const ended = jest.fn();
  void failing.then(ended);
  while (ended.mock.calls.length === 0) {
    clock.advance(50);
    await turn();
  }
  const error = await failing;
  expect(error).toMatchObject({ code: "timeout", outcomeUnknown: false });
  expect(error.message).toContain("within 20 s; try again or raise timeoutSeconds");
  expect(clock.now() - began).toBe(20_000);
});

test("each attempt ends after attemptTimeoutSeconds, and the operation has the time of several", async () => {
  const { client, server, clock } = await clientAgainst([silent], { attemptTimeoutSeconds: 20, maxRetries: 2 });
  const failing = errorOf(client.collections.get("finbert"));
  const ended = jest.fn();
  void failing.then(ended);
  const began = clock.now();
  await server.received(1);
  while (ended.mock.calls.length === 0) {
    clock.advance(500);
    await turn();
  }
  expect((await failing).message).toContain("within 20 s, 3 times; try again or raise attemptTimeoutSeconds");
  expect(clock.now() - began).toBeGreaterThanOrEqual(60_000);
  expect(server.requests).toHaveLength(3);
});

test("a call has its own time and repeats", async () => {
  const { client, server, clock } = await clientAgainst([silent]);
  const failing = errorOf(client.collections.get("finbert", { timeoutSeconds: 3 }));
  await server.received(1);
  clock.advance(3_000);
  expect((await failing).message).toContain("within 3 s");
  const { client: other, server: failingServer } = await clientAgainst([answer(500)]);
  await errorOf(other.collections.get("finbert", { maxRetries: 0 }));
  expect(failingServer.requests).toHaveLength(1);
  expect((await errorOf(other.collections.get("finbert", { maxRetries: -1 }))).message).toContain(
    "maxRetries must be a whole number from 0 to 20, not -1",
  );
});

test("a write that costs is not sent twice", async () => {
  const { client, server, clock } = await clientAgainst([silent]);
  const failing = errorOf(client.items.add("finbert", { content: "text" }));
  await server.received(1);
  clock.advance(120_000);
  expect(await failing).toMatchObject({ code: "timeout", outcomeUnknown: true });
  expect(server.requests).toHaveLength(1);
});

test("an answer that drips counts as a whole", async () => {
  const dripping = begin(200, { "content-type": "application/json", "content-length": 100 }, '{"coll');
  const { client, server, clock } = await clientAgainst([dripping], { maxRetries: 0 });
  const failing = errorOf(client.collections.get("finbert"));
  await server.received(1);
  await turn();
  clock.advance(120_000);
  expect((await failing).code).toBe("timeout");
});

test("a late or aborted request closes its connection", async () => {
  const { client, server, clock } = await clientAgainst([silent], { maxRetries: 0 });
  const failing = errorOf(client.collections.get("finbert"));
  await server.received(1);
  clock.advance(120_000);
  await failing;
  await server.until(() => server.open === 0);
  expect(clock.waiting).toBe(0);
});

test("no connection in time is a timeout with nothing sent", async () => {
  const agent = new MockAgent();
  agent.disableNetConnect();
  const cause = Object.assign(new Error("Connect Timeout Error"), { code: "UND_ERR_CONNECT_TIMEOUT" });
  const dispatcher = Object.assign(agent, {
    dispatch: (_: unknown, handler: { onResponseError(controller: unknown, error: Error): void }) => {
      handler.onResponseError(undefined, cause);
      return true;
    },
  });
  const { client, clock } = await clientAgainst([], { dispatcher });
  const error = await errorOf(client.items.add("finbert", { content: "text" }));
  expect(error).toMatchObject({ code: "timeout", outcomeUnknown: false });
  expect(error.message).toContain("accepted no connection in time (5 attempts)");
  expect(clock.waiting).toBe(0);
});

describe("the caller's signal", () => {
  test("ends a request under way", async () => {
    const { client, server, clock } = await clientAgainst([silent]);
    const controller = new AbortController();
    const failing = errorOf(client.items.add("finbert", { content: "text" }, { signal: controller.signal }));
    await server.received(1);
    controller.abort("enough");
    const error = await failing;
    expect(error).toMatchObject({ code: "aborted", outcomeUnknown: true, cause: "enough" });
    await server.until(() => server.open === 0);
    expect(clock.waiting).toBe(0);
  });

  test("that is aborted already sends nothing", async () => {
    const { client, server } = await clientAgainst([answer(200, collection)]);
    const error = await errorOf(client.items.add("finbert", { content: "text" }, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: "aborted", outcomeUnknown: false });
    expect(server.requests).toHaveLength(0);
  });

  test("ends a pause between attempts", async () => {
    const controller = new AbortController();
    const abort: Behaviour = (socket, request) => answer(429, "", { "retry-after": "100" })(socket, request);
    const { client, server, clock } = await clientAgainst([abort]);
    const failing = errorOf(client.collections.get("finbert", { signal: controller.signal }));
    await server.received(1);
    while (clock.waiting === 0 || server.requests.length === 0) await turn();
    controller.abort();
    expect((await failing).code).toBe("aborted");
    expect(server.requests).toHaveLength(1);
    expect(clock.waiting).toBe(0);
  });

  test("has one listener however many requests share it", async () => {
    const { client, server } = await clientAgainst([silent], { concurrency: 40 });
    const controller = new AbortController();
    const failing = Array.from({ length: 28 }, () => errorOf(client.collections.list({ signal: controller.signal })));
    await server.received(28);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
    controller.abort();
    expect((await Promise.all(failing)).map(({ code }) => code)).toEqual(Array.from({ length: 28 }, () => "aborted"));
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  test("leaves no listener behind", async () => {
    const { client } = await clientAgainst([answer(200, collection)]);
    const controller = new AbortController();
    const remove = jest.spyOn(controller.signal, "removeEventListener");
    const add = jest.spyOn(controller.signal, "addEventListener");
    await client.collections.get("finbert", { signal: controller.signal });
    expect(remove).toHaveBeenCalledTimes(add.mock.calls.length);
  });
});

test("what is aborted already is not begun", async () => {
  const next = jest.fn();
  const begun = timeout(new TestClock())(next)({} as ApiRequest, new Attempt(1_000, AbortSignal.abort("enough")));
  await expect(begun).rejects.toMatchObject({ sent: false, cause: "enough" });
  expect(next).not.toHaveBeenCalled();
});

test("a chunk that is sent after the end of an attempt starts no time again", async () => {
  const clock = new TestClock();
  const attempt = new Attempt(1_000, undefined);
  const failing = timeout(clock)(() => Promise.reject(new Error("reset")));
  await expect(failing({} as ApiRequest, attempt)).rejects.toThrow("reset");
  attempt.progress();
  expect(clock.waiting).toBe(0);
});
