import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { onEachEngine } from "../support/engines.js";
import { failureOf, type Run, type RunFailed } from "../support/run.js";
import { setSecret } from "../support/secret-config.js";
import { PASSPHRASE, Rig } from "../support/stack.js";
import { filesWith, spellings, watchArguments } from "../support/traces.js";

/** Recognizable, and full of characters that a header may hold but a pattern, a shell, JSON or YAML could trip over. */
const CANARY = `canary-7f3Qx9LmZ2-(a|b)*$^.?{1}[q]\\d+"'%20&<>#:;=`;
const WITHOUT_RETRIES = { VULTR_INFERENCE_MAX_RETRIES: "0", VULTR_INFERENCE_LOG: "debug" };
const DECLARED = {
  collections: { kb: { name: "kb" } },
  items: { note: { in: "kb", content: "A note." } },
  searches: { found: { in: "kb", input: "note", dependsOn: ["note"] } },
};

onEachEngine("The API key", (engine) => {
  describe.each(["environment", "stack configuration"])("given by %s", (way) => {
    let rig: Rig;
    let watched: { stop: () => string };
    const shown: string[] = [];
    const keep = (run: Run): Run => (
      shown.push(run.printed, inspect(run, { depth: 12, maxArrayLength: null, maxStringLength: null })), run
    );

    beforeAll(async () => {
      watched = watchArguments();
      const key = way === "environment" ? CANARY : undefined;
      rig = await Rig.start(engine, {
        emulator: { key: CANARY },
        environment: { ...WITHOUT_RETRIES, VULTR_INFERENCE_API_KEY: key },
      });
      mkdirSync(join(rig.folder, "tmp"));
      rig.environment({ TMPDIR: join(rig.folder, "tmp") });
      if (key === undefined)
        setSecret(join(rig.folder, "project/Pulumi.test.yaml"), PASSPHRASE, "vultr-inference:apiKey", CANARY);
    });
    afterAll(async () => {
      watched.stop();
      await rig.close();
    });

    async function fails(operation: Promise<Run>): Promise<RunFailed> {
      const failure = await failureOf(operation);
      keep(failure.run);
      shown.push(failure.said, inspect(failure, { depth: 12, showHidden: true }));
      return failure;
    }

    it("is what deploys and refreshes", async () => {
      expect(keep(await rig.up(DECLARED)).steps).toEqual(["create Collection kb", "create Item note"]);
      expect(keep(await rig.refresh()).steps).toEqual([]);
      keep(await rig.preview({ ...DECLARED, items: { note: { in: "kb", content: "Another note." } } }));
    });

    it.each<[string, Parameters<Rig["emulator"]["faults"]["add"]>[0], RegExp]>([
      ["401", { status: 401, body: { message: `No such key: ${CANARY}` } }, /401/u],
      [
        "422 that repeats it",
        { status: 422, body: { error: { code: 422, message: `Invalid API key: Bearer ${CANARY}`, type: "auth" } } },
        /422/u,
      ],
      ["500 in plain text that repeats it", { status: 500, body: `Trace: Authorization: Bearer ${CANARY}` }, /500/u],
      ["connection that breaks", { reset: true }, /broke/u],
    ])("is not told by a failure: %s", async (_what, fault, message) => {
      rig.emulator.faults.add(fault);
      const renamed = { ...DECLARED, collections: { kb: { name: "renamed" } }, searches: {} };
      expect((await fails(rig.up(renamed))).said).toMatch(message);
      rig.emulator.faults.clear();
    });

    it("is what destroys", async () => {
      rig.declare(DECLARED);
      expect(keep(await rig.destroy()).steps).toEqual(["delete Collection kb", "delete Item note"]);
    });

    it("was not to be found in anything that was printed, reported or thrown", () => {
      const all = shown.join("\n");
      expect(all).toContain("create Collection kb");
      expect(spellings(CANARY).filter((word) => all.includes(word))).toEqual([]);
    });

    it("was not to be found in any file: state, backups, history, settings, home, temporary files", () => {
      expect(filesWith(rig.folder, "A note.").length).toBeGreaterThan(0);
      expect(filesWith(rig.folder, CANARY)).toEqual([]);
    });

    const onLinux = process.platform === "linux" ? it : it.skip;
    onLinux("was not to be found in the arguments of any process", () => {
      const args = watched.stop();
      expect(args).toContain("pulumi");
      expect(spellings(CANARY).filter((word) => args.includes(word))).toEqual([]);
    });
  });
});
