import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { onEachEngine } from "../support/engines.js";
import { EACH_KIND, kindsIn, writeEachKind } from "../support/kinds.js";
import { failureOf, type Run } from "../support/run.js";
import { Rig, type Declaration } from "../support/stack.js";

const section = (name: string, text: string): string => `## ${name}\n\n${text}\n`;
const GUIDE = [
  "# Guide\n",
  section("Linux", "Install it with apt."),
  section("Windows", "Run the installer."),
  section("Mac", "Drag the icon."),
].join("\n");
const FILES = { "guide.md": GUIDE, "bread.txt": "Bread is baked on Mondays.", "cats.md": "Cats are fed at noon." };

/** Makes a folder hold exactly these documents. */
function write(rig: Rig, files: Record<string, string>, folder = "docs"): string {
  const path = join(rig.folder, folder);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

const declare = (source: unknown, props: Record<string, unknown> = {}): Declaration => ({
  collections: { kb: { name: "kb" } },
  documents: { docs: { in: "kb", source, ...props } },
  outputs: { revision: "docs.revision" },
});

/** What stands beside the resource, without colours. */
const beside = ({ events }: Run, severity: string): string[] =>
  events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === severity && diagnosticEvent.urn?.endsWith("::docs")
      ? [diagnosticEvent.message.replaceAll(/<\{%[^%]*%\}>/gu, "").trim()]
      : [],
  );

/** The descriptions without their marks. */
const titles = async (rig: Rig, collection = "kb"): Promise<string[]> =>
  (await rig.items(collection)).map(({ description }) => description.replace(/^\[vi:d:\S+\] /u, "")).sort();
const counted = (rig: Rig): Record<string, number> =>
  Object.fromEntries(
    [...new Set(rig.calls())].map((call) => [call, rig.calls().filter((other) => other === call).length]),
  );

onEachEngine("Documents", (engine) => {
  let rig: Rig;
  let folder: string;
  beforeAll(async () => {
    rig = await Rig.start(engine, { environment: { VULTR_INFERENCE_MAX_RETRIES: "0" } });
    folder = write(rig, FILES);
  });
  afterAll(() => rig.close());

  it("are reviewed in the preview, beside the resource, and nothing is asked", async () => {
    const run = await rig.preview(declare(folder));
    expect(beside(run, "info")).toHaveLength(1);
    expect(beside(run, "info")[0]).toMatch(
      /^3 documents to upload: 5 chunks, about \d+ tokens to embed\n\+ bread\.txt {2}1 chunk, \d+ tokens\n\+ cats\.md {2}1 chunk, \d+ tokens\n\+ guide\.md {2}3 chunks, \d+ tokens$/u,
    );
    expect(rig.calls().filter((call) => call !== "listCollections")).toEqual([]);
  });

  it("are uploaded chunk by chunk, and a second deployment asks nothing", async () => {
    await rig.up();
    expect(await titles(rig)).toEqual([
      "bread.txt",
      "cats.md",
      "guide.md › Guide › Linux",
      "guide.md › Guide › Mac",
      "guide.md › Guide › Windows",
    ]);
    const { steps } = await rig.up();
    expect(steps).toEqual([]);
    expect(rig.calls()).toEqual([]);
  });

  it("show which sections an edit touches, and upload those alone", async () => {
    write(rig, { ...FILES, "guide.md": GUIDE.replace("Run the installer.", "Use winget.") });
    const preview = await rig.preview();
    expect(beside(preview, "info")).toEqual([
      expect.stringMatching(
        /^1 of 3 documents changes: 1 chunk to embed, about \d+ tokens, 1 to delete\n~ guide\.md {2}1 of 3 chunks, \d+ tokens: Windows$/u,
      ),
    ]);
    expect(rig.calls()).toEqual([]);
    await rig.up();
    expect(rig.writes()).toEqual(["addItem", "deleteItem"]);
  });

  it("that were moved get new metadata at no cost, also where the whole folder moved", async () => {
    folder = write(
      rig,
      {
        "install/guide.md": GUIDE.replace("Run the installer.", "Use winget."),
        "bread.txt": FILES["bread.txt"],
        "cats.md": FILES["cats.md"],
      },
      "moved",
    );
    const preview = await rig.preview(declare({ folder }));
    expect(beside(preview, "info")[0]).toContain("+ install/guide.md  nothing to embed, moved from guide.md");
    await rig.up();
    expect(rig.writes()).toEqual(["updateItem", "updateItem", "updateItem"]);
  });

  it("beyond the budget are refused in the preview, in one error that names it", async () => {
    write(rig, { ...FILES, "more.md": "Many words. ".repeat(60) }, "moved");
    const { run } = await failureOf(rig.preview(declare({ folder }, { tokenBudget: 20 })));
    expect(beside(run, "error")).toEqual([
      expect.stringMatching(/tokenBudget is 20, but about \d+ tokens are to be embedded/u),
    ]);
    expect(run.errors).toEqual(beside(run, "error"));
    expect(run.printed).not.toMatch(/^\s+at .+:\d+:\d+\)?$/mu);
  });

  it("are refused in the preview where too many would go, or all", async () => {
    write(rig, { "bread.txt": FILES["bread.txt"] }, "moved");
    const { run } = await failureOf(rig.preview(declare({ folder })));
    expect(run.errors.join("\n")).toMatch(
      /has a problem: source lacks 2 of 3 documents that are deployed \("cats\.md", "install\/guide\.md"\).*maxDeletePercent: 67/su,
    );
    expect(run.errors).toHaveLength(1);
    write(rig, {}, "moved");
    const emptied = await failureOf(rig.up());
    expect(emptied.run.errors).toEqual([expect.stringContaining("has no documents that can be read")]);
    expect(await rig.items("kb")).toHaveLength(5);
  });

  it("that could not all be uploaded are partially created, say why, and go on the next time", async () => {
    folder = write(rig, {
      ...FILES,
      "new.md": [section("One", "First."), section("Two", "Second."), section("Three", "Third.")].join("\n"),
    });
    rig.emulator.faults.add({ operation: "addItem", status: 400, nth: 2 });
    const { run } = await failureOf(rig.up(declare(folder)));
    rig.emulator.faults.clear();
    expect(run.printed).toMatch(
      /1 of \d+ chunks could not be uploaded; the others are there, and nothing was deleted\.\n.*- (new|guide)\.md › /su,
    );
    expect(rig.stored("docs").initErrors).toHaveLength(1);
    await rig.up();
    expect(rig.writes().filter((call) => call === "addItem")).toHaveLength(1);
    expect(rig.stored("docs").initErrors ?? []).toEqual([]);
    expect(await titles(rig)).toHaveLength(8);
    expect((await rig.up()).steps).toEqual([]);
  });

  it("are compared by a refresh with one list, which tells what drifted, and fixed by the next deployment", async () => {
    await rig.refresh();
    expect(rig.calls().filter((call) => call.endsWith("Items") || call === "getItem")).toEqual(["listItems"]);
    const items = await rig.items("kb");
    const find = (part: string): string => items.find(({ description }) => description.includes(part))?.id ?? "";
    await rig.ask("DELETE", `/vector_store/kb/items/${find("Linux")}`);
    await rig.ask("PATCH", `/vector_store/kb/items/${find("cats.md")}`, { description: "Somebody's cats" });
    await rig.refresh();
    expect(rig.stored("docs").outputs["drift"]).toEqual({
      "guide.md": { missing: 1, sections: ["Linux"] },
      "cats.md": { metadata: 1 },
    });
    const preview = await rig.preview();
    expect(beside(preview, "info")[0]).toContain("! guide.md  1 chunk missing (Linux)");
    await rig.up();
    expect(rig.writes().sort()).toEqual(["addItem", "updateItem"]);
    expect(rig.stored("docs").outputs["drift"]).toBeUndefined();
    expect((await rig.up()).steps).toEqual([]);
  });

  it("take their tags along to a new name with an alias, and embed nothing", async () => {
    const { documents = {}, ...rest } = declare(folder);
    await rig.up({
      ...rest,
      outputs: {},
      documents: { handbook: { in: "kb", source: folder, formerly: "docs", ...documents["handbook"] } },
    });
    expect(new Set(rig.calls())).toEqual(new Set(["getCollection", "listItems", "updateItem"]));
    const renamed = await rig.up({
      ...declare(folder),
      documents: { docs: { in: "kb", source: folder, formerly: "handbook" } },
    });
    expect(new Set(rig.calls())).toEqual(new Set(["getCollection", "listItems", "updateItem"]));
    expect(beside(renamed, "info").join("\n")).toMatch(
      /The resource has another name: 8 chunks are tagged again, and nothing is embedded/u,
    );
  });

  it("move to another collection as a whole: there first", async () => {
    await rig.up({
      ...declare(folder, { in: "other" }),
      collections: { kb: { name: "kb" }, other: { name: "other" } },
    });
    expect(await rig.items("kb")).toEqual([]);
    expect(await titles(rig, "other")).toHaveLength(8);
    expect(rig.writes().indexOf("deleteItem")).toBeGreaterThan(rig.writes().lastIndexOf("addItem"));
  });

  it("are deleted, and nothing else", async () => {
    await rig.ask("POST", "/vector_store/other/items", { content: "By hand." });
    await rig.up({ collections: { kb: { name: "kb" }, other: { name: "other" } } });
    expect((await rig.items("other")).map(({ content }) => content)).toEqual(["By hand."]);
    await rig.destroy();
    expect(rig.state()).toEqual({});
    expect(counted(rig)).toEqual(expect.objectContaining({ deleteCollection: 2 }));
  });

  it("of each kind are read, and those that cannot be are refused by name, all at once", async () => {
    writeEachKind(write(rig, {}, "kinds"));
    const kinds = declare(join(rig.folder, "kinds"), { maxDeletePercent: 100 });
    await rig.up(kinds);
    expect(kindsIn((await rig.items("kb")).map(({ content }) => content))).toEqual(EACH_KIND);
    expect((await rig.up()).steps).toEqual([]);
    write(
      rig,
      {
        "bad.json": "{",
        "bad.docx": "no archive",
        "nested.html": "<div>".repeat(50_000),
        "line\nbreak.md": "text",
        "good.md": "text",
      },
      "kinds",
    );
    const { run } = await failureOf(rig.preview());
    const said = run.errors.join("\n");
    for (const name of ["bad\\.json", "bad\\.docx", "nested\\.html", "line\\\\nbreak\\.md"])
      expect(said).toMatch(new RegExp(`source has "${name}", which `, "u"));
    expect(said).not.toContain("good.md");
  });
});

onEachEngine("Documents in the program", (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start(engine);
  });
  afterAll(() => rig.close());

  const TEXTS = [
    { name: "canary-plan", text: "# Canary\n\n## Canary wages\n\nThe canary earns nothing." },
    { name: "other", text: "Other." },
  ];

  it("may be unknown in a preview", async () => {
    const { steps } = await rig.preview(
      declare({ texts: [{ name: "canary-plan", text: { later: "kb", value: "The canary sings." } }] }),
    );
    expect(steps).toEqual(["create Collection kb", "create Documents docs"]);
  });

  it("leave no text in the state, and none in an error that is about all of them", async () => {
    await rig.up(declare({ texts: TEXTS }));
    const { said } = await failureOf(
      rig.preview(declare({ texts: [{ name: "third", text: "It knows everything." }] })),
    );
    expect(said).toContain("lacks 2 of 2 documents");
    expect(said).not.toContain("knows everything");
    rig.declare(declare({ texts: TEXTS }));
    expect(await titles(rig)).toEqual(["canary-plan › Canary › Canary wages", "other"]);
    expect(rig.stateText()).not.toContain("earns nothing");
    expect((await rig.up()).steps).toEqual([]);
    expect(rig.calls()).toEqual([]);
  });

  it("that are secret leave no name, heading or text in the state nor on the screen", async () => {
    await rig.destroy();
    const source = { texts: { secret: TEXTS } };
    const shown = [(await rig.preview(declare(source))).printed, (await rig.up()).printed];
    const changed = { texts: { secret: [...TEXTS.slice(0, 1), { name: "canary-two", text: "Its canary wages." }] } };
    shown.push((await rig.preview(declare(changed))).printed);
    rig.emulator.faults.add({ operation: "addItem", status: 400, nth: 1 });
    shown.push((await failureOf(rig.up())).said);
    for (const place of [rig.stateText(), ...shown]) expect(place).not.toMatch(/canary/iu);
    rig.emulator.faults.clear();
    await rig.up();
    const [first] = await rig.items("kb");
    await rig.ask("DELETE", `/vector_store/kb/items/${first?.id ?? ""}`);
    await rig.refresh();
    shown.push((await rig.preview()).printed, (await rig.up()).printed);
    for (const place of [rig.stateText(), ...shown]) expect(place).not.toMatch(/canary/iu);
    expect(await rig.items("kb")).toHaveLength(2);
  });
});

onEachEngine("Three hundred documents", (engine) => {
  it("take at most 200 bytes of the state each, and 80 for each chunk, also of an account of their own", async () => {
    const rig = await Rig.start(engine);
    try {
      const text = (index: number): string =>
        "# Runbook " +
        `${index}\n\n${["Detecting the failure", "Who is to be called at night", "Putting it right again", "After the incident"].map((heading) => section(heading, `Step ${index}.`)).join("\n")}`;
      const files = Object.fromEntries(
        Array.from({ length: 300 }, (_, index) => [
          `operations/runbooks/service-${index}-is-not-reachable.md`,
          text(index),
        ]),
      );
      await rig.up({ collections: { kb: { name: "kb" } } });
      const empty = Buffer.byteLength(rig.stateText());
      await rig.up(declare(write(rig, files), { account: { apiKey: rig.emulator.key, baseUrl: rig.emulator.url } }));
      const { outputs } = rig.stored("docs");
      expect(outputs).toMatchObject({ documentCount: 300, chunkCount: 1200 });
      const bytes = Buffer.byteLength(rig.stateText()) - empty - 4_000;
      expect(bytes).toBeLessThanOrEqual(300 * 200 + 1200 * 80);
      expect((await rig.up()).steps).toEqual([]);
      expect(rig.calls()).toEqual([]);
    } finally {
      await rig.close();
    }
  });
});
