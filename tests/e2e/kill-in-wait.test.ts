import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { engineRoot } from "../../local/engine/index.js";
import { onEachEngine, type Engine } from "../support/engines.js";
import { Rig, type Declaration } from "../support/stack.js";

/** Long enough that the engine is killed while the provider waits. */
const WAIT_MS = 6_000;

/** Begins an up outside this process, so that it can be killed. */
function begin(rig: Rig, engine: Engine): ChildProcess {
  const sdk = dirname(require.resolve("@pulumi/pulumi/package.json"));
  return spawn(
    engine.name === "local engine" ? join(engineRoot(), "bin/pulumi") : "pulumi",
    ["up", "--yes", "--skip-preview", "--stack", "test", "--non-interactive"],
    {
      cwd: join(rig.folder, "project"),
      env: { ...process.env, ...rig.stack.workspace.envVars, PATH: [engine.path(), sdk].join(delimiter) },
      stdio: "ignore",
    },
  );
}

/** The provider processes of a stack that are alive, by what stands in their environment. */
function providersOf(rig: Rig): number[] {
  const pids = readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .map(Number);
  return pids.filter((pid) => {
    try {
      return (
        /dynamic-provider|[/]plugin\b/u.test(readFileSync(`/proc/${pid}/cmdline`, "utf8")) &&
        readFileSync(`/proc/${pid}/environ`, "utf8").includes(rig.folder)
      );
    } catch {
      return false;
    }
  });
}

async function until(isSo: () => boolean, seconds: number): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !isSo() && Date.now() < end; ) await sleep(50);
  expect(isSo()).toBe(true);
}

/**
 * Deploys, kills the engine once the API has made what is declared and the provider waits for it, and deploys again.
 */
async function deployTwice(rig: Rig, engine: Engine, declared: Declaration, operation: string): Promise<void> {
  rig.declare(declared);
  rig.emulator.journal.clear();
  const child = begin(rig, engine);
  await until(() => rig.calls().includes(operation), 60);
  await sleep(1_000);
  expect(providersOf(rig)).not.toEqual([]);
  child.kill("SIGKILL");
  await once(child, "exit");
  await until(() => providersOf(rig).length === 0, 10);
  await rig.stack.cancel().catch(() => undefined);
  await rig.up();
}

onEachEngine("An engine that is killed while a creation waits", (engine) => {
  it("leaves no provider process, no second collection, no second file and nothing that a destroy does not find", async () => {
    const rig = await Rig.start(engine, { emulator: { collectionDelayMs: WAIT_MS, ingestionStageMs: WAIT_MS / 2 } });
    try {
      await deployTwice(rig, engine, { collections: { kb: { name: "Handbook" } } }, "createCollection");
      await sleep(WAIT_MS);
      expect(await rig.collections()).toEqual([expect.objectContaining({ name: "Handbook" })]);
      await deployTwice(
        rig,
        engine,
        {
          collections: { kb: { name: "Handbook" } },
          files: { f: { in: "kb", source: { text: "A file." }, filename: "f.txt" } },
        },
        "addFile",
      );
      const { files } = await rig.ask<{ files: { filename: string; status: string }[] }>(
        "GET",
        "/vector_store/handbook/files",
      );
      expect(files).toEqual([expect.objectContaining({ filename: "f.txt", status: "completed" })]);
      expect((await rig.up()).steps).toEqual([]);
      await rig.destroy();
      expect(await rig.collections()).toEqual([]);
    } finally {
      await rig.close();
    }
  });
});
