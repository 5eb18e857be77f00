import { chatCompletion } from "../../../provider/functions/chat-completion";
import { findCollectionByName } from "../../../provider/functions/find-collection-by-name";
import type { InferenceFunction } from "../../../provider/functions/function";
import { getCollection } from "../../../provider/functions/get-collection";
import { getFile } from "../../../provider/functions/get-file";
import { getItem } from "../../../provider/functions/get-item";
import { listCollections } from "../../../provider/functions/list-collections";
import { listFiles } from "../../../provider/functions/list-files";
import { listItems } from "../../../provider/functions/list-items";
import { listModels } from "../../../provider/functions/list-models";
import { findModel } from "../../../provider/functions/find-model";
import { listVoices } from "../../../provider/functions/list-voices";
import { ragCompletion } from "../../../provider/functions/rag-completion";
import { rerank } from "../../../provider/functions/rerank";
import { usage } from "../../../provider/functions/usage";
import { requestLogs } from "../../../provider/functions/request-logs";
import { search } from "../../../provider/functions/search";
import { speech } from "../../../provider/functions/speech";
import { emulated } from "../emulated";

type AnyFunction = InferenceFunction<never, unknown>;

const functions: Record<string, AnyFunction> = {
  chatCompletion,
  findCollectionByName,
  getCollection,
  getFile,
  getItem,
  listCollections,
  listFiles,
  listItems,
  listModels,
  findModel,
  listVoices,
  rerank,
  usage,
  ragCompletion,
  requestLogs,
  search,
  speech,
};

let api: Awaited<ReturnType<typeof emulated>>;
beforeAll(async () => void (api = await emulated()));
afterAll(() => api.emulator.close());

const run = (name: string, args: unknown): Promise<unknown> => {
  const called = functions[name];
  if (!called) throw new Error(`There is no function ${name}.`);
  return called.run(api, args as never);
};

const chat = (more: object): object => ({ model: "m", messages: [{ role: "user", content: "Hello." }], ...more });
const spoken = (more: object): object => ({ model: "bark-small", voice: "kal16", input: "Hello.", ...more });

test.each<[string, unknown, string]>([
  [
    "search",
    { collectionId: "", input: "bread" },
    "search: collectionId must be the id of a collection, but is empty.",
  ],
  ["search", { collectionId: "kb", input: " " }, "search: input must be the text to search for, but is empty."],
  ["search", { collectionId: "kb" }, "search: input must be the text to search for, but is missing."],
  ["search", { collectionId: 7, input: "x" }, "search: collectionId must be the id of a collection, but is a number."],
  [
    "search",
    {},
    "search: collectionId must be the id of a collection, but is missing; input must be the text to search for, " +
      "but is missing.",
  ],
  [
    "search",
    { collectionId: "kb", input: "x", top: 3 },
    "search: top is not an argument that it takes; it takes collectionId, input, limit, rerank.",
  ],
  ["search", { collectionId: "kb", input: "x", limit: 0 }, "search: limit must be a whole number, 1 or more."],
  ["search", { collectionId: "kb", input: "x", rerank: "yes" }, "search: rerank must be true, false or { model }."],
  ["rerank", { query: "x", documents: [] }, "rerank: documents must be a list with at least one text, but is empty."],
  ["findModel", { prefer: "glm" }, "findModel: prefer must be a list of ids, but is text."],
  ["usage", { month: 1 }, "usage: month is not an argument that it takes; it takes none."],
  ["search", undefined, "search: what it is given must be an object, but is missing."],
  ["getCollection", { collectionId: null }, "getCollection: collectionId must be the id of a collection, but is null."],
  ["findCollectionByName", { name: "" }, "findCollectionByName: name must be the name of a collection, but is empty."],
  ["listCollections", { name: "x" }, "listCollections: name is not an argument that it takes; it takes none."],
  ["listItems", {}, "listItems: collectionId must be the id of a collection, but is missing."],
  ["getItem", { collectionId: "kb", itemId: "" }, "getItem: itemId must be the id of an item, but is empty."],
  ["listFiles", { collectionId: [] }, "listFiles: collectionId must be the id of a collection, but is empty."],
  ["getFile", { collectionId: "kb" }, "getFile: fileId must be the id of a file, but is missing."],
  ["listModels", { kind: "images" }, "listModels: kind must be one of chat, speech."],
  ["listVoices", { voice: "m" }, "listVoices: voice is not an argument that it takes; it takes model."],
  [
    "chatCompletion",
    chat({ model: undefined }),
    "chatCompletion: model must be the name of a model, as listModels lists it, but is missing.",
  ],
  [
    "chatCompletion",
    chat({ messages: [] }),
    "chatCompletion: messages must be a list with at least one message, but is empty.",
  ],
  [
    "chatCompletion",
    chat({ messages: "Hello." }),
    "chatCompletion: messages must be a list with at least one message, but is text.",
  ],
  [
    "chatCompletion",
    chat({ messages: [{ role: "bot" }] }),
    "chatCompletion: messages[0].role must be one of system, user, assistant, tool, developer.",
  ],
  [
    "chatCompletion",
    chat({ messages: [{ role: "user", text: "x" }] }),
    "chatCompletion: messages[0].text is not a property that it knows.",
  ],
  [
    "chatCompletion",
    chat({ messages: ["Hello."] }),
    "chatCompletion: messages[0] must be a message: { role, content }, but is text.",
  ],
  ["chatCompletion", chat({ maxTokens: 0 }), "chatCompletion: maxTokens must be a whole number, 1 or more."],
  ["chatCompletion", chat({ maxTokens: 1.5 }), "chatCompletion: maxTokens must be a whole number, 1 or more."],
  ["chatCompletion", chat({ n: 129 }), "chatCompletion: n must be a whole number from 1 to 128."],
  ["chatCompletion", chat({ seed: "x" }), "chatCompletion: seed must be a whole number."],
  ["chatCompletion", chat({ temperature: 2.1 }), "chatCompletion: temperature must be a number from 0 to 2."],
  ["chatCompletion", chat({ temperature: Number.NaN }), "chatCompletion: temperature must be a number from 0 to 2."],
  ["chatCompletion", chat({ topP: -1 }), "chatCompletion: topP must be a number from 0 to 1."],
  ["chatCompletion", chat({ frequencyPenalty: 3 }), "chatCompletion: frequencyPenalty must be a number from -2 to 2."],
  ["chatCompletion", chat({ stop: 5 }), "chatCompletion: stop must be a text or a list of texts."],
  ["chatCompletion", chat({ logprobs: 1 }), "chatCompletion: logprobs must be true or false."],
  ["chatCompletion", chat({ topLogprobs: 21 }), "chatCompletion: topLogprobs must be a whole number from 0 to 20."],
  [
    "chatCompletion",
    chat({ tools: [{ type: "function" }] }),
    "chatCompletion: tools[0].function must be a function: { name, description, parameters }, but is missing.",
  ],
  [
    "chatCompletion",
    chat({ toolChoice: "always" }),
    'chatCompletion: toolChoice must be "auto", "required", "none" or { type: "function", function: { name } }.',
  ],
  [
    "chatCompletion",
    chat({ max_tokens: 5 }),
    "chatCompletion: max_tokens is not an argument that it takes; it takes model, messages, maxTokens",
  ],
  ["ragCompletion", chat({}), "ragCompletion: collectionId must be the id of a collection, but is missing."],
  [
    "ragCompletion",
    chat({ collection: "kb", collectionId: "kb" }),
    "ragCompletion: collection is not an argument that it takes",
  ],
  ["speech", spoken({ input: "" }), "speech: input must be the text to speak, but is empty."],
  ["speech", spoken({ voice: "" }), "speech: voice must be the name of a voice, as listVoices lists it, but is empty."],
  ["speech", spoken({ responseFormat: "ogg" }), "speech: responseFormat must be one of mp3, opus, flac, wav, pcm."],
  [
    "chatCompletion",
    chat({ responseFormat: { type: "xml" } }),
    'chatCompletion: responseFormat must be { type: "text" }, { type: "json_object" } or { type: "json_schema", ' +
      "json_schema: { name, schema } }",
  ],
  [
    "chatCompletion",
    chat({ reasoning: { depth: 1 } }),
    "chatCompletion: reasoning.depth is not a property that it knows.",
  ],
  [
    "chatCompletion",
    chat({ extraBody: "x" }),
    "chatCompletion: extraBody must be an object with fields of the request, but is text.",
  ],
  ["speech", spoken({ file: "" }), "speech: file must be the path of a file, but is empty."],
  ["requestLogs", { period: 20 }, "requestLogs: period must be one of 15, 30, 45, 60."],
  ["requestLogs", { period: "15" }, "requestLogs: period must be one of 15, 30, 45, 60."],
  [
    "requestLogs",
    { period: 15, timestamp: "yesterday" },
    "requestLogs: timestamp must be a time such as 2026-01-31T12:00:00Z.",
  ],
  [
    "requestLogs",
    { period: 15, timestamp: "2026-01-31T12:00:00" },
    "requestLogs: timestamp must be a time such as 2026-01-31T12:00:00Z.",
  ],
  [
    "requestLogs",
    { period: 15, timestamp: "1970-01-01T00:00:01Z" },
    "requestLogs: timestamp must not be in the future.",
  ],
  [
    "requestLogs",
    { period: 15, endpoint: "" },
    "requestLogs: endpoint must be a path such as /v1/chat/completions, but is empty.",
  ],
])("%s %j is refused before any request: %s", async (name, args, message) => {
  await expect(run(name, args)).rejects.toThrow(message);
  expect(api.calls()).toEqual([]);
});

test.each<[string, unknown, string]>([
  ["search", { collectionId: "nowhere", input: "bread" }, 'collection "nowhere" does not exist'],
  ["getCollection", { collectionId: "nowhere" }, 'collection "nowhere" does not exist'],
  ["listItems", { collectionId: "nowhere" }, 'collection "nowhere" does not exist'],
  ["getItem", { collectionId: "nowhere", itemId: "i" }, 'item "i" of collection "nowhere" does not exist'],
  ["listFiles", { collectionId: "nowhere" }, 'collection "nowhere" does not exist'],
  ["getFile", { collectionId: "nowhere", fileId: "f" }, 'file "f" of collection "nowhere" does not exist'],
  ["ragCompletion", { ...chat({}), collectionId: "nowhere" }, 'collection "nowhere" does not exist'],
])("%s %j names what does not exist", async (name, args, message) => {
  await expect(run(name, args)).rejects.toThrow(message);
});
