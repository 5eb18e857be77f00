import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onEachEngine } from "../support/engines.js";
import { failureOf, type RunFailed } from "../support/run.js";
import { Rig } from "../support/stack.js";

const DOCUMENTS = 120;
const CONCURRENCY = 4;

onEachEngine("A run that is interrupted", (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start(engine, {
      emulator: { latencyMs: 40, ingestionStageMs: 3_600_000 },
      environment: { VULTR_INFERENCE_CONCURRENCY: String(CONCURRENCY) },
    });
    mkdirSync(join(rig.folder, "docs"));
    for (let index = 0; index < DOCUMENTS; index++)
      writeFileSync(join(rig.folder, "docs", `${index}.md`), `The document number ${index}.`);
  });
  afterAll(() => rig.close());

  const done = (operation: string): number =>
    rig.emulator.journal.filter((entry) => entry.operation === operation).length;

  /**
   * Interrupts a run, as Ctrl-C does, once the API has got so many requests.
   *
   * @returns how it ended, and how many requests there were.
   */
  async function interruptedAt(
    count: number,
    operation: string,
    begin: (signal: AbortSignal) => Promise<unknown>,
  ): Promise<{ failure: RunFailed; requests: number }> {
    const controller = new AbortController();
    rig.emulator.journal.clear();
    const run = { isOver: false };
    const failure = failureOf(begin(controller.signal)).finally(() => (run.isOver = true));
    while (done(operation) < count && !run.isOver) await sleep(5);
    controller.abort();
    return { failure: await failure, requests: done(operation) };
  }

  const collections = { kb: { name: "kb" } };
  const source = (): object => ({
    documents: { docs: { in: "kb", source: join(rig.folder, "docs"), maxDeletePercent: 100 } },
  });
  /** What may be under way while the interruption is on its way to the provider. */
  const FEW = DOCUMENTS / 2;

  it("ends an upload after the requests under way, keeps what is done, and the next up does the rest and nothing twice", async () => {
    await rig.up({ collections });
    const { failure, requests } = await interruptedAt(8, "addItem", (signal) =>
      rig.up({ collections, ...source() }, { signal }),
    );
    expect(requests).toBeLessThan(FEW);
    expect(failure.run.errors.join("\n")).toMatch(
      new RegExp(`Interrupted: \\d+ of ${DOCUMENTS} chunks are done, and nothing was deleted`, "u"),
    );
    expect(rig.stored("docs").initErrors).toHaveLength(1);
    expect(rig.stored("docs").outputs["chunkCount"]).toBe((await rig.items("kb")).length);
    await rig.up();
    expect(rig.writes().filter((operation) => operation === "addItem")).toHaveLength(DOCUMENTS - requests);
    expect(await rig.items("kb")).toHaveLength(DOCUMENTS);
    expect(rig.stored("docs").initErrors ?? []).toEqual([]);
  });

  it("waits no longer for the ingestion of a file, or for an index that lags behind, and keeps the file", async () => {
    const more = {
      files: { f: { in: "kb", source: { text: "A file." }, filename: "f.txt" } },
      tests: { t: { in: "kb", deadlineSeconds: 3600, cases: [{ query: "x", expect: { document: "no.md" } }] } },
    };
    const { failure } = await interruptedAt(2, "getFile", (signal) =>
      rig.up({ collections, ...source(), ...more }, { signal }),
    );
    expect(failure.run.errors.join("\n")).toMatch(
      /f\.txt.*was uploaded, but its ingestion status could not be read: The run was interrupted/u,
    );
    expect(rig.stored("f").id).toMatch(/^kb\//u);
    expect(rig.state()).not.toHaveProperty("t");
  });

  it("ends a deletion after the requests under way, and the next destroy does the rest", async () => {
    const { requests } = await interruptedAt(8, "deleteItem", (signal) => rig.destroy({ signal }));
    expect(requests).toBeLessThan(FEW);
    expect(rig.stored("docs").id).toMatch(/^kb\//u);
    await rig.destroy();
    expect(await rig.collections()).toEqual([]);
  });
});
