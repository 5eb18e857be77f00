import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { startEmulator } from "../../local/emulator/index.js";
import { onEachEngine } from "../support/engines.js";
import { failureOf } from "../support/run.js";
import { Rig } from "../support/stack.js";

const GUIDE = "# Guide\n\n## Linux\n\nInstall it with apt.\n\n## Windows\n\nRun the installer.\n";
const LINUX = { query: "How do I install it on Linux?", expect: { document: "guide.md", section: "Linux" }, topK: 1 };

interface Base {
  args: Record<string, unknown>;
  options?: Record<string, unknown>;
  ask?: string;
}

onEachEngine("A knowledge base", (engine) => {
  let rig: Rig;
  let docs: string;
  beforeAll(async () => {
    rig = await Rig.start(engine, { program: "knowledge-base" });
    docs = join(rig.folder, "docs");
  });
  afterAll(() => rig.close());

  function write(files: Record<string, string>): void {
    rmSync(docs, { recursive: true, force: true });
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(docs, name)), { recursive: true });
      writeFileSync(join(docs, name), text);
    }
  }

  const declare = (bases: Record<string, Base>, account?: object): void =>
    rig.declare({ bases, ...(account && { account }) } as never);
  const base = (args: object = {}): Base => ({
    args: { name: "Manual", documents: docs, questions: { cases: [LINUX], deadlineSeconds: 0 }, ...args },
  });

  it("is a collection with documents, files and questions, whose parts have names of their own", async () => {
    write({ "guide.md": GUIDE, "cats.md": "Cats are fed at noon." });
    declare({
      manual: {
        ...base({ files: { prices: { source: rig.file("prices.csv", "thing,price\nbread,3\n") } } }),
        ask: "How do I install it on Linux?",
      },
    });
    const { steps, outputs } = await rig.up();
    expect(steps).toEqual([
      "create Collection manual",
      "create Documents manual-documents",
      "create File manual-prices",
      "create RetrievalTest manual-questions",
    ]);
    expect(outputs["manualRecall"]?.value).toBe(1);
    expect((outputs["manualHits"]?.value as object[])[0]).toEqual({ document: "guide.md", section: "Guide › Linux" });
    expect(outputs["manualAnswer"]?.value).toEqual(expect.any(String));
  });

  it("writes nothing as long as nothing changes; only the model is asked, by the program", async () => {
    const { steps } = await rig.up();
    expect(steps).toEqual([]);
    expect(rig.writes()).toEqual(["createRagChatCompletion"]);
  });

  it("embeds only what changed, and asks the questions again", async () => {
    write({ "guide.md": GUIDE.replace("Run the installer.", "Use winget."), "cats.md": "Cats are fed at noon." });
    const { steps } = await rig.up();
    expect(steps).toEqual(["update Documents manual-documents", "update RetrievalTest manual-questions"]);
    expect(rig.calls().filter((call) => call === "addItem")).toHaveLength(1);
  });

  it("does not deploy once a question is not answered any more, and says what came instead", async () => {
    write({
      "guide.md": GUIDE.replace("Linux", "Unix").replace("Install it with apt.", "Not written yet."),
      "cats.md": "Cats are fed at noon.",
    });
    const failure = await failureOf(rig.up());
    expect(failure.run.errors.join("\n")).toMatch(
      /FAIL {2}How do I install it on Linux\? {2}expected in top 1: guide\.md › Linux; no item is called so, instead: guide\.md › Guide/u,
    );
    write({ "guide.md": GUIDE, "cats.md": "Cats are fed at noon." });
    await rig.up();
  });

  it("keeps its content under another name where an alias says so", async () => {
    declare({
      handbook: {
        ...base({ files: { prices: { source: join(rig.folder, "prices.csv") } } }),
        options: { aliases: [{ name: "manual" }] },
      },
    });
    const { steps } = await rig.up();
    expect(steps.filter((step) => !step.startsWith("update RetrievalTest"))).toEqual([
      "update Documents handbook-documents",
    ]);
    expect(new Set(rig.writes())).toEqual(new Set(["updateItem"]));
  });

  it("stands beside another one in the same stack", async () => {
    write({ "guide.md": GUIDE, "cats.md": "Cats are fed at noon." });
    declare({
      handbook: {
        ...base({ files: { prices: { source: join(rig.folder, "prices.csv") } } }),
        options: { aliases: [{ name: "manual" }] },
      },
      other: base({ name: "Other" }),
    });
    const { steps } = await rig.up();
    expect(steps).toEqual([
      "create Collection other",
      "create Documents other-documents",
      "create RetrievalTest other-questions",
    ]);
    expect((await rig.items("other")).length).toBe((await rig.items("manual")).length - 1);
  });

  it("hands protection on to its parts, which then are not deleted", async () => {
    declare({ handbook: { ...base(), options: { aliases: [{ name: "manual" }], protect: true } } });
    await rig.up();
    expect(
      Object.entries(rig.state())
        .filter(([, { type }]) => !type.endsWith("RetrievalTest"))
        .every(([, resource]) => (resource as { protect?: boolean }).protect),
    ).toBe(true);
    await failureOf(rig.destroy());
    expect(await rig.collections()).toHaveLength(1);
    declare({ handbook: { ...base(), options: { aliases: [{ name: "manual" }] } } });
    await rig.up();
  });

  it("is deleted with all that is in it, chunk by chunk, so that nothing is forgotten where the collection stays", async () => {
    await rig.destroy();
    expect(rig.writes().at(-1)).toBe("deleteCollection");
    expect(await rig.collections()).toEqual([]);
  });

  it("is made in the account of an explicit provider, and searched there", async () => {
    const emulator = await startEmulator({ embeddings: "light" });
    try {
      declare(
        { manual: { ...base(), ask: "How do I install it on Linux?" } },
        { apiKey: emulator.key, baseUrl: emulator.url },
      );
      const { outputs } = await rig.up();
      expect((outputs["manualHits"]?.value as object[])[0]).toMatchObject({ document: "guide.md" });
      expect(rig.calls()).toEqual([]);
      expect(emulator.journal.map(({ operation }) => operation)).toContain("addItem");
      await rig.destroy();
    } finally {
      await emulator.close();
    }
  });
});
