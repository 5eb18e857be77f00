import type { ChatCompletionArgs } from "../../../provider/functions/chat";
import { chatCompletion } from "../../../provider/functions/chat-completion";
import { ragCompletion } from "../../../provider/functions/rag-completion";
import { emulated } from "../emulated";

let api: Awaited<ReturnType<typeof emulated>>;
beforeAll(async () => {
  api = await emulated();
  await api.client.collections.create({ name: "shelf" });
  await api.client.items.add("shelf", { content: "Bread is baked on Mondays." });
});
beforeEach(() => {
  api.calls();
  api.emulator.faults.clear();
});
afterAll(() => api.emulator.close());

const asked: ChatCompletionArgs = {
  model: "kimi-k2-instruct",
  temperature: 0,
  messages: [{ role: "user", content: "When is bread baked?" }],
};

test("a completion is the first answer, all answers, the model and what is charged", async () => {
  const result = await chatCompletion.run(api, asked);
  expect(result).toEqual({
    content: expect.stringContaining("When is bread baked?"),
    toolCalls: [],
    finishReason: "stop",
    choices: [{ content: result.content, toolCalls: [], finishReason: "stop" }],
    model: "kimi-k2-instruct",
    usage: { promptTokens: expect.any(Number), completionTokens: expect.any(Number), totalTokens: expect.any(Number) },
  });
});

test("equal questions at temperature 0 get results that are equal in everything", async () => {
  await expect(chatCompletion.run(api, asked)).resolves.toEqual(await chatCompletion.run(api, asked));
});

test("a completion about a collection answers from it", async () => {
  const { content } = await ragCompletion.run(api, { ...asked, collectionId: "shelf" });
  expect(content).toContain("Bread is baked on Mondays.");
  expect(api.calls()).toEqual(["createRagChatCompletion"]);
});

test("every argument reaches the API", async () => {
  const { choices, finishReason } = await chatCompletion.run(api, {
    ...asked,
    n: 2,
    maxTokens: 3,
    seed: 7,
    topP: 0.5,
    frequencyPenalty: 1,
    presencePenalty: -1,
    stop: ["never"],
    logprobs: true,
    topLogprobs: 1,
  });
  expect(choices).toHaveLength(2);
  expect(finishReason).toBe("length");
  expect(choices[0]?.logprobs).toHaveLength(3);
});

test("a model calls the tools it is offered, and is answered", async () => {
  const tools = [
    {
      type: "function",
      function: {
        name: "opening_hours",
        description: "When a shop is open.",
        parameters: { type: "object", properties: { shop: { type: "string" } } },
      },
    },
  ] as const;
  const { content, toolCalls, finishReason } = await chatCompletion.run(api, {
    ...asked,
    tools,
    toolChoice: "required",
  });
  expect([content, finishReason]).toEqual(["", "tool_calls"]);
  const [call] = toolCalls;
  expect(call?.function.name).toBe("opening_hours");
  const answer = { role: "tool", content: "At nine.", toolCallId: call?.id } as const;
  await expect(
    chatCompletion.run(api, {
      ...asked,
      tools,
      messages: [...asked.messages, { role: "assistant", toolCalls }, answer],
    }),
  ).resolves.toMatchObject({ finishReason: "stop" });
});

test("a completion whose answer got lost is not asked for again: it may have been charged", async () => {
  api.emulator.faults.add({ operation: "createChatCompletion", processed: true, reset: true });
  await expect(chatCompletion.run(api, asked)).rejects.toThrow("check first whether it was carried out");
  expect(api.calls()).toEqual(["createChatCompletion"]);
});

test("a question never stands in an error", async () => {
  api.emulator.faults.add({
    operation: "createChatCompletion",
    status: 422,
    body: { message: "Cannot answer: When is bread baked?" },
  });
  const message: unknown = await chatCompletion.run(api, asked).catch((error: unknown) => String(error));
  expect(message).toMatch(/422/u);
  expect(message).not.toContain("bread");
});

test("an answer without an answer is an error", async () => {
  const body = {
    id: "x",
    created: 1,
    model: "mute",
    choices: [],
    usage: { prompt_tokens: 1, completion_tokens: 0, total_tokens: 1 },
  };
  api.emulator.faults.add({ operation: "createChatCompletion", status: 200, body });
  await expect(chatCompletion.run(api, asked)).rejects.toThrow('The model "mute" gave no answer at all');
});
