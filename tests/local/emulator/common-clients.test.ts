import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { exampleOf } from "../../../local/emulator/chat/example.js";
import type { EmulatorOptions, ScriptedRequest } from "../../../local/emulator/index.js";
import { closeAll, rig, type Choice } from "./support/http.js";

afterEach(closeAll);

const base = { model: "glm-5.3-flash", messages: [{ role: "user", content: "What is new?" }], temperature: 0 };

async function choiceOf(
  more: object,
  options: EmulatorOptions = {},
): Promise<Choice & { message: { reasoning?: string } }> {
  const { ask } = await rig(options);
  const { status, text, body } = await ask("POST", "/chat/completions", { ...base, ...more });
  if (status !== 200 || body.choices[0] === undefined) throw new Error(`${status}: ${text}`);
  return body.choices[0];
}

describe("what common clients send", () => {
  it("content in parts", async () => {
    const content = [
      { type: "text", text: "What is" },
      { type: "image_url", image_url: { url: "data:," } },
      { type: "text", text: "new?" },
    ];
    expect((await choiceOf({ messages: [{ role: "user", content }] })).message.content).toContain(
      '"What is\nnew?" (3 words)',
    );
  });

  it("null in the place of anything that may be left out", async () => {
    const names = [
      "max_tokens",
      "max_completion_tokens",
      "n",
      "seed",
      "temperature",
      "top_p",
      "frequency_penalty",
      "presence_penalty",
      "stop",
      "logprobs",
      "top_logprobs",
      "response_format",
      "tools",
      "tool_choice",
      "stream",
      "stream_options",
    ];
    expect(await choiceOf(Object.fromEntries(names.map((name) => [name, null])))).toMatchObject({
      finish_reason: "stop",
      logprobs: null,
    });
  });

  it("one text to stop at, and the newer name of the limit", async () => {
    expect((await choiceOf({ stop: " new" })).message.content).toBe('You wrote: "What is');
    expect(await choiceOf({ max_completion_tokens: 2, max_tokens: 9 })).toMatchObject({
      message: { content: "You wrote" },
      finish_reason: "length",
    });
  });

  it("tool results, with names and fields that nobody here knows", async () => {
    const messages = [
      ...base.messages,
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "opaque-1", index: 0, function: { name: "f", arguments: "{}" } }],
        refusal: null,
      },
      { role: "tool", tool_call_id: "opaque-1", name: "f", content: "42" },
    ];
    expect((await choiceOf({ messages, user: "somebody", metadata: {}, store: false })).finish_reason).toBe("stop");
  });

  it("a wish for JSON", async () => {
    const { message } = await choiceOf({ response_format: { type: "json_object" } });
    expect(JSON.parse(message.content ?? "")).toEqual({ answer: expect.stringContaining("What is new?") as string });
  });

  const ajv = addFormats(new Ajv2020({ strict: false }));
  it.each<[string, object]>([
    [
      "all kinds of values",
      {
        type: "object",
        required: ["a", "b"],
        additionalProperties: false,
        properties: {
          a: { type: "string", minLength: 30, maxLength: 40 },
          b: { type: "integer", minimum: 3, multipleOf: 5 },
          c: { type: "number", exclusiveMinimum: 1 },
          d: { type: ["null", "boolean"] },
          e: { type: "array", minItems: 2, items: { enum: ["x", "y"] } },
          f: { const: 7 },
        },
      },
    ],
    [
      "references",
      {
        $ref: "#/$defs/node",
        $defs: {
          node: {
            type: "object",
            required: ["name"],
            properties: { name: { type: "string" }, child: { anyOf: [{ type: "null" }, { $ref: "#/$defs/node" }] } },
          },
        },
      },
    ],
    ["one that refers to itself", { type: "object", properties: { left: { $ref: "#" }, right: { $ref: "#" } } }],
    [
      "alternatives and parts",
      {
        allOf: [
          { type: "object", required: ["id"], properties: { id: { type: "string", format: "uuid" } } },
          { properties: { at: { type: "string", format: "date-time" } }, required: ["at"] },
        ],
      },
    ],
    [
      "fixed places",
      {
        type: "array",
        prefixItems: [
          { type: "number", maximum: -2 },
          { type: "string", format: "email" },
        ],
        minItems: 2,
      },
    ],
    ["a text alone", { type: "string", maxLength: 4 }],
  ])("a wish for JSON with %s, which the answer satisfies", async (_what, schema) => {
    const { message } = await choiceOf({
      response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } },
    });
    const value: unknown = JSON.parse(message.content ?? "");
    expect([value, ajv.validate(schema, value), ajv.errorsText()]).toEqual([value, true, "No errors"]);
  });

  it("schemas that make no sense", () => {
    for (const schema of [
      null,
      7,
      "x",
      [],
      { type: "what" },
      { $ref: "#/nowhere" },
      { $ref: "#" },
      { enum: [] },
      { anyOf: [] },
    ]) {
      expect(() => JSON.stringify(exampleOf(schema, "x"))).not.toThrow();
    }
  });
});

describe("scripted replies", () => {
  const tools = [{ type: "function", function: { name: "weather", parameters: {} } }];

  it("decide what is answered, from the request as it came", async () => {
    const seen: ScriptedRequest[] = [];
    const { ask } = await rig({
      chat: (request) => {
        seen.push(request);
        return request.messages.at(-1)?.role === "tool"
          ? "It rains."
          : { reasoning: "Rain?", toolCalls: [{ name: "weather", arguments: { city: "Ulm" } }] };
      },
    });
    const chat = async (more: object): Promise<Choice | undefined> =>
      (await ask("POST", "/chat/completions", { ...base, tools, tool_choice: "auto", ...more })).body.choices[0];
    const first = await chat({});
    expect(first).toMatchObject({
      finish_reason: "tool_calls",
      message: {
        content: null,
        reasoning: "Rain?",
        tool_calls: [{ type: "function", function: { name: "weather", arguments: '{"city":"Ulm"}' } }],
      },
    });
    const answered = await chat({
      messages: [
        ...base.messages,
        first?.message,
        { role: "tool", tool_call_id: first?.message.tool_calls?.[0]?.id, content: "rain" },
      ],
    });
    expect(answered).toMatchObject({ finish_reason: "stop", message: { content: "It rains." } });
    expect(seen[0]).toMatchObject({ model: "glm-5.3-flash", tools, tool_choice: "auto", temperature: 0 });
  });

  it("stream as any other, several calls among them", async () => {
    const { ask } = await rig({
      chat: () => ({
        content: "Two.",
        toolCalls: [
          { name: "a", arguments: "no JSON" },
          { name: "b", arguments: {}, id: "mine" },
        ],
      }),
    });
    const { text } = await ask("POST", "/chat/completions", { ...base, stream: true });
    const chunks = text
      .split("\n\n")
      .filter((event) => event.includes("{"))
      .map(
        (event) =>
          JSON.parse(event.slice(6)) as {
            choices: {
              delta: {
                content?: string | null;
                tool_calls?: { index: number; id?: string; function: { arguments: string } }[];
              };
            }[];
          },
      );
    const deltas = chunks.flatMap(({ choices }) => choices).map(({ delta }) => delta);
    expect(deltas.map(({ content }) => content ?? "").join("")).toBe("Two.");
    const calls = deltas.flatMap(({ tool_calls: found }) => found ?? []);
    expect(
      [0, 1].map((wanted) =>
        calls
          .filter(({ index }) => index === wanted)
          .map((call) => call.function.arguments)
          .join(""),
      ),
    ).toEqual(["no JSON", "{}"]);
    expect(calls.some(({ id }) => id === "mine")).toBe(true);
  });

  it("leave the answer to the emulator where they say nothing, and a failure of theirs is a 500", async () => {
    expect((await choiceOf({}, { chat: () => undefined })).message.content).toContain("not a language model");
    await expect(choiceOf({}, { chat: () => Promise.reject(new Error("the script is unwell")) })).rejects.toThrow(
      /500.*the script is unwell/u,
    );
  });

  it("come from a file, too: the first that fits, as often as it may", async () => {
    const folder = mkdtempSync(join(tmpdir(), "emulator-"));
    const file = join(folder, "replies.json");
    writeFileSync(
      file,
      JSON.stringify([
        { contains: "new", times: 1, reply: { toolCalls: [{ name: "weather", arguments: {} }] } },
        { role: "tool", reply: "It rains." },
        { contains: "new", model: "glm-5.3", reply: "Never." },
      ]),
    );
    const { ask } = await rig({ chat: file });
    const said = async (message: object): Promise<unknown> =>
      (await ask("POST", "/chat/completions", { ...base, messages: [message] })).body.choices[0]?.message;
    expect(await said(base.messages[0] ?? {})).toMatchObject({
      content: null,
      tool_calls: [{ function: { name: "weather" } }],
    });
    expect(await said({ role: "tool", tool_call_id: "x", content: "rain" })).toMatchObject({ content: "It rains." });
    expect(await said(base.messages[0] ?? {})).toMatchObject({
      content: expect.stringContaining("not a language model") as string,
    });
    writeFileSync(file, '[{ "replies": "x" }]');
    await expect(rig({ chat: file })).rejects.toThrow(`The file of chat replies ${file} cannot be used: `);
    rmSync(folder, { recursive: true });
  });
});

it("ranks texts for a question, and counts what chat has used", async () => {
  const { ask } = await rig();
  const documents = ["Trains run on rails.", "Zebras eat grass.", "Lions do not."];
  const { body } = await ask("POST", "/rerank", {
    model: "vultronretriever-1",
    query: "What do zebras eat?",
    documents,
    top_n: 2,
    return_documents: true,
  });
  const results = body.results as unknown as { index: number; relevance_score: number; document: unknown }[];
  expect(results.map(({ index }) => index)[0]).toBe(1);
  expect(results).toHaveLength(2);
  expect(results[0]).toMatchObject({ document: { text: "Zebras eat grass." } });
  expect(
    (await ask("POST", "/rerank", { model: "vultronretriever-1", query: "x", documents, top_n: 101 })).body.message,
  ).toBe("top_n: must be at most 100");
  const { usage } = (await ask("POST", "/chat/completions", base)).body;
  expect((await ask("GET", "/usage")).body.usage).toEqual({
    current_month: {
      chat_usage: [
        { model: "glm-5.3-flash", input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens },
      ],
    },
  });
});

it("names what is wrong with a description of how the API behaves", async () => {
  await expect(rig({ like: { takenNames: "refused" } as object })).rejects.toThrow(
    /^like cannot be used: .*takenNames/u,
  );
  await expect(rig({ like: "/nowhere/profile.json" })).rejects.toThrow(
    "The file /nowhere/profile.json cannot be used: ",
  );
});
