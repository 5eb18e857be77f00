import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LOCAL, onEachEngine } from "../support/engines.js";
import { Rig, type Declaration } from "../support/stack.js";

/**
 * What the first release left behind: its state, its settings, and what the API held. FIRST_RELEASE=write recreates it.
 */
const KEPT = join(__dirname, "first-release");
/** Stands in what is kept for what differs from run to run. */
const ORIGIN = "http://127.0.0.1:9";
const FOLDER = "/kept";

const DECLARED: Declaration = {
  collections: { kb: { name: "Customer handbook" } },
  items: {
    note: { in: "kb", content: "The office opens at nine.", description: "Hours" },
    safe: { in: "kb", content: { secret: "The safe is behind the door." } },
  },
  files: { manual: { in: "kb", source: join(KEPT, "manual.md") } },
  documents: {
    docs: { in: "kb", source: join(KEPT, "docs") },
    partner: { in: "kb", source: { texts: [{ name: "a.md", text: "A partner's text." }] } },
  },
  tests: {
    answers: {
      in: "kb",
      dependsOn: ["docs"],
      cases: [{ query: "Send anything back?", expect: { document: "returns.md" } }],
    },
  },
};
const TYPES = ["Collection", "Documents", "File", "Item", "RetrievalTest"];

onEachEngine("A stack of the first release", (engine) => {
  const data = mkdtempSync(join(tmpdir(), "first-release-"));
  let rig: Rig;

  beforeAll(async () => {
    cpSync(join(KEPT, "api"), data, { recursive: true });
    rig = await Rig.start(engine, { emulator: { dataDir: data } });
    const state = readFileSync(join(KEPT, "state.json"), "utf8")
      .replaceAll(ORIGIN, new URL(rig.emulator.url).origin)
      .replaceAll(FOLDER, KEPT);
    writeFileSync(join(rig.folder, "state/.pulumi/stacks/e2e/test.json"), state);
    cpSync(join(KEPT, "Pulumi.test.yaml"), join(rig.folder, "project/Pulumi.test.yaml"));
    rig.declare(DECLARED);
  });
  afterAll(async () => {
    await rig.close();
    rmSync(data, { recursive: true, force: true });
  });

  it("has each kind of resource in it", () => {
    const types = new Set(Object.values(rig.state()).map(({ type }) => type.split(":").at(-1)));
    expect([...types].sort()).toEqual(TYPES);
  });

  it("refreshes without a change", async () => {
    expect((await rig.refresh()).steps).toEqual([]);
  });

  it("shows no change, and writes nothing", async () => {
    expect((await rig.preview()).steps).toEqual([]);
    expect((await rig.up()).steps).toEqual([]);
    expect(rig.writes()).toEqual([]);
  });

  it("is changed where its program is", async () => {
    const changed = {
      ...DECLARED,
      items: { ...DECLARED.items, note: { in: "kb", content: "The office opens at ten.", description: "Hours" } },
    };
    expect((await rig.up(changed)).steps.length).toBeGreaterThan(0);
    expect((await rig.items("customerhandbo")).map(({ content }) => content)).toContain("The office opens at ten.");
  });

  it("is destroyed", async () => {
    await rig.destroy();
    expect(await rig.collections()).toEqual([]);
    expect(rig.state()).toEqual({});
  });
});

const write = process.env["FIRST_RELEASE"] === "write" ? it : it.skip;
write("writes what is kept", async () => {
  rmSync(join(KEPT, "api"), { recursive: true, force: true });
  const rig = await Rig.start(LOCAL, { emulator: { dataDir: join(KEPT, "api") } });
  await rig.up(DECLARED);
  const origin = new URL(rig.emulator.url).origin;
  const state = rig.stateText().replaceAll(origin, ORIGIN).replaceAll(KEPT, FOLDER);
  // Where on a machine the program lay says nothing to another.
  const isPlace = (key: string): boolean => ["sourcePosition", "stackTrace"].includes(key);
  writeFileSync(
    join(KEPT, "state.json"),
    JSON.stringify(
      JSON.parse(state, (key, value: unknown) => (isPlace(key) ? undefined : value)),
      undefined,
      1,
    ),
  );
  cpSync(join(rig.folder, "project/Pulumi.test.yaml"), join(KEPT, "Pulumi.test.yaml"));
  await rig.close();
  rmSync(join(KEPT, "api/key"));
  expect(existsSync(join(KEPT, "api"))).toBe(true);
});
