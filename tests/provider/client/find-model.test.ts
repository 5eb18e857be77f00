import { pickModel } from "../../../provider/client/find-model.js";
import { clientAgainst } from "./support/client.js";
import { answer } from "./support/wire.js";

const models = [
  { id: "old", features: ["chat"] },
  { id: "seer", input: ["text", "image"], output: ["text"], supports: ["tools"] },
  { id: "writer-2", input: ["text"], output: ["text"], supports: ["tools", "response_format"] },
  { id: "writer-1", input: ["text"], output: ["text"], supports: ["tools", "response_format"] },
  { id: "asleep", input: ["text"], output: ["text"], supports: ["tools"], isReady: false },
  { id: "vultronretriever-1" },
  { id: "voice", output: ["audio"] },
  { id: "bark", features: ["speech"] },
];
const find = (wish: Parameters<typeof pickModel>[1]) => pickModel(models, wish).id;

test("the first that is known to do it is found; what is not told comes behind", () => {
  expect(find({})).toBe("seer");
  expect(find({ supports: ["response_format"] })).toBe("writer-2");
  expect(find({ input: ["text", "image"] })).toBe("seer");
  expect(find({ output: "audio" })).toBe("voice");
  expect(find({ prefer: ["old"] })).toBe("old");
  expect(pickModel([{ id: "plain" }], { supports: ["tools"] }).id).toBe("plain");
});

test("preferences count in their order, by id or its beginning", () => {
  expect(find({ prefer: ["writer-1", "writer"] })).toBe("writer-1");
  expect(find({ prefer: ["not-found", "writer"] })).toBe("writer-2");
  expect(find({ prefer: ["not-found"] })).toBe("seer");
  expect(find({ prefer: ["asleep"] })).toBe("seer");
});

test("where none can do it, what there is is listed", () => {
  expect(() => find({ input: "video", supports: ["x"] })).toThrow(
    "findModel: no available model takes video and answers with text, with x. There are old, seer, writer-2, " +
      "writer-1, asleep, vultronretriever-1, voice, bark.",
  );
  expect(() => pickModel([], {})).toThrow("There is none at all.");
});

test("both shapes of the list are read, and what is of another form is left out", async () => {
  const data = [
    { id: "a", created: 1, owned_by: "o", features: ["chat"], object: "model" },
    {
      id: "b",
      input_modalities: ["text"],
      output_modalities: [{ type: "text", supported_parameters: ["tools"] }],
      reasoning: { efforts: [] },
      pricing: { input: "0.1", odd: 5 },
      is_ready: true,
    },
    {
      id: "c",
      created: "yesterday",
      output_modalities: ["text"],
      supported_parameters: ["tools"],
      reasoning: null,
      pricing: "free",
      is_ready: null,
    },
  ];
  const { client } = await clientAgainst([answer(200, { data })]);
  expect(await client.models.list()).toEqual([
    { id: "a", created: 1, ownedBy: "o", features: ["chat"] },
    {
      id: "b",
      input: ["text"],
      output: ["text"],
      supports: ["tools"],
      reasoning: true,
      pricing: { input: "0.1" },
      isReady: true,
    },
    { id: "c", output: ["text"], supports: ["tools"] },
  ]);
  expect((await client.models.find({ supports: ["tools"] })).id).toBe("b");
});

test("usage and both shapes of voices are read", async () => {
  const month = {
    current_month: {
      chat_usage: [
        { input_tokens: 5, output_tokens: 6, model: "m" },
        { input_tokens: 1, output_tokens: 2 },
      ],
    },
  };
  const newer = { data: [{ id: "en_1", name: "Ann", description: null, mode: "calm", native_language: "en" }] };
  const { client, server } = await clientAgainst([
    answer(200, { usage: month }),
    answer(200, { usage: {} }),
    answer(200, newer),
    answer(200, { voices: [{ voice: "es_1" }] }),
  ]);
  expect(await client.usage()).toEqual({
    currentMonth: {
      chat: [
        { inputTokens: 5, outputTokens: 6, model: "m" },
        { inputTokens: 1, outputTokens: 2 },
      ],
    },
  });
  expect(await client.usage()).toEqual({ currentMonth: { chat: [] } });
  expect(await client.voices.list({ model: "bark/1" })).toEqual([
    { voice: "en_1", name: "Ann", mode: "calm", nativeLanguage: "en" },
  ]);
  expect(await client.voices.list()).toEqual([{ voice: "es_1" }]);
  expect(server.requests[2]?.path).toBe("/v1/audio/voices?model=bark%2F1");
});
