/** The client against the API's description: every request it makes, every answer that is described. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Client, closeConnections, createClient, VultrInferenceError } from "../../provider/client/index.js";
import { errorSamples, faultOf, type Operation, operationOf, operations, sample } from "./client-openapi.js";

const messages = [
  { role: "system" as const, content: "s" },
  {
    role: "assistant" as const,
    content: null,
    toolCalls: [{ id: "t", type: "function", function: { name: "f", arguments: "{}" } }],
  },
  { role: "tool" as const, content: "r", toolCallId: "t" },
];
const chat = {
  ...{
    model: "m",
    messages,
    maxTokens: 1,
    n: 1,
    seed: 1,
    temperature: 0,
    topP: 1,
    frequencyPenalty: 0,
    presencePenalty: 0,
  },
  ...{
    stop: ["x"],
    logprobs: true,
    topLogprobs: 1,
    tools: [{ type: "function" as const, function: { name: "f" } }],
    toolChoice: "auto" as const,
  },
  ...{
    maxCompletionTokens: 1,
    responseFormat: { type: "json_object" as const },
    reasoningEffort: "low",
    reasoning: { effort: "low", enabled: true, maxTokens: 1 },
  },
  continueFinalMessage: false,
};

/** All that the client can do, with everything that it can send; and with as little as it may. */
const calls: Record<string, ((client: Client) => Promise<unknown>)[]> = {
  listCollections: [(client) => client.collections.list()],
  createCollection: [(client) => client.collections.create({ name: "Docs" })],
  getCollection: [(client) => client.collections.get("docs")],
  updateCollection: [(client) => client.collections.update("docs", { name: "Docs" })],
  deleteCollection: [(client) => client.collections.delete("docs")],
  searchCollection: [
    (client) => client.search("docs", { input: "q" }),
    (client) => client.search("docs", { input: "q", limit: 3 }),
  ],
  listItems: [(client) => client.items.list("docs")],
  addItem: [
    (client) => client.items.add("docs", { content: "c", description: "d" }),
    (client) => client.items.add("docs", { content: "c" }),
  ],
  getItem: [(client) => client.items.get("docs", "i")],
  updateItem: [(client) => client.items.update("docs", "i", { description: "" })],
  deleteItem: [(client) => client.items.delete("docs", "i")],
  listFiles: [(client) => client.files.list("docs")],
  addFile: [(client) => client.files.add("docs", { filename: "a.md", source: Buffer.from("x") })],
  getFile: [(client) => client.files.get("docs", "f")],
  deleteFile: [(client) => client.files.delete("docs", "f")],
  createChatCompletion: [
    (client) => client.chat.create(chat),
    (client) => client.chat.create({ model: "m", messages: [{ role: "user", content: "x" }] }),
  ],
  createRagChatCompletion: [(client) => client.ragChat.create({ ...chat, collection: "docs" })],
  createSpeech: [
    (client) =>
      client.speech.create({
        model: "m",
        input: "x",
        voice: "v",
        responseFormat: "wav",
        speed: 1,
        language: "en",
        instructions: "i",
      }),
    (client) => client.speech.create({ model: "m", input: "x" }),
  ],
  lookUpRequests: [
    (client) => client.logs.lookUp({ period: 60, timestamp: "2026-01-01T00:00:00Z", endpoint: "/models" }),
    (client) => client.logs.lookUp({ period: 15 }),
  ],
  listModels: [(client) => client.models.list()],
  listAudioModels: [(client) => client.models.listAudio()],
  listVoices: [(client) => client.voices.list()],
  getModel: [(client) => client.models.get("m")],
  rerankDocuments: [
    (client) => client.rerank({ model: "m", query: "q", documents: ["d"], topN: 1 }),
    (client) => client.rerank({ model: "m", query: "q", documents: ["d"] }),
  ],
  getUsage: [(client) => client.usage()],
  getHealth: [(client) => client.health.get()],
};

let server: Server;
let client: Client;
let seen: { operation: Operation | undefined; faults: string[] }[];
/** What the server answers with. */
let respond: (operation: Operation) => { status: number; type?: string; body?: unknown };

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const operation = operationOf(request.method ?? "", (request.url ?? "").replace(/^\/v1/u, ""));
      seen.push({
        operation,
        faults: operation === undefined ? ["no such operation"] : faultsOf(operation, request, Buffer.concat(chunks)),
      });
      const { status, type, body } = operation === undefined ? { status: 404 } : respond(operation);
      if (type !== undefined) response.setHeader("content-type", type);
      response.writeHead(status).end(typeof body === "string" || body === undefined ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  client = createClient({
    apiKey: "contract-key",
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    maxRetries: 0,
  });
});

beforeEach(() => {
  seen = [];
});

afterAll(async () => {
  await closeConnections();
  await new Promise((resolve) => server.close(resolve));
});

function faultsOf(operation: Operation, { headers }: IncomingMessage, body: Buffer): string[] {
  const faults: string[] = [];
  if ((headers.authorization === "Bearer contract-key") !== operation.keyed)
    faults.push("the key is missing, or sent where none is asked for");
  const [type] = (headers["content-type"] ?? "").split(";");
  const schema = operation.body[type ?? ""];
  if (schema === undefined && (Object.keys(operation.body).length > 0 || body.length > 0))
    faults.push(`a body of type ${String(type)}`);
  if (type === "multipart/form-data") {
    const names = [...body.toString("latin1").matchAll(/^content-disposition: form-data; name="(\w+)"/gmu)].map(
      ([, name]) => name,
    );
    if (names.join() !== Object.keys(schema?.["properties"] as object).join())
      faults.push(`the parts ${names.join(", ")}`);
  } else if (schema !== undefined) {
    const fault = faultOf(schema, JSON.parse(body.toString("utf8")));
    if (fault !== undefined) faults.push(fault);
  }
  return faults;
}

const success = (full: boolean) => (operation: Operation) => {
  const [[type, schema] = []] = Object.entries(operation.success);
  if (type === undefined || schema === undefined) return { status: operation.status };
  return { status: operation.status, type, body: sample(schema, full) };
};

test("every operation of the description has a method of the client", () => {
  expect(Object.keys(calls).sort()).toEqual(operations.map(({ id }) => id).sort());
});

describe.each(Object.entries(calls))("%s", (id, sends) => {
  test.each([true, false])(
    "sends what is described and takes the described success (with all optional fields: %p)",
    async (full) => {
      respond = success(full);
      for (const send of sends) await send(client);
      expect(seen.map(({ operation, faults }) => [operation?.id, faults])).toEqual(sends.map(() => [id, []]));
    },
  );

  test("takes the described errors", async () => {
    for (const body of [...errorSamples, "text"]) {
      for (const status of [400, 401, 404, 422, 429, 502, 504]) {
        respond = () => ({ status, type: typeof body === "string" ? "text/plain" : "application/json", body });
        const error: unknown = await sends[0]?.(client).catch((reason: unknown) => reason);
        expect(error).toMatchObject({ status, operation: id });
        expect(VultrInferenceError.isInstance(error)).toBe(true);
        expect((error as Error).message).toContain(`answered ${status} "text"`);
      }
    }
  });
});

test.each(["createChatCompletion", "createRagChatCompletion"])(
  "%s streams by a request that is described",
  async (id) => {
    respond = () => ({ status: 200, type: "text/event-stream", body: "data: [DONE]\n\n" });
    const stream =
      id === "createChatCompletion" ? client.chat.stream(chat) : client.ragChat.stream({ ...chat, collection: "docs" });
    expect((await stream.completion()).choices).toEqual([]);
    expect(seen.map(({ operation, faults }) => [operation?.id, faults])).toEqual([[id, []]]);
  },
);

test("a required field that is missing in an answer is an error that names it", async () => {
  for (const operation of operations) {
    const schema = operation.success["application/json"];
    const send = calls[operation.id]?.[0];
    for (const name of (schema?.["required"] ?? []) as string[]) {
      respond = (asked) => {
        const whole = sample(schema ?? {}, true) as Record<string, unknown>;
        return { status: asked.status, type: "application/json", body: { ...whole, [name]: undefined } };
      };
      await expect(send?.(client)).rejects.toMatchObject({
        code: "response_shape",
        operation: operation.id,
        message: expect.stringContaining(`"${name}"`) as string,
      });
    }
  }
});
