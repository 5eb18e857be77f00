import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { detectDrift } from "../../cli/drift/detect.js";
import { onEachEngine } from "../support/engines.js";
import { failureOf } from "../support/run.js";
import { Rig, type Declaration } from "../support/stack.js";
import { texts, urn } from "../support/stacks.js";

onEachEngine("The resource option", (engine) => {
  // The local engine carries out neither of the first two, and says so.
  const ifCli = engine.name === "Pulumi CLI" ? it : it.skip;
  let rig: Rig;
  let folder: string;
  beforeAll(async () => {
    rig = await Rig.start(engine);
    folder = join(rig.folder, "docs");
  });
  afterAll(() => rig.close());

  const write = (text: string): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "bread.md"), text);
    rig.file("note.txt", text);
  };
  const declared = (text: string, options: Record<string, unknown>, more: object = {}): Declaration => ({
    collections: { kb: { name: "KB" } },
    items: {
      inline: { in: "kb", content: `Inline: ${text}`, description: "Inline", options },
      asset: { in: "kb", content: { file: join(rig.folder, "note.txt") }, description: "Asset", options },
    },
    files: { leaf: { in: "kb", source: { file: join(rig.folder, "note.txt") }, options } },
    documents: {
      folder: { in: "kb", source: folder, options, ...more },
      texts: { in: "kb", source: texts(["cake.md", text]), options, ...more },
    },
  });
  /** Without what the API made of the file. */
  const contents = async (): Promise<string[]> =>
    (await rig.items("kb"))
      .filter(({ description }) => description.startsWith("[vi:"))
      .map(({ content }) => content)
      .sort();

  ifCli("ignoreChanges deploys once and then leaves alone, in previews and refreshes, too", async () => {
    const options = { ignoreChanges: ["source", "content"] };
    write("As seeded.");
    await rig.up(declared("As seeded.", options));
    const seeded = await contents();
    write("Changed.");
    const program = declared("Changed.", options);
    expect((await rig.preview(program)).steps).toEqual([]);
    expect((await rig.up(program)).steps).toEqual([]);
    const item = (await rig.items("kb")).find(({ description }) => description.endsWith("cake.md"));
    await rig.ask("DELETE", `/vector_store/kb/items/${item?.id ?? ""}`);
    const { status, findings, notes } = await detectDrift(rig.stack);
    expect([status, findings]).toEqual(["clean", []]);
    expect(notes).toEqual([
      'Documents "texts": the document "cake.md" is missing. It is left so, since the option ignoreChanges names ' +
        "source.",
    ]);
    const refreshed = await rig.refresh();
    expect(refreshed.steps).toEqual([]);
    expect(refreshed.printed).toMatch(
      /1 document not as deployed, and left so, since the option ignoreChanges names source\s+! cake\.md/u,
    );
    expect((await rig.up(program)).steps).toEqual([]);
    // The plugin is not told by its check, and reads the folder all the same.
    if (!engine.isNative) rmSync(folder, { recursive: true });
    const changed = await rig.up(declared("Changed.", options, { verify: "all" }));
    expect(changed.steps).toEqual(["update Documents folder", "update Documents texts"]);
    expect(await contents()).toEqual(seeded.slice(1));
    write("Changed.");
    expect((await rig.up(declared("Changed.", {}))).steps).toContain("update Documents texts");
    expect(new Set(await contents())).toEqual(new Set(["Changed.", "Inline: Changed."]));
  });

  ifCli("ignoreChanges does not keep a targeted replacement from the source that is there by then", async () => {
    write("Anew.");
    const options = { ignoreChanges: ["*"] };
    const replace = ["folder", "texts"].map((name) => urn(engine, "Documents", name));
    await rig.up(declared("Anew.", options), { replace });
    expect((await contents()).filter((content) => content === "Anew.")).toHaveLength(2);
  });

  ifCli("replaceOnChanges makes again what would be changed in place", async () => {
    write("First.");
    const options = { replaceOnChanges: ["*"] };
    await rig.up(declared("First.", options));
    write("Second.");
    const program = declared("First.", options);
    program.items = {
      ...program.items,
      inline: { in: "kb", content: "Inline: First.", description: "Another title", options },
    };
    const { steps } = await rig.up(program);
    expect(steps).toEqual(expect.arrayContaining(["replace Documents folder", "replace Item inline"]));
    expect(steps.filter((step) => step.startsWith("update"))).toEqual([]);
    expect(await contents()).toEqual(["First.", "Inline: First.", "Second.", "Second."]);
    expect((await rig.up(program)).steps).toEqual([]);
  });

  // The plugin imports.
  (engine.isNative ? it.skip : it)("import is refused in one sentence, and nothing is made", async () => {
    const before = rig.state();
    const failure = await failureOf(
      rig.preview({ items: { foreign: { in: "kb", content: "X", options: { import: "kb/1" } } } }),
    );
    expect(failure.run.printed).toMatch(
      /Item "foreign": Pulumi cannot import resources of this package, so leave the option import out\. To take over an existing item, set adopt to its id/u,
    );
    expect(failure.run.printed).not.toMatch(/^\s+at .+:\d+:\d+\)?$/mu);
    expect(rig.state()).toEqual(before);
  });
});
