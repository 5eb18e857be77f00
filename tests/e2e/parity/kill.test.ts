import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Declared, Phase } from "./play.js";
import { local, LOCAL_COMMAND } from "./engines.js";
import { hosted } from "./inline.js";
import { Stage } from "./play.js";

/** How many moments to try for each of three commands; set KILLS for a longer or shorter run. */
const KILLS = Number(process.env["KILLS"] ?? 5);
const LATENCY_MS = 40;
const THINGS = 6;

const chain: Declared = {
  resources: Array.from({ length: THINGS }, (_, index) => ({
    name: `r${index}`,
    props: { value: index < 2 ? "first" : { $ref: `r${index - 2}.shout` }, key: "k" },
  })),
};

/** Shares of the way through a command, spread evenly and the same in every run of the tests. */
const moments = Array.from({ length: KILLS }, (_, index) => ((index + 1) * 0.618034) % 1);

/** How often the provider was called since the log was removed. */
function calls(stage: Stage): number {
  const log = join(stage.world, "calls.log");
  return existsSync(log) ? readFileSync(log, "utf8").split("\n").length - 1 : 0;
}

/**
 * Runs a command and kills it in the middle: after a share of the provider's calls and of the time that a call takes.
 * Most of a command's time goes by before the first call, where a kill meets nothing.
 */
function killed(stage: Stage, command: string, moment: number): Promise<void> {
  rmSync(join(stage.world, "calls.log"), { force: true });
  const env = { ...stage.env, PATH: process.env["PATH"], PARITY_LATENCY: String(LATENCY_MS) };
  const child = spawn(LOCAL_COMMAND, [command, "--yes", "--skip-preview"], {
    cwd: stage.program,
    env,
    stdio: "ignore",
  });
  const after = moment * 2 * THINGS;
  const kill = (): void => void child.kill("SIGKILL");
  const watch = setInterval(() => {
    if (calls(stage) < Math.floor(after)) return;
    clearInterval(watch);
    setTimeout(kill, (after % 1) * LATENCY_MS);
  }, 2);
  return new Promise((done) => {
    child.once("close", () => {
      clearInterval(watch);
      done();
    });
  });
}

interface Known {
  readonly resources: readonly {
    readonly urn: string;
    readonly id?: string;
    readonly type: string;
    readonly dependencies?: readonly string[];
  }[];
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

/** Dependencies that do not stand before the resource that has them. */
function misplaced(stage: Stage): string[] {
  const { resources } = known(stage);
  const before = (index: number): string[] => resources.slice(0, index).map(({ urn }) => urn);
  return resources.flatMap(({ dependencies = [] }, index) =>
    dependencies.filter((urn) => !before(index).includes(urn)),
  );
}

/** Objects that neither the state nor its pending operations name. */
function orphans(stage: Stage): string[] {
  const { resources, pending } = known(stage);
  const ids = new Set(resources.map(({ id }) => id));
  return stage.objects().filter((id) => !ids.has(id) && !pending.includes(id.split(".")[0] ?? ""));
}

describe("an engine that is killed", () => {
  it.each(["up", "refresh", "destroy"] as const)(
    "during %s leaves a state from which the next run goes on",
    async (command) => {
      const stage = new Stage(local);
      const host = await hosted(stage.declared);
      const play = (phase: Phase): ReturnType<Stage["play"]> => stage.play(phase, host.address);
      try {
        await stage.init();
        stage.prepare({ run: "up", declares: chain });
        if (command !== "up") expect((await play({ run: "up" })).exit).toBe(0);
        for (const moment of moments) {
          await killed(stage, command, moment);
          expect((await stage.run("stack", "export")).exit).toBe(0);
          expect(misplaced(stage)).toEqual([]);
          expect((await play({ run: "up" })).exit).toBe(0);
          expect(orphans(stage)).toEqual([]);
          expect(known(stage).resources.filter(({ type }) => type.endsWith(":Thing"))).toHaveLength(THINGS);
          if (command === "up") expect((await play({ run: "destroy" })).exit).toBe(0);
        }
        expect((await play({ run: "up" })).exit).toBe(0);
        expect((await play({ run: "up", flags: ["--expect-no-changes"] })).exit).toBe(0);
      } finally {
        host.close();
        stage.remove();
      }
    },
    3_600_000,
  );

  it("lets running steps finish when it is interrupted instead, and says that it was", async () => {
    const stage = new Stage(local);
    try {
      await stage.init();
      stage.prepare({ run: "up", declares: chain });
      const env = { ...stage.env, PATH: process.env["PATH"], PARITY_LATENCY: "300" };
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
