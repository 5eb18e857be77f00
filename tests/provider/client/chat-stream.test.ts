import type { ChatChunk, StreamInterruptedError } from "../../../provider/client/index.js";
import { clientAgainst, errorOf } from "./support/client.js";
import { answer, begin, type Behaviour } from "./support/wire.js";
import type { Socket } from "node:net";

const args = { model: "m", messages: [{ role: "user" as const, content: "What is the whole confidential question?" }] };
const events = { "content-type": "text/event-stream; charset=utf-8" };

function chunk(delta: object, finish: string | null = null, more: object = {}): string {
  const choices = [{ index: 0, delta, finish_reason: finish, ...more }];
  return `data: ${JSON.stringify({ id: "c1", created: 5, model: "m", choices })}\n\n`;
}

/** A stream that stays open after these chunks. */
const streaming = (...chunks: (string | Buffer)[]) => begin(200, events, ...chunks);

/** A stream that ends after these chunks. */
const ending = (...chunks: (string | Buffer)[]): Behaviour => {
  const start = begin(200, { ...events, connection: "close" }, ...chunks);
  return (socket, request) => {
    start(socket, request);
    socket.end();
  };
};

const done = "data: [DONE]\n\n";

async function collect(stream: AsyncIterable<ChatChunk>): Promise<ChatChunk[]> {
  const chunks: ChatChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

test("the texts come as they are written, and the whole at the end", async () => {
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
  const last = `data: ${JSON.stringify({ id: "c1", created: 5, model: "m", choices: [], usage })}\n\n`;
  const behaviour = streaming(
    chunk({ role: "assistant" }),
    chunk({ content: "Hel" }),
    ": keep-alive\n\n",
    chunk({ content: "lo" }),
    chunk({}, "stop"),
    last,
    done,
  );
  const { client, server } = await clientAgainst([behaviour]);
  expect(
    (await collect(client.chat.stream(args))).flatMap(({ choices }) => choices.map(({ content }) => content)),
  ).toEqual(["", "Hel", "lo", ""]);
  expect(await client.chat.stream(args).completion()).toEqual({
    ...{ id: "c1", created: 5, model: "m" },
    choices: [{ index: 0, message: { role: "assistant", content: "Hello", toolCalls: [] }, finishReason: "stop" }],
    usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3 },
  });
  expect(JSON.parse(server.requests[0]?.body ?? "")).toMatchObject({ stream: true });
  expect(server.requests[0]?.headers["accept"]).toBe("text/event-stream");
});

test("tool calls are put together from their chunks and come whole with the end of the choice", async () => {
  const call = (index: number, more: object) => chunk({ tool_calls: [{ index, ...more }] });
  const { client } = await clientAgainst([
    streaming(
      call(0, { id: "a", type: "function", function: { name: "look", arguments: "" } }),
      call(0, { function: { arguments: '{"x"' } }),
      call(1, { id: "b", type: "function", function: { name: "find", arguments: "{}" } }),
      call(0, { function: { arguments: ":1}" } }),
      chunk({}, "tool_calls"),
      done,
    ),
  ]);
  const calls = (await collect(client.chat.stream(args)))
    .flatMap(({ choices }) => choices)
    .map(({ toolCalls }) => toolCalls);
  expect(calls.slice(0, -1).flat()).toEqual([]);
  expect(calls.at(-1)).toEqual([
    { id: "a", type: "function", function: { name: "look", arguments: '{"x":1}' } },
    { id: "b", type: "function", function: { name: "find", arguments: "{}" } },
  ]);
});

test("chunks of tool calls without an index belong to the last call until an id begins another", async () => {
  const call = (more: object) => chunk({ tool_calls: [more] });
  const { client } = await clientAgainst([
    streaming(
      call({ id: "a", function: { name: "look", arguments: "{" } }),
      call({ function: { arguments: "}" } }),
      call({ id: "b", function: { name: "find" } }),
      chunk({}, "tool_calls"),
      done,
    ),
  ]);
  const { choices } = await client.chat.stream(args).completion();
  expect(choices[0]?.message.toolCalls.map(({ id, function: called }) => [id, called.name, called.arguments])).toEqual([
    ["a", "look", "{}"],
    ["b", "find", ""],
  ]);
});

test("several choices grow side by side, with their logprobs", async () => {
  const logprobs = { logprobs: { content: [{ token: "x", logprob: -1 }] } };
  const { client } = await clientAgainst([
    streaming(
      chunk({ content: "b" }, null, { index: 1 }),
      chunk({ content: "a" }, null, logprobs),
      chunk({ content: "a" }, "stop", logprobs),
      chunk({ content: "b" }, "length", { index: 1 }),
      done,
    ),
  ]);
  const { choices } = await client.ragChat.stream({ ...args, collection: "docs" }).completion();
  expect(
    choices.map(({ index, message, finishReason, logprobs: tokens }) => [
      index,
      message.content,
      finishReason,
      tokens?.length,
    ]),
  ).toEqual([
    [0, "aa", "stop", 2],
    [1, "bb", "length", undefined],
  ]);
});

test("nothing is sent before the first chunk is asked for", async () => {
  const { client, server } = await clientAgainst([streaming(done)]);
  const stream = client.chat.stream(args);
  await new Promise(setImmediate);
  expect(server.requests).toHaveLength(0);
  await collect(stream);
  expect(server.requests).toHaveLength(1);
});

test("leaving the loop closes the connection", async () => {
  const { client, server, clock } = await clientAgainst([streaming(chunk({ content: "a" }))]);
  for await (const chunk of client.chat.stream(args)) {
    expect(chunk.choices[0]?.content).toBe("a");
    break;
  }
  await server.until(() => server.open === 0);
  expect(clock.waiting).toBe(0);
});

test("the signal closes the connection and ends the loop with an error", async () => {
  const { client, server, clock } = await clientAgainst([streaming(chunk({ content: "a" }))]);
  const controller = new AbortController();
  const stream = client.chat.stream(args, { signal: controller.signal });
  await stream.next();
  const failing = errorOf(stream.next());
  controller.abort("enough");
  expect(await failing).toMatchObject({ code: "aborted", cause: "enough" });
  await server.until(() => server.open === 0);
  expect(clock.waiting).toBe(0);
});

test.each<[string, Behaviour, RegExp]>([
  ["ends without its end mark", ending(chunk({ content: "Hel" })), /ended without \[DONE\]/u],
  [
    "breaks off within chunked encoding",
    (socket, request) => {
      const text = chunk({ content: "Hel" });
      begin(
        200,
        { ...events, "transfer-encoding": "chunked" },
        `${text.length.toString(16)}\r\n${text}\r\n`,
      )(socket, request);
      socket.end();
    },
    /the connection broke/u,
  ],
  ["is cut within an event", ending(chunk({ content: "Hel" }), 'data: {"id":'), /a chunk of it is not JSON/u],
  [
    "has a chunk of another shape",
    streaming(chunk({ content: "Hel" }), 'data: {"id":"c1"}\n\n'),
    /no proper field "created"/u,
  ],
  [
    "brings an error",
    streaming(
      chunk({ content: "Hel" }),
      'data: {"error":{"message":"overloaded: What is the whole confidential question?"}}\n\n',
    ),
    /broke it off with "overloaded: \[…\]"/u,
  ],
])("a stream that %s is an error that keeps what had come", async (_, behaviour, message) => {
  const { client, server } = await clientAgainst([behaviour]);
  const stream = client.chat.stream(args);
  expect((await stream.next()).value).toMatchObject({ choices: [{ content: "Hel" }] });
  const error = (await errorOf(stream.next())) as StreamInterruptedError;
  expect(error).toMatchObject({ code: "stream_interrupted", outcomeUnknown: true, operation: "createChatCompletion" });
  expect(error.message).toMatch(message);
  expect(error.partial).toMatchObject({ id: "c1", choices: [{ message: { content: "Hel" }, finishReason: null }] });
  expect(server.requests).toHaveLength(1);
});

test("chunks that came before a break are handed out before its error, even to a slow reader", async () => {
  let connection: Socket | undefined;
  const { client } = await clientAgainst([
    (socket, request) => {
      connection = socket;
      streaming(chunk({ content: "a" }), chunk({ content: "b" }))(socket, request);
    },
  ]);
  const stream = client.chat.stream(args);
  await stream.next();
  await new Promise((resolve) => {
    connection?.once("close", resolve);
    connection?.resetAndDestroy();
  });
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  expect((await stream.next()).value).toMatchObject({ choices: [{ content: "b" }] });
  expect((await errorOf(stream.next())).code).toBe("stream_interrupted");
});

test("silence within a stream ends it, counted from the last chunk", async () => {
  let connection: Socket | undefined;
  const { client, clock } = await clientAgainst([
    (socket, request) => {
      connection = socket;
      streaming(chunk({ content: "a" }))(socket, request);
    },
  ]);
  const stream = client.chat.stream(args);
  await stream.next();
  clock.advance(100_000);
  connection?.write(chunk({ content: "b" }));
  await stream.next();
  clock.advance(100_000);
  const failing = errorOf(stream.next());
  await new Promise(setImmediate);
  clock.advance(20_000);
  expect((await failing).message).toContain("no chunk came within attemptTimeoutSeconds");
  expect(clock.waiting).toBe(0);
});

test("a reader that takes its time is no reason to end the stream", async () => {
  const text = "x".repeat(1024);
  const many = Array.from({ length: 4096 }, () => chunk({ content: text }));
  const { client, server, clock } = await clientAgainst([streaming(...many, done)]);
  const stream = client.chat.stream(args);
  await stream.next();
  for (let turn = 0; turn < 50; turn++) {
    await new Promise(setImmediate);
    clock.advance(60_000);
  }
  expect((await collect(stream)).length).toBe(many.length - 1);
  expect(server.requests).toHaveLength(1);
});

test("a stream keeps its place in the limit until it is closed", async () => {
  const { client, server } = await clientAgainst(
    [streaming(chunk({ content: "a" })), answer(200, { collections: [] })],
    { concurrency: 1 },
  );
  const stream = client.chat.stream(args);
  await stream.next();
  const listing = client.collections.list();
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  expect(server.requests).toHaveLength(1);
  await stream.return();
  expect(await listing).toEqual([]);
});

test("an answer that is no stream says what it is", async () => {
  const { client } = await clientAgainst([answer(200, {})]);
  const error = await errorOf(client.chat.stream(args).next());
  expect(error).toMatchObject({ code: "response_shape", outcomeUnknown: true });
  expect(error.message).toContain('"application/json" in place of text/event-stream');
});

test("a refusal is the same error as without streaming, and 429 is tried again", async () => {
  const { client, server } = await clientAgainst([answer(429), answer(422, { message: "bad" })]);
  expect((await errorOf(client.chat.stream(args).next())).code).toBe("validation");
  expect(server.requests).toHaveLength(2);
});

test("a wrong argument is an error of the first chunk", async () => {
  const { client } = await clientAgainst([]);
  expect((await errorOf(client.chat.stream({ ...args, messages: [] }).next())).code).toBe("usage");
});
