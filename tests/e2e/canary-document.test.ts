import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { onEachEngine } from "../support/engines.js";
import { failureOf, type Run } from "../support/run.js";
import { Rig, type Declaration } from "../support/stack.js";
import { filesWith, spellings, watchArguments } from "../support/traces.js";

/** A sentence that is cut into no chunks, so that each of them would be found. */
const CANARY = "The vault's combination is 37-11-52-canary.";
const NAME = "vault-canary-name.md";

onEachEngine("A document that is secret", (engine) => {
  let rig: Rig;
  let watched: { stop: () => string };
  const shown: string[] = [];
  const declaration = (content: string): Declaration => ({
    collections: { kb: { name: "kb" } },
    documents: {
      manual: { in: "kb", source: { secret: { texts: [{ name: NAME, text: `# Vault\n\n${content}\n` }] } } },
    },
    items: { note: { in: "kb", content: { secret: content } } },
    files: {
      upload: {
        in: "kb",
        source: { secret: rig.file("upload.md", `${content} In a file.`) },
        filename: { secret: NAME },
      },
    },
    tests: {
      asked: {
        in: "kb",
        dependsOn: ["manual", "note", "upload"],
        cases: { secret: [{ query: content, expect: { document: NAME, text: "nothing of it" } }] },
        onFailure: "warn",
        deadlineSeconds: 0,
      },
    },
    searches: { found: { in: "kb", input: content, dependsOn: ["note", "upload"] } },
  });
  const keep = (run: Run): Run => {
    // Debug messages are the SDK's own account of its calls, and shown to nobody who has not asked for them.
    const events = run.events.filter(
      ({ diagnosticEvent }) => (diagnosticEvent?.severity as string | undefined) !== "debug",
    );
    // The Automation API hands secret outputs to its caller, marked as such.
    const outputs = Object.entries(run.outputs).filter(([, { secret }]) => !secret);
    shown.push(
      run.printed,
      inspect({ ...run, events, outputs }, { depth: 12, maxArrayLength: null, maxStringLength: null }),
    );
    return run;
  };

  beforeAll(async () => {
    watched = watchArguments();
    rig = await Rig.start(engine, { environment: { VULTR_INFERENCE_MAX_RETRIES: "0", VULTR_INFERENCE_LOG: "debug" } });
    mkdirSync(join(rig.folder, "tmp"));
    rig.environment({ TMPDIR: join(rig.folder, "tmp") });
  });
  afterAll(async () => {
    watched.stop();
    await rig.close();
  });

  it("is what deploys, changes, refreshes and drifts", async () => {
    keep(await rig.up(declaration(CANARY)));
    expect(
      (await rig.items("kb")).map(({ content }) => content).filter((content) => content.includes(CANARY)),
    ).toHaveLength(3);
    keep(await rig.preview(declaration(`${CANARY} It was changed.`)));
    keep(await rig.up(declaration(`${CANARY} It was changed.`)));
    keep(await rig.refresh());
  });

  it.each<[string, Parameters<Rig["emulator"]["faults"]["add"]>[0]]>([
    [
      "422 that repeats it",
      {
        operation: "addItem",
        status: 422,
        body: { error: { message: `Not acceptable: ${CANARY}`, code: 422, type: "content" } },
      },
    ],
    [
      "500 in plain text that repeats it",
      { operation: "addItem", status: 500, body: `Trace: {"content":"${CANARY}"}` },
    ],
    ["connection that breaks", { operation: "addItem", reset: true }],
  ])("is not told by a failure: %s", async (_what, fault) => {
    rig.emulator.faults.add(fault);
    const failure = await failureOf(rig.up(declaration(`${CANARY} And again.`)));
    keep(failure.run);
    shown.push(failure.said, inspect(failure.message, { showHidden: true }));
    rig.emulator.faults.clear();
  });

  it("was not to be found in anything that was printed, reported or thrown, nor in what the emulator notes", () => {
    const all = `${shown.join("\n")}${JSON.stringify(rig.emulator.journal)}`;
    expect(all).toContain("manual");
    expect([...spellings(CANARY), ...spellings(NAME)].filter((word) => all.includes(word))).toEqual([]);
  });

  it("was not to be found in any file: state, backups, history, temporary files", () => {
    rig.declare({});
    rmSync(join(rig.folder, "upload.md"));
    expect(filesWith(rig.folder, "e2e-kb").length + filesWith(rig.folder, "manual").length).toBeGreaterThan(0);
    expect(filesWith(rig.folder, CANARY)).toEqual([]);
    expect(filesWith(rig.folder, NAME)).toEqual([]);
  });

  const onLinux = process.platform === "linux" ? it : it.skip;
  onLinux("was not to be found in the arguments of any process", () => {
    const args = watched.stop();
    expect([...spellings(CANARY), ...spellings(NAME)].filter((word) => args.includes(word))).toEqual([]);
  });
});
