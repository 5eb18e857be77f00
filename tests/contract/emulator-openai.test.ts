import OpenAI from "openai";
import { startEmulator, type Emulator } from "../../local/emulator/index.js";

/** The client of another house, unmodified: it knows nothing of this project. */
let emulator: Emulator;
let openai: OpenAI;
beforeAll(async () => {
  emulator = await startEmulator({ embeddings: "light" });
  openai = new OpenAI({ baseURL: emulator.url, apiKey: emulator.key, maxRetries: 1 });
});
afterAll(() => emulator.close());

const messages = [{ role: "user" as const, content: "Say something." }];
const tools = [
  {
    type: "function" as const,
    function: { name: "look_up", parameters: { type: "object", properties: { query: { type: "string" } } } },
  },
];

describe("the openai client", () => {
  it("lists models", async () => {
    const ids = [];
    for await (const model of openai.models.list()) ids.push(model.id);
    expect(ids).toContain("glm-5.3-flash");
  });

  it("chats", async () => {
    const completion = await openai.chat.completions.create({ model: "glm-5.3-flash", messages, temperature: 0 });
    expect(completion.choices[0]?.message.content).toContain("Say something.");
    expect(completion.usage?.total_tokens).toBeGreaterThan(0);
  });

  it("streams with its own helper to the same answer", async () => {
    const whole = await openai.chat.completions.create({ model: "glm-5.3-flash", messages, temperature: 0 });
    const stream = openai.chat.completions.stream({
      model: "glm-5.3-flash",
      messages,
      temperature: 0,
      stream_options: { include_usage: true },
    });
    let text = "";
    stream.on("content", (delta) => (text += delta));
    const final = await stream.finalChatCompletion();
    expect(text).toBe(whole.choices[0]?.message.content);
    expect(final.choices[0]?.message.content).toBe(text);
    expect(final.usage).toEqual(whole.usage);
  });

  it("puts streamed tool calls together", async () => {
    const stream = openai.chat.completions.stream({ model: "glm-5.3-flash", messages, tools, tool_choice: "required" });
    const call = (await stream.finalChatCompletion()).choices[0]?.message.tool_calls?.[0];
    expect(call).toMatchObject({
      type: "function",
      function: { name: "look_up", arguments: '{"query":"Say something."}' },
    });
  });

  it("speaks", async () => {
    const response = await openai.audio.speech.create({ model: "bark-small", voice: "slt", input: "Hello." });
    expect(Buffer.from(await response.arrayBuffer()).toString("latin1", 0, 4)).toBe("RIFF");
  });

  it("understands errors, and retries a 429", async () => {
    const wrong = new OpenAI({ baseURL: emulator.url, apiKey: "wrong", maxRetries: 0 });
    await expect(wrong.chat.completions.create({ model: "glm-5.3-flash", messages })).rejects.toMatchObject({
      status: 422,
    });
    await expect(openai.chat.completions.create({ model: "glm-5.3-flash", messages: [] })).rejects.toMatchObject({
      status: 422,
      code: 422,
      message: expect.stringContaining("messages") as string,
    });
    emulator.faults.add({ operation: "createChatCompletion", nth: 1, status: 429, retryAfter: 0 });
    expect((await openai.chat.completions.create({ model: "glm-5.3-flash", messages })).choices).toHaveLength(1);
  });
});
