import { startEmulator, type Emulator } from "../../../local/emulator/index";
import { handler, type Handler } from "../../../provider/pulumi/handler";
import { InitializationFailure } from "../../../provider/engine/initialization-failure";
import type { Lifecycle } from "../../../provider/pulumi/lifecycle";

interface Thing {
  readonly name: string;
  readonly note?: string | undefined;
}

const lifecycle: Lifecycle<Thing, Thing> = {
  check: (_olds, news) => ({ inputs: news, failures: [] }),
  diff: () => ({ changes: false, replaces: [] }),
  create: async ({ client }, inputs) => {
    const { id } = await client.collections.create({ name: inputs.name });
    return { id, state: { name: inputs.name, note: undefined } };
  },
  read: (_context, id) => Promise.resolve(id === "not-found" ? "not-found" : { id, state: { name: id } }),
  update: (_context, id, _state, inputs) =>
    Promise.reject(new InitializationFailure<Thing>(id, inputs, "It is partially created.")),
  delete: () => Promise.reject(new Error("It cannot be deleted.")),
};

let emulator: Emulator;
let things: Handler;
beforeAll(async () => void (emulator = await startEmulator({ embeddings: "light" })));
afterAll(() => emulator.close());
beforeEach(() => void (things = handler(lifecycle)));

const configuration = (values: Record<string, string>) => ({
  config: { get: (key: string) => values[key], require: (key: string) => values[key] ?? "" },
});
const settings = (): Record<string, string> => ({
  "vultr-inference:apiKey": emulator.key,
  "vultr-inference:baseUrl": emulator.url,
});

test("the configuration is in force at once, whoever awaits configure", async () => {
  void things.configure(configuration(settings()));
  await expect(things.create({ name: "At once" })).resolves.toEqual({ id: "atonce", outs: { name: "At once" } });
});

test("configure itself never fails; the verb that needs a key does, in one sentence without a stack", async () => {
  await things.configure(configuration({}));
  const failure = (await things.create({ name: "x" }).catch((error: unknown) => error)) as Error;
  expect(failure.message).toMatch(/^No API key: /u);
  expect(failure.stack).toBe("");
});

test("check and diff need no key", async () => {
  await things.configure(configuration({}));
  await expect(things.check({}, { name: "x" })).resolves.toEqual({ inputs: { name: "x" }, failures: [] });
  await expect(things.diff("id", {}, {})).resolves.toEqual({ changes: false, replaces: [] });
});

test("what is gone is an empty id", async () => {
  await things.configure(configuration(settings()));
  await expect(things.read("not-found", {})).resolves.toEqual({ id: "" });
  await expect(things.read("here", {})).resolves.toEqual({ id: "here", props: { name: "here" } });
});

test("a partially created object keeps its id, its outputs, the provider's text and the reason", async () => {
  await things.configure(configuration(settings()));
  const failure: unknown = await things
    .update("id", {}, { name: "x", __provider: "text" })
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({
    id: "id",
    properties: { name: "x", __provider: "text" },
    reasons: ["It is partially created."],
    stack: "",
  });
});

test("an error is told without a stack", async () => {
  await things.configure(configuration(settings()));
  await expect(things.delete("id", {})).rejects.toMatchObject({ message: "It cannot be deleted.", stack: "" });
});
