/** Clients that nobody here wrote, unmodified, each with streams, tools, JSON of a schema and what else it has. */
import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { ChatOpenAI } from "@langchain/openai";
import { generateText, jsonSchema, Output, stepCountIs, streamText, tool } from "ai";
import { z } from "zod";
import { startEmulator, type Emulator } from "../../local/emulator/index.js";

const model = "glm-5.3-flash";
const prompt = "How is the weather in Ulm?";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    embeddings: "light",
    // Calls a tool where there is one, and then says what it answered.
    chat: ({ messages, tools }) => {
      const last = messages.at(-1);
      if (last?.role === "tool") return `It is said: ${String(last.content)}`;
      return tools === undefined ? undefined : { toolCalls: [{ name: "weather", arguments: { city: "Ulm" } }] };
    },
  });
});
afterAll(() => emulator.close());

describe("the AI SDK", () => {
  const chatModel = () =>
    createOpenAICompatible({
      name: "vultr",
      baseURL: emulator.url,
      apiKey: emulator.key,
      supportsStructuredOutputs: true,
      includeUsage: true,
    })(model);
  const tools = {
    weather: tool({
      description: "Tells the weather",
      inputSchema: z.object({ city: z.string() }),
      execute: ({ city }) => `rain in ${city}`,
    }),
  };

  it("answers, and streams the same with its usage", async () => {
    const whole = await generateText({ model: chatModel(), prompt, temperature: 0 });
    expect(whole.text).toContain(prompt);
    const stream = streamText({ model: chatModel(), prompt, temperature: 0 });
    let text = "";
    for await (const part of stream.textStream) text += part;
    expect(text).toBe(whole.text);
    expect(await stream.usage).toMatchObject({
      inputTokens: whole.usage.inputTokens,
      outputTokens: whole.usage.outputTokens,
    });
  });

  it("goes through a loop of tools, streamed or not", async () => {
    const stopWhen = stepCountIs(3);
    expect((await generateText({ model: chatModel(), prompt, tools, stopWhen })).text).toBe("It is said: rain in Ulm");
    expect(await streamText({ model: chatModel(), prompt, tools, stopWhen }).text).toBe("It is said: rain in Ulm");
  });

  it("gets an object of its schema", async () => {
    const schema = jsonSchema<{ city: string; degrees: number }>({
      type: "object",
      properties: { city: { type: "string" }, degrees: { type: "number" } },
      required: ["city", "degrees"],
      additionalProperties: false,
    });
    const { output } = await generateText({ model: chatModel(), prompt, output: Output.object({ schema }) });
    expect(output).toEqual({ city: prompt, degrees: 1 });
  });

  it("tells of an error in the API's words", async () => {
    const wrong = createOpenAICompatible({ name: "vultr", baseURL: emulator.url, apiKey: "wrong" })(model);
    await expect(generateText({ model: wrong, prompt, maxRetries: 0 })).rejects.toMatchObject({ statusCode: 422 });
  });
});

describe("LangChain", () => {
  const chatModel = (more: object = {}): ChatOpenAI =>
    new ChatOpenAI({
      model,
      apiKey: emulator.key,
      configuration: { baseURL: emulator.url },
      temperature: 0,
      maxRetries: 0,
      ...more,
    });
  const weather = {
    type: "function" as const,
    function: {
      name: "weather",
      description: "Tells the weather",
      parameters: { type: "object", properties: { city: { type: "string" } } },
    },
  };

  it("answers, and streams the same", async () => {
    const whole = await chatModel().invoke(prompt);
    expect(whole.content).toContain(prompt);
    let text = "";
    for await (const chunk of await chatModel().stream(prompt)) text += chunk.text;
    expect(text).toBe(whole.content);
  });

  it("gets tool calls, streamed or not, and goes on after them", async () => {
    const bound = chatModel().bindTools([weather]);
    const first = await bound.invoke(prompt);
    expect(first.tool_calls).toMatchObject([{ name: "weather", args: { city: "Ulm" } }]);
    const last = await bound.invoke([
      { role: "user", content: prompt },
      first,
      { role: "tool", content: "rain", tool_call_id: first.tool_calls?.[0]?.id ?? "" },
    ]);
    expect(last.content).toBe("It is said: rain");
    const calls = [];
    for await (const chunk of await bound.stream(prompt)) calls.push(...(chunk.tool_call_chunks ?? []));
    expect(calls.map(({ args }) => args ?? "").join("")).toBe('{"city":"Ulm"}');
  });

  it("gets an object of its schema", async () => {
    const schema = z.object({ city: z.string(), degrees: z.number() });
    expect(await chatModel().withStructuredOutput(schema, { method: "jsonSchema" }).invoke(prompt)).toEqual({
      city: prompt,
      degrees: 1,
    });
  });
});

const OPENAI = `
import json, os, sys
from openai import OpenAI
client = OpenAI(base_url=sys.argv[1], api_key=os.environ["KEY"], max_retries=0)
ask = lambda **more: client.chat.completions.create(model=sys.argv[2], messages=messages, temperature=0, **more)
speech = client.audio.speech.create(model="bark-small", voice="slt", input="Hello.").content[:4].decode()
`;

const LITELLM = `
import json, os, sys
import litellm
litellm.suppress_debug_info = True
ask = lambda **more: litellm.completion(model="openai/" + sys.argv[2], api_base=sys.argv[1], api_key=os.environ["KEY"], messages=messages, temperature=0, **more)
speech = litellm.speech(model="openai/bark-small", voice="slt", input="Hello.", api_base=sys.argv[1], api_key=os.environ["KEY"]).content[:4].decode()
`;

const QUESTIONS = `
text = ask().choices[0].message.content
parts = "".join(chunk.choices[0].delta.content or "" for chunk in ask(stream=True) if chunk.choices)
tools = [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {}}}}]
call = ask(tools=tools).choices[0].message.tool_calls[0]
schema = {"type": "object", "properties": {"degrees": {"type": "number"}}, "required": ["degrees"], "additionalProperties": False}
form = {"type": "json_schema", "json_schema": {"name": "weather", "schema": schema}}
found = json.loads(ask(response_format=form).choices[0].message.content)
print(json.dumps([parts == text, json.loads(call.function.arguments), found, speech]))
`;

describe.each([
  ["openai", OPENAI],
  ["litellm", LITELLM],
])("the client %s for Python, where it is installed", (name, client) => {
  const isThere =
    spawnSync("python3", ["-c", `import importlib.util, sys; sys.exit(importlib.util.find_spec("${name}") is None)`])
      .status === 0;

  (isThere ? it : it.skip)("answers, streams, calls tools, keeps to a schema and speaks", async () => {
    const program = `messages = [{"role": "user", "content": "${prompt}"}]\n${client}${QUESTIONS}`;
    const { stdout } = await promisify(execFile)("python3", ["-c", program, emulator.url, model], {
      env: { ...process.env, KEY: emulator.key },
    });
    expect(JSON.parse(stdout)).toEqual([true, { city: "Ulm" }, { degrees: 1 }, "RIFF"]);
  });
});
