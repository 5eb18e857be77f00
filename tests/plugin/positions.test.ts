import { startEmulator, type Emulator } from "../../local/emulator/index";
import { servePlugin, type PluginServer } from "../../plugin/service";
import { asset, type Engine, folder, secret, startRun, UNKNOWN, type Values } from "./rig";

let emulator: Emulator;
let server: PluginServer;
let engine: Engine;
let quiet: jest.SpyInstance;
beforeAll(async () => {
  process.env["PULUMI_HOME"] = folder();
  quiet = jest.spyOn(console, "log").mockImplementation();
  emulator = await startEmulator({ embeddings: "light" });
  server = await servePlugin();
  const before = await run();
  await before.deploy("Collection", "kb", { name: "KB" });
  await before.deploy("Item", "found", { collectionId: "kb", content: "Bread costs three." });
  before.close();
});
const run = () => startRun(server.port, emulator);
beforeEach(async () => void (engine = await run()));
afterEach(() => engine.close());
afterAll(async () => {
  server.close();
  await emulator.close();
  quiet.mockRestore();
});

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
type Path = readonly (string | number)[];

/** Inputs of each resource in all their forms; what is told by a word is told nowhere else. */
const SAMPLES: readonly (readonly [string, Values])[] = [
  ["Collection", { name: "Told: name" }],
  ["Item", { collectionId: "kb", content: "Told: content", description: "Told: description" }],
  ["Item", { collectionId: "kb", content: asset({ text: "Told: an asset", hash: "b1" }) }],
  ["File", { collectionId: "kb", source: asset({ text: "Told: source", hash: "b2" }), filename: "Told: filename.md" }],
  [
    "Documents",
    { collectionId: "kb", source: { texts: [{ name: "Told: name.md", text: "Told: text" }] }, maxTokens: 90 },
  ],
  [
    "RetrievalTest",
    {
      collectionId: "kb",
      revision: "Told: revision",
      cases: [{ query: "Told: query", expect: [{ text: "Told: expected" }], topK: 2 }],
      onFailure: "warn",
      deadlineSeconds: 0,
    },
  ],
];

function isAsset(value: unknown): boolean {
  return typeof value === "object" && value !== null && SIGNATURE in value;
}

/** Everything in a value that has no parts, and every part that has. */
function pathsIn(value: unknown, at: Path = []): Path[] {
  const here = at.length === 0 ? [] : [at];
  if (typeof value !== "object" || value === null || isAsset(value)) return here;
  return [
    ...here,
    ...Object.entries(value).flatMap(([key, part]) => pathsIn(part, [...at, Array.isArray(value) ? Number(key) : key])),
  ];
}

function partAt(value: unknown, path: Path): unknown {
  return path.reduce((part, key) => (part as Record<string, unknown>)[key], value);
}

/** The same value with another part at a path. */
function withPart<T>(value: T, [key, ...rest]: Path, make: (part: unknown) => unknown): T {
  if (key === undefined) return make(value) as T;
  const part = withPart((value as Record<string, unknown>)[key], rest, make);
  return (Array.isArray(value) ? value.with(Number(key), part) : { ...value, [key]: part }) as T;
}

/** What everybody can read in a value. */
function open(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && (part as Values)[SIGNATURE] === SECRET ? "[secret]" : part,
  );
}

let count = 0;

it.each(
  SAMPLES.flatMap(([type, inputs]) =>
    pathsIn(inputs).flatMap((path) => {
      const told = JSON.stringify(partAt(inputs, path)).match(/Told: [^"]+/gu);
      return told === null ? [] : [[type, path.join("."), withPart(inputs, path, secret), told] as const];
    }),
  ),
)("%s keeps %s secret, in what it answers and in the state", async (type, _, inputs, told) => {
  const name = `secret-${++count}`;
  const made = await engine.deploy(type, name, inputs);
  const read = await engine.read(type, name, made.id, made);
  const { inputs: news } = await engine.check(type, name, inputs, made.inputs);
  const previewed = await engine.update(type, name, made, news, { preview: true });
  const updated = await engine.update(type, name, made, news);
  const unmade = await engine.create(type, name, news, true);
  const shown = open([made, read, news, previewed, updated, unmade].map((each) => ({ ...each, id: "" })));
  for (const text of told) expect(shown).not.toContain(text);
  await engine.delete(type, name, updated);
});

it.each(SAMPLES)("%s takes each of %j before it is known, and promises no loss for it", async (type, inputs) => {
  const name = `unknown-${++count}`;
  const made = await engine.deploy(type, name, inputs);
  for (const path of pathsIn(inputs)) {
    const news = withPart(inputs, path, () => UNKNOWN);
    const { inputs: first, reasons } = await engine.check(type, name, news);
    expect(reasons).toEqual([]);
    await expect(engine.create(type, name, first, true)).resolves.toHaveProperty("outputs");
    const { inputs: later } = await engine.check(type, name, news, made.inputs);
    await expect(engine.diff(type, name, made, later)).resolves.toHaveProperty("replaces", []);
    await expect(engine.update(type, name, made, later, { preview: true })).resolves.toHaveProperty("outputs");
  }
});
