import { clientAgainst, errorOf } from "./support/client.js";
import { answer } from "./support/wire.js";

const messages = [{ role: "user" as const, content: "What is it?" }];
const usage = { completion_tokens: 1, prompt_tokens: 2, total_tokens: 3 };
const wire = {
  ...{ id: "c1", created: 5, model: "another", later: true },
  choices: [
    {
      index: 0,
      message: {
        ...{ role: "assistant", content: null },
        tool_calls: [{ id: "t", type: "function", function: { name: "look", arguments: '{"a":1}' } }],
      },
      logprobs: {
        content: [
          { token: "a", logprob: -1, bytes: [97], top_logprobs: [{ token: "b", logprob: -2 }] },
          { token: "c", logprob: -3, bytes: null },
        ],
      },
      finish_reason: "tool_calls",
    },
    { index: 1, message: { role: "assistant", content: "It." }, logprobs: null, finish_reason: "stop" },
  ],
  usage,
};

test("a completion comes in camelCase, with tool calls and logprobs", async () => {
  const { client } = await clientAgainst([answer(200, wire)]);
  expect(await client.chat.create({ model: "m", messages })).toEqual({
    ...{ id: "c1", created: 5, model: "another" },
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: null,
          toolCalls: [{ id: "t", type: "function", function: { name: "look", arguments: '{"a":1}' } }],
        },
        logprobs: [
          { token: "a", logprob: -1, bytes: [97], topLogprobs: [{ token: "b", logprob: -2, bytes: null }] },
          { token: "c", logprob: -3, bytes: null, topLogprobs: [] },
        ],
        finishReason: "tool_calls",
      },
      { index: 1, message: { role: "assistant", content: "It.", toolCalls: [] }, finishReason: "stop" },
    ],
    usage: { promptTokens: 2, completionTokens: 1, totalTokens: 3 },
  });
});

test("every argument goes out under its wire name, and what is not given stays out", async () => {
  const { client, server } = await clientAgainst([answer(200, wire)]);
  const toolCalls = [{ id: "t", type: "function", function: { name: "look", arguments: "{}" } }];
  const tools = [{ type: "function" as const, function: { name: "look", parameters: { type: "object" } } }];
  await client.chat.create({
    model: "m",
    messages: [
      ...messages,
      { role: "assistant", content: null, toolCalls },
      { role: "tool", content: "r", toolCallId: "t" },
    ],
    ...{ maxTokens: 1, n: 2, seed: 3, temperature: 0, topP: 0.5, frequencyPenalty: -1, presencePenalty: 1 },
    ...{ stop: ["x"], logprobs: true, topLogprobs: 4, tools, toolChoice: "required" },
    ...{
      maxCompletionTokens: 6,
      responseFormat: { type: "json_object" },
      reasoningEffort: "low",
      reasoning: { effort: "high", maxTokens: 7 },
      continueFinalMessage: true,
    },
  });
  await client.ragChat.create({ model: "m", messages, collection: "docs" });
  expect(server.requests.map(({ path, body }) => [path, JSON.parse(body) as unknown])).toEqual([
    [
      "/v1/chat/completions",
      {
        model: "m",
        messages: [
          ...messages,
          { role: "assistant", content: null, tool_calls: toolCalls },
          { role: "tool", content: "r", tool_call_id: "t" },
        ],
        ...{ max_tokens: 1, n: 2, seed: 3, temperature: 0, top_p: 0.5, frequency_penalty: -1, presence_penalty: 1 },
        ...{ stop: ["x"], logprobs: true, top_logprobs: 4, tools, tool_choice: "required" },
        ...{
          max_completion_tokens: 6,
          response_format: { type: "json_object" },
          reasoning_effort: "low",
          reasoning: { effort: "high", max_tokens: 7 },
          continue_final_message: true,
        },
      },
    ],
    ["/v1/chat/completions/RAG", { model: "m", messages, collection: "docs" }],
  ]);
});

test("a 404 names the model and the collection that it may be about", async () => {
  const { client } = await clientAgainst([answer(404, { message: "Collection not found" })]);
  expect((await errorOf(client.ragChat.create({ model: "m", messages, collection: "docs" }))).message).toContain(
    'model "m" and collection "docs"',
  );
});

test("content goes out in parts, and a model's thoughts come back under either name", async () => {
  const thinking = (message: object) =>
    answer(200, {
      ...wire,
      choices: [{ index: 0, message: { role: "assistant", content: null, ...message }, finish_reason: "length" }],
    });
  const { client, server } = await clientAgainst([
    thinking({ reasoning: "Hm." }),
    thinking({ reasoning_content: "So." }),
    thinking({ reasoning: { odd: true } }),
  ]);
  const content = [
    { type: "text" as const, text: "What is it?" },
    { type: "image_url" as const, image_url: { url: "https://example.com/a.png" } },
  ];
  const ask = async () =>
    (await client.chat.create({ model: "m", messages: [{ role: "user", content }] })).choices[0]?.message;
  expect([await ask(), await ask(), await ask()]).toEqual([
    { role: "assistant", content: null, reasoning: "Hm.", toolCalls: [] },
    { role: "assistant", content: null, reasoning: "So.", toolCalls: [] },
    { role: "assistant", content: null, toolCalls: [] },
  ]);
  expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual({ model: "m", messages: [{ role: "user", content }] });
});

test("a conversation beyond the model's context is too long", async () => {
  const { client } = await clientAgainst([
    answer(400, {
      error: { code: "context_length_exceeded", message: "Too many tokens", type: "invalid_request_error" },
    }),
  ]);
  const error = await errorOf(client.chat.create({ model: "m", messages }));
  expect(error).toMatchObject({ code: "content_too_long", status: 400, estimatedTokens: expect.any(Number) as number });
  expect(error.message).toContain("shorten the conversation, lower maxTokens, or ask a model with a longer context");
});
