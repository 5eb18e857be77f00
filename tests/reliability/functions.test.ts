import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FaultInput, OperationId } from "../../local/emulator/index";
import { chatCompletion } from "../../provider/functions/chat-completion";
import { findCollectionByName } from "../../provider/functions/find-collection-by-name";
import type { Context } from "../../provider/session/context";
import { getCollection } from "../../provider/functions/get-collection";
import { listCollections } from "../../provider/functions/list-collections";
import { listFiles } from "../../provider/functions/list-files";
import { listItems } from "../../provider/functions/list-items";
import { listModels } from "../../provider/functions/list-models";
import { listVoices } from "../../provider/functions/list-voices";
import { ragCompletion } from "../../provider/functions/rag-completion";
import { search } from "../../provider/functions/search";
import { speech } from "../../provider/functions/speech";
import { emulated, type Emulated } from "../provider/emulated";

const model = "glm-5.3-flash";
const messages = [{ role: "user", content: "When is bread baked?" }] as const;
const folder = mkdtempSync(join(tmpdir(), "vultr-inference-functions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Each function that asks the API, the operation that it hangs on, and whether that costs something. */
const FUNCTIONS: Readonly<
  Record<string, { ask: (api: Context) => Promise<unknown>; operation: OperationId; costs?: true }>
> = {
  getCollection: { ask: (api) => getCollection.run(api, { collectionId: "shelf" }), operation: "getCollection" },
  findCollectionByName: {
    ask: (api) => findCollectionByName.run(api, { name: "shelf" }),
    operation: "listCollections",
  },
  listCollections: { ask: (api) => listCollections.run(api, {}), operation: "listCollections" },
  listItems: { ask: (api) => listItems.run(api, { collectionId: "shelf" }), operation: "listItems" },
  listFiles: { ask: (api) => listFiles.run(api, { collectionId: "shelf" }), operation: "listFiles" },
  listModels: { ask: (api) => listModels.run(api, {}), operation: "listModels" },
  listVoices: { ask: (api) => listVoices.run(api, {}), operation: "listVoices" },
  search: {
    ask: (api) => search.run(api, { collectionId: "shelf", input: "When is bread baked?" }),
    operation: "searchCollection",
  },
  chatCompletion: {
    ask: (api) => chatCompletion.run(api, { model, messages }),
    operation: "createChatCompletion",
    costs: true,
  },
  ragCompletion: {
    ask: (api) => ragCompletion.run(api, { collectionId: "shelf", model, messages }),
    operation: "createRagChatCompletion",
    costs: true,
  },
  speech: {
    ask: (api) =>
      speech.run(api, { model: "bark-small", voice: "kal16", input: "Hello.", file: join(folder, "hello.wav") }),
    operation: "createSpeech",
    costs: true,
  },
};

const FAULTS: Readonly<Record<string, FaultInput>> = {
  "429": { status: 429 },
  "500": { status: 500 },
  "502 with a page of HTML": { status: 502, html: true },
  "504, processed": { status: 504, processed: true },
  "reset before processing": { reset: true },
  "reset after processing": { reset: true, processed: true },
  "body cut short": { truncate: 5 },
  "body that is no JSON": { badJson: true },
  "200 with a page of HTML": { status: 200, html: true },
  "200, empty": { status: 200, body: "" },
};

describe.each(Object.entries(FUNCTIONS))("%s", (name, { ask, operation, costs }) => {
  let api: Emulated;
  const afresh = (): Context => api.afresh();
  beforeAll(async () => {
    // What costs is asked with repetitions, to see that there are none; what does not without, to see what is said.
    const context = await emulated({ maxRetries: costs ? 3 : 0 });
    api = context;
    await api.client.collections.create({ name: "shelf" });
    await api.client.items.add("shelf", { content: "Bread is baked on Mondays." });
  });
  beforeEach(() => {
    api.emulator.faults.clear();
    api.calls();
    for (const file of readdirSync(folder)) rmSync(join(folder, file));
  });
  afterAll(() => api.emulator.close());

  it.each(Object.entries(FAULTS))(
    "says what went wrong, pays no second time and leaves nothing half-done: %s",
    async (fault, what) => {
      api.emulator.faults.add({ ...what, operation, times: 1 });
      const said = await ask(afresh()).then(
        () => undefined,
        (error: unknown) => error as Error,
      );
      const served = api.emulator.journal.filter((entry) => entry.operation === operation);
      if (said) {
        expect(said.message).toMatch(/[a-z]{3,} .{15,}/u);
        expect(said.message).not.toMatch(/undefined|\[object|^\s*at /mu);
        expect(existsSync(join(folder, "hello.wav"))).toBe(false);
      } else expect(mayPass(name, fault, costs)).toBe(true);
      // What was refused was not charged.
      if (costs) expect(served.filter(({ status }) => status !== 429)).toHaveLength(1);
      await expect(ask(afresh())).resolves.toBeDefined();
    },
  );
});

/**
 * What was refused is repeated where that is allowed, and the bytes of speech are no JSON, so that any are an answer.
 */
function mayPass(name: string, fault: string, costs = false): boolean {
  return (costs && fault === "429") || (name === "speech" && fault === "body that is no JSON");
}
