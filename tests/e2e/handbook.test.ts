import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { docx, pdf } from "../local/emulator/support/documents.js";
import { onEachEngine } from "../support/engines.js";
import { startExample } from "../support/example.js";
import { failureOf } from "../support/run.js";
import type { Rig } from "../support/stack.js";

onEachEngine("The example with a handbook of files", (engine) => {
  let rig: Rig;
  let folder: string;
  const write = (name: string, bytes: string | Uint8Array): void => writeFileSync(join(folder, name), bytes);
  const stateOf = (name: string) => rig.stored(name).outputs;

  beforeAll(async () => {
    rig = await startExample(engine, "handbook");
    folder = join(rig.folder, "documents");
    mkdirSync(folder);
    write("bicycles.docx", docx(["Bicycles stand in the cellar, and the key hangs in the kitchen."]));
    write("parking.pdf", pdf("Parking spaces are shared, first come first served."));
    write("holidays.md", "# Holidays\n\nEverybody has 28 days of holiday.\n");
    await rig.stack.setAllConfig({
      folder: { value: folder },
      question: { value: "Where are parking spaces?" },
      wait: { value: "false" },
    });
  });
  afterAll(() => rig.close());

  it("uploads each file, waits for nothing where it is told so, and keeps of the files their hashes alone", async () => {
    const { steps, outputs } = await rig.up();
    expect(steps).toEqual([
      "create Collection handbook",
      "create File bicycles.docx",
      "create File holidays.md",
      "create File parking.pdf",
    ]);
    expect(outputs["items"]?.value).toBe(0);
    expect(stateOf("holidays.md")).toMatchObject({
      status: "enqueued",
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/u),
    });
    // The answer that the program exports may quote a file; the files themselves do not.
    expect(JSON.stringify(rig.state())).not.toContain("28 days");
  });

  it("catches up in a refresh, which is no drift and asks for one list", async () => {
    const { steps } = await rig.refresh();
    expect(steps).toEqual([]);
    expect(rig.calls().filter((operation) => operation === "listFiles")).toHaveLength(1);
    expect(stateOf("holidays.md")).toMatchObject({ status: "completed", items: 1, tokens: expect.any(Number) });
  });

  it("changes nothing in a second up, though it is to wait now", async () => {
    await rig.stack.setConfig("wait", { value: "true" });
    const { steps, outputs } = await rig.up();
    expect(steps).toEqual([]);
    expect(rig.writes()).toEqual([]);
    expect(outputs).toMatchObject({
      items: { value: 3 },
      passage: { value: expect.stringContaining("first come first served") },
    });
  });

  it("fails where a changed file cannot be ingested, and keeps what it has made of it", async () => {
    write("holidays.md", "# Holidays\n\nEverybody has 30 days of holiday.\n");
    rig.emulator.faults.add({ operation: "addFile", ingestion: "failed" });
    const { run } = await failureOf(rig.up());
    rig.emulator.faults.clear();
    expect(run.errors.join("\n")).toMatch(
      /The file "holidays\.md" \(handbook\/\S+\) could not be ingested: A fault on purpose\. Fix the document/u,
    );
    expect(run.printed).not.toMatch(/^\s+at .+:\d+:\d+\)?$/mu);
    expect(rig.stateText()).toContain('"initErrors"');
  });

  it("finds in a refresh what is gone, and what still is not ingested", async () => {
    await rig.ask("DELETE", `/vector_store/${rig.stored("bicycles.docx").id.replace("/", "/files/")}`);
    const { steps } = await rig.refresh();
    expect(steps).toEqual(expect.arrayContaining(["delete File bicycles.docx", "update File holidays.md"]));
  });

  it("fixes both in the next up, replaces what has changed, and says what it waits for", async () => {
    write("parking.pdf", pdf("Parking spaces are for visitors."));
    const { steps, outputs, events } = await rig.up();
    const replaced = (name: string): string[] => [
      `create-replacement File ${name}`,
      `delete-replaced File ${name}`,
      `replace File ${name}`,
    ];
    expect(steps).toEqual(
      expect.arrayContaining(["create File bicycles.docx", ...replaced("holidays.md"), ...replaced("parking.pdf")]),
    );
    expect(outputs["items"]?.value).toBe(3);
    expect((await rig.items("handbook")).map(({ content }) => content).sort()).toEqual([
      expect.stringContaining("30 days"),
      expect.stringContaining("Bicycles"),
      expect.stringContaining("visitors"),
    ]);
    expect(stateOf("holidays.md")).toMatchObject({ status: "completed", items: 1 });
    const passing = events.flatMap(({ diagnosticEvent }) =>
      diagnosticEvent?.ephemeral ? [diagnosticEvent.message] : [],
    );
    expect(passing.join("\n")).toMatch(/parking\.pdf: uploading.*parking\.pdf: ingested/su);
  });

  it("destroys all of it", async () => {
    await rig.destroy();
    expect(await rig.collections()).toEqual([]);
    expect(rig.state()).toEqual({});
  });
});
