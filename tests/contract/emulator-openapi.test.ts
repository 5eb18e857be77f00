import { readFileSync } from "node:fs";
import { join } from "node:path";
import addFormats from "ajv-formats";
import Ajv2020 from "ajv/dist/2020";
import { parse } from "yaml";
import { OPERATION_IDS } from "../../local/emulator/operation-id.js";
import { startEmulator, type Emulator } from "../../local/emulator/index.js";

interface Described {
  $ref?: string;
  operationId?: string;
  requestBody?: unknown;
  responses?: Record<string, Described>;
  content?: Record<string, { schema?: object }>;
}

const document = parse(readFileSync(join(__dirname, "../../docs/openapi.yaml"), "utf8")) as {
  paths: Record<string, Record<string, Described>>;
  components: { responses: Record<string, Described> };
};
const ajv = new Ajv2020({ strict: false });
addFormats(ajv);
ajv.addSchema(document, "api");

/** Every operation of the document that the emulator has, as method, path and description. */
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, described]) =>
    OPERATION_IDS.some((id) => id === described.operationId) ? [{ method, path, ...described }] : [],
  ),
);

let emulator: Emulator;
const ids: Record<string, string> = { model: "glm-5.3" };

async function ask(method: string, path: string, body?: object, key = emulator.key): Promise<Response> {
  const isJson = body !== undefined && !(body instanceof FormData);
  return fetch(emulator.url + path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "nothing"), {
    method: method.toUpperCase(),
    headers: { authorization: `Bearer ${key}`, ...(isJson ? { "content-type": "application/json" } : {}) },
    ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : body }),
  });
}

/** The answer must have a described status, media type and body. */
async function check(operationId: string, response: Response): Promise<void> {
  const operation = operations.find((candidate) => candidate.operationId === operationId);
  const named = operation?.responses?.[response.status] ?? operation?.responses?.["default"];
  const described =
    named?.$ref === undefined ? named : document.components.responses[named.$ref.split("/").at(-1) ?? ""];
  expect(described).toBeDefined();
  const [type = ""] = (response.headers.get("content-type") ?? "").split(";");
  const text = await response.text();
  if (described?.content === undefined || text === "") return;
  expect(Object.keys(described.content)).toContain(type);
  if (type !== "application/json") return;
  const schema = JSON.parse(
    JSON.stringify(described.content[type]?.schema ?? {}).replaceAll('"#/', '"api#/'),
  ) as object;
  const validate = ajv.compile(schema);
  if (!validate(JSON.parse(text)))
    throw new Error(`${operationId} ${response.status}: ${ajv.errorsText(validate.errors)} in ${text}`);
}

beforeAll(async () => {
  emulator = await startEmulator({ embeddings: "light" });
  const json = async (path: string, body: object): Promise<Record<string, { id: string }>> =>
    (await ask("POST", path, body)).json() as Promise<Record<string, { id: string }>>;
  ids["id"] = (await json("/vector_store", { name: "Docs" }))["collection"]?.id ?? "";
  ids["itemid"] = (await json("/vector_store/{id}/items", { content: "Zebras eat grass." }))["item"]?.id ?? "";
  ids["fileid"] = (await json("/vector_store/{id}/files", form()))["file"]?.id ?? "";
});
afterAll(() => emulator.close());

function form(): FormData {
  const data = new FormData();
  data.append("file", new File(["Lions do not."], "lions.txt"));
  return data;
}

const chat = {
  model: "glm-5.3-flash",
  messages: [{ role: "user", content: "What do zebras eat?" }],
  logprobs: true,
  top_logprobs: 1,
};
const bodies: Record<string, object> = {
  createCollection: { name: "Other" },
  updateCollection: { name: "Renamed" },
  addItem: { content: "Trains run on rails." },
  updateItem: { description: "new" },
  searchCollection: { input: "zebra" },
  addFile: form(),
  createChatCompletion: chat,
  createRagChatCompletion: { ...chat, collection: "docs" },
  createSpeech: { model: "bark-small", voice: "kal16", input: "Hello." },
  rerankDocuments: {
    model: "vultronretriever-1",
    query: "What do zebras eat?",
    documents: ["Zebras eat grass.", "Lions do not."],
  },
  lookUpRequests: { period: 15 },
};

// What deletes comes last, and items and files before their collection.
const rank = ({ method, path }: { method: string; path: string }): number =>
  method === "delete" ? 10 - path.length / 100 : 0;

describe("the emulator answers as the document says", () => {
  it.each(
    [...operations]
      .sort((a, b) => rank(a) - rank(b))
      .map(({ operationId = "", method, path }) => ({ operationId, method, path })),
  )("$operationId", async ({ operationId, method, path }) => {
    if (operationId !== "getHealth") await check(operationId, await ask(method, path, undefined, "wrong"));
    if (bodies[operationId] !== undefined) await check(operationId, await ask(method, path, {}));
    if (operationId === "createChatCompletion")
      await check(operationId, await ask(method, path, { ...chat, stream: true }));
    const response = await ask(method, path, bodies[operationId]);
    expect(response.status).toBeLessThan(300);
    await check(operationId, response);
    if (path.includes("{id}"))
      await check(operationId, await ask(method, path.replace("{id}", "missing"), bodies[operationId]));
  });
});
