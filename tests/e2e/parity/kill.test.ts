import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Declared, Phase } from "./play.js";
import { local, LOCAL_COMMAND } from "./engines.js";
import { Stage } from "./play.js";

/** How many moments to try for each command; set KILLS for a long run. */
const KILLS = Number(process.env["KILLS"] ?? 2);

const chain = (length: number): Declared => ({
  resources: Array.from({ length }, (_, index) => ({
    name: `r${index}`,
    props: { value: index < 2 ? "first" : { $ref: `r${index - 2}.shout` }, key: "k" },
  })),
});

/** The same moments in every run of the tests: a share of the time that the command took undisturbed. */
const moments = Array.from({ length: KILLS }, (_, index) => ((index + 1) * 0.618034) % 1);

/** Runs a command and kills it after a while, in the middle of whatever it does. */
function killed(stage: Stage, command: string, afterMs: number): Promise<void> {
  const env = { ...stage.env, PARITY_LATENCY: "40" };
  const child = spawn(LOCAL_COMMAND, [command, "--yes", "--skip-preview"], { cwd: stage.program, env, stdio: "ignore" });
  const timer = setTimeout(() => child.kill("SIGKILL"), afterMs);
  return new Promise((done) => {
    child.once("close", () => {
      clearTimeout(timer);
      done();
    });
  });
}

interface Known {
  readonly resources: readonly { readonly id?: string; readonly type: string }[];
  readonly pending: readonly string[];
}

function known(stage: Stage): Known {
  const text = readFileSync(stage.checkpoint, "utf8");
  const { latest } = (JSON.parse(text) as { checkpoint: { latest: Record<string, unknown> } }).checkpoint;
  const operations = (latest["pending_operations"] ?? []) as { type: string; resource: { urn: string } }[];
  return {
    resources: (latest["resources"] ?? []) as Known["resources"],
    pending: operations.map(({ resource }) => resource.urn.split("::").at(-1) ?? ""),
  };
}

/** Objects that neither the state nor its pending operations name. */
function orphans(stage: Stage): string[] {
  const { resources, pending } = known(stage);
  const ids = new Set(resources.map(({ id }) => id));
  return stage.objects().filter((id) => !ids.has(id) && !pending.includes(id.split(".")[0] ?? ""));
}

async function timed(stage: Stage, phase: Phase): Promise<number> {
  const started = performance.now();
  const { exit } = await stage.play(phase);
  if (exit !== 0) throw new Error(`${phase.run} failed`);
  return performance.now() - started;
}

describe("an engine that is killed", () => {
  it.each(["up", "refresh", "destroy"] as const)("during %s leaves a state from which the next run goes on", async (command) => {
    const stage = new Stage(local);
    try {
      await stage.init();
      const declares = chain(6);
      const duration = await timed(stage, { run: "up", declares });
      if (command === "up") await timed(stage, { run: "destroy" });
      for (const moment of moments) {
        await killed(stage, command, 300 + moment * duration);
        const { exit, state } = await stage.play({ run: "up" });
        expect(exit).toBe(0);
        expect(orphans(stage)).toEqual([]);
        expect(known(stage).resources.filter(({ type }) => type.endsWith(":Thing"))).toHaveLength(6);
        expect((await stage.play({ run: "up" })).state).toEqual(state);
        if (command === "up") await timed(stage, { run: "destroy" });
      }
    } finally {
      stage.remove();
    }
  }, 600_000);

  it("lets running steps finish when it is interrupted instead, and says that it was", async () => {
    const stage = new Stage(local);
    try {
      await stage.init();
      stage.prepare({ run: "up", declares: chain(6) });
      const env = { ...stage.env, PARITY_LATENCY: "300" };
      const child = spawn(LOCAL_COMMAND, ["up", "--yes", "--skip-preview"], { cwd: stage.program, env });
      let printed = "";
      child.stdout.on("data", (data: Buffer) => {
        if (!printed.includes("r0 creating") && data.toString().includes("r0 creating")) child.kill("SIGINT");
        printed += data.toString();
      });
      const exit = await new Promise((done) => child.once("close", done));
      expect(exit).toBe(1);
      expect(printed).toContain("error: update canceled");
      expect(known(stage).pending).toEqual([]);
      expect(orphans(stage)).toEqual([]);
      expect(stage.objects()).toContain("r0.1");
      expect(stage.objects()).not.toContain("r5.1");
    } finally {
      stage.remove();
    }
  });
});
