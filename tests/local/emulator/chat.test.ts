import { closeAll, rig, type Rig } from "./support/http.js";

afterEach(closeAll);

const messages = [{ role: "user", content: "What keeps connections open?" }];
const base = { model: "glm-5.3-flash", messages, temperature: 0 };

const chat = ({ ask }: Rig, more: object = {}) => ask("POST", "/chat/completions", { ...base, ...more });

describe("chat", () => {
  it("says what it is, in the shape of a completion, with its usage", async () => {
    const { status, body } = await chat(await rig());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      model: "glm-5.3-flash",
      choices: [{ index: 0, message: { role: "assistant" }, finish_reason: "stop", logprobs: null }],
    });
    expect(body.choices[0]?.message.content).toContain("not a language model");
    expect(body.usage.total_tokens).toBe(body.usage.prompt_tokens + body.usage.completion_tokens);
  });

  it("answers the same at temperature 0 and for the same seed, and n different ones", async () => {
    const test = await rig();
    const text = async (more: object): Promise<(string | null)[]> =>
      (await chat(test, more)).body.choices.map(({ message }) => message.content);
    expect(await text({})).toEqual(await text({}));
    expect(await text({ seed: 3, temperature: 2 })).toEqual(await text({ seed: 3, temperature: 2 }));
    expect(new Set(await text({ n: 3 })).size).toBe(3);
  });

  it("keeps to max_tokens and stop", async () => {
    const test = await rig();
    const short = (await chat(test, { max_tokens: 2, n: 2 })).body;
    expect(short.choices.map(({ finish_reason }) => finish_reason)).toEqual(["length", "length"]);
    expect(short.usage.completion_tokens).toBe(4);
    const stopped = (await chat(test, { stop: ["", "connections"] })).body.choices[0];
    expect([stopped?.message.content, stopped?.finish_reason]).toEqual(['You wrote: "What keeps ', "stop"]);
  });

  it("gives log probabilities for every token, with as many alternatives as asked for", async () => {
    const { choices } = (await chat(await rig(), { logprobs: true, top_logprobs: 3, max_tokens: 5 })).body;
    const tokens = choices[0]?.logprobs?.content ?? [];
    expect(tokens.map(({ token }) => token).join("")).toBe(choices[0]?.message.content);
    const sums = tokens.map(({ top_logprobs }) =>
      (top_logprobs as { logprob: number }[]).reduce((sum, { logprob }) => sum + Math.exp(logprob), 0),
    );
    expect(Math.max(...sums)).toBeLessThanOrEqual(1);
    expect(
      tokens.every(
        ({ top_logprobs, logprob, bytes, token }) =>
          top_logprobs.length === 3 && logprob <= 0 && Buffer.from(bytes).toString() === token,
      ),
    ).toBe(true);
  });

  it("calls the first tool when one is required, and a named one by its name", async () => {
    const test = await rig();
    const parameters = {
      type: "object",
      properties: {
        q: { type: "string" },
        n: { type: "integer", minimum: 3 },
        deep: { type: "array", items: { type: "boolean" } },
        kind: { enum: ["a", "b"] },
      },
    };
    const tools = ["first", "second"].map((name) => ({ type: "function", function: { name, parameters } }));
    const required = (await chat(test, { tools, tool_choice: "required" })).body.choices[0];
    expect(required).toMatchObject({ finish_reason: "tool_calls", message: { content: null } });
    const call = required?.message.tool_calls?.[0];
    expect(call?.function.name).toBe("first");
    expect(JSON.parse(call?.function.arguments ?? "")).toEqual({
      q: "What keeps connections open?",
      n: 3,
      deep: [true],
      kind: "a",
    });
    const named = (await chat(test, { tools, tool_choice: { type: "function", function: { name: "second" } } })).body
      .choices[0];
    expect(named?.message.tool_calls?.[0]?.function.name).toBe("second");
    expect((await chat(test, { tools, tool_choice: "auto" })).body.choices[0]?.finish_reason).toBe("stop");
  });

  it.each([
    [{ messages: [] }, "messages: must have at least one message"],
    [{ messages: [{ role: "king" }] }, "messages.0.role: must be one of"],
    [{ model: undefined }, "model: is required"],
    [{ temperature: 3 }, "temperature: must be a number from 0 to 2"],
    [{ max_tokens: 0 }, "max_tokens: must be at least 1"],
    [{ n: 1.5 }, "n: must be a whole number"],
    [{ top_logprobs: 21 }, "top_logprobs"],
    [{ stop: 7 }, "stop: must be a text or a list of texts"],
    [{ response_format: "json" }, "response_format: must be an object with a type"],
    [{ model: "gone-1" }, 'model: "gone-1" is not available'],
  ])("refuses %j in the shape of chat errors", async (more, message) => {
    const { status, body } = await chat(await rig(), more);
    expect(status).toBe(422);
    expect(body.error).toMatchObject({ code: 422, type: "invalid_request_error" });
    expect(body.error.message).toContain(message);
  });
});

describe("streams", () => {
  const chunks = async (
    test: Rig,
    more: object,
  ): Promise<
    {
      choices: {
        delta: {
          role?: string;
          content?: string | null;
          tool_calls?: { index: number; function: { arguments: string } }[];
        };
        finish_reason: string | null;
      }[];
      usage?: object;
    }[]
  > => {
    const { text, headers } = await chat(test, { ...more, stream: true });
    expect(headers.get("content-type")).toMatch(/^text\/event-stream/);
    const events = text.split("\n\n").filter((event) => event !== "");
    expect(events.pop()).toBe("data: [DONE]");
    return events.map(
      (event) => JSON.parse(event.replace(/^data: /, "")) as Awaited<ReturnType<typeof chunks>>[number],
    );
  };

  it("say chunk by chunk what the whole answer says, the role first", async () => {
    const test = await rig();
    const parts = await chunks(test, { stream_options: { include_usage: true } });
    expect(parts[0]?.choices[0]?.delta).toEqual({ role: "assistant", content: "" });
    const whole = (await chat(test)).body;
    expect(parts.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe(
      whole.choices[0]?.message.content,
    );
    expect(parts.at(-2)?.choices[0]?.finish_reason).toBe("stop");
    expect(parts.at(-1)).toMatchObject({ choices: [], usage: whole.usage });
  });

  it("bring tool calls in chunks with an index", async () => {
    const tools = [
      { type: "function", function: { name: "f", parameters: { properties: { question: { type: "string" } } } } },
    ];
    const calls = (await chunks(await rig(), { tools, tool_choice: "required" })).flatMap(
      ({ choices }) => choices[0]?.delta.tool_calls ?? [],
    );
    expect(calls.length).toBeGreaterThan(2);
    expect(calls.every(({ index }) => index === 0)).toBe(true);
    expect(JSON.parse(calls.map((call) => call.function.arguments).join(""))).toEqual({
      question: "What keeps connections open?",
    });
  });

  it("can be cut and dripped on purpose", async () => {
    const test = await rig();
    test.emulator.faults.add({ operation: "createChatCompletion", nth: 1, truncate: 300 });
    await expect(chat(test, { stream: true })).rejects.toThrow("terminated");
    test.emulator.faults.add({ operation: "createChatCompletion", times: 1, dripMs: 1 });
    expect((await chat(test, { stream: true, max_tokens: 3 })).text).toContain("[DONE]");
  });
});

describe("RAG", () => {
  const rag = ({ ask }: Rig, content: string | null, more: object = {}) =>
    ask("POST", "/chat/completions/RAG", {
      ...base,
      messages: [{ role: "user", content }],
      collection: "docs",
      ...more,
    });

  it("answers with sentences of the documents, and says so when there is nothing", async () => {
    const test = await rig();
    await test.ask("POST", "/vector_store", { name: "docs" });
    expect((await rag(test, "Who eats grass?")).body.choices[0]?.message.content).toContain("I found nothing");
    await test.ask("POST", "/vector_store/docs/items", {
      content: "# Animals\n\nZebras eat grass all day. Lions do not.\n\n```js\nzebra()\n```",
    });
    await test.ask("POST", "/vector_store/docs/items", { content: "Trains run on rails." });
    expect((await rag(test, "Which zebras eat grass?")).body.choices[0]?.message.content).toBe(
      "From the documents: Zebras eat grass all day.",
    );
    expect((await rag(test, "xylophone quantum")).body.choices[0]?.message.content).toContain("I found nothing");
    expect((await rag(test, null)).status).toBe(200);
  });

  it("refuses an unknown collection in the shape of chat errors", async () => {
    const { status, body } = await rag(await rig(), "x");
    expect([status, body.error.message]).toEqual([404, "Collection not found"]);
    const missing = await rag(await rig(), "x", { collection: undefined });
    expect([missing.status, missing.body.error.message]).toEqual([422, "collection: is required"]);
  });
});
