import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { engineRoot } from "../../local/engine/index.js";
import { onEachEngine } from "../support/engines.js";
import { freePort } from "../support/free-port.js";
import { Rig } from "../support/stack.js";

/** How often something is killed; KILLS=804 for a long run, in which each process is killed 201 times. */
const KILLS = Number(process.env["KILLS"] ?? 4);
const DOCUMENTS = 30;
const CONCURRENCY = 8;
const KEY = "kill";
/** What is killed, and how its processes are known by their command lines. */
const VICTIMS = { program: "cmd/run", provider: "dynamic-provider", engine: undefined, emulator: undefined } as const;
const COMMANDS = ["up", "refresh", "destroy"] as const;
type Victim = keyof typeof VICTIMS;
type Command = (typeof COMMANDS)[number];
const EMULATOR = `require(${JSON.stringify(join(__dirname, "../../dist/local/emulator/index.js"))}).startEmulator({
  port: Number(process.argv[1]), dataDir: process.argv[2], key: ${JSON.stringify(KEY)}, embeddings: "light", latencyMs: 15, log: (line) => process.stdout.write(line + "\\n"),
}).then(() => process.stdout.write("ready\\n"));`;

/** The API in a process of its own, which keeps its data on the disk. */
class Api {
  /** How many chunks were added, in answers that were begun. */
  added = 0;
  #process: ChildProcess | undefined;
  onAdded: () => void = () => undefined;

  constructor(
    readonly port: number,
    private readonly folder: string,
  ) {}

  async start(): Promise<void> {
    const child = spawn(process.execPath, ["-e", EMULATOR, String(this.port), this.folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#process = child;
    await new Promise<void>((ready) => {
      child.stdout.on("data", (data: Buffer) => {
        for (const line of data.toString().split("\n")) {
          if (line === "ready") ready();
          if (!/POST \S*\/items\b.* 20\d|addItem.*20\d/u.test(line)) continue;
          this.added++;
          this.onAdded();
        }
      });
    });
  }

  async kill(): Promise<void> {
    this.#process?.kill("SIGKILL");
    if (this.#process?.exitCode === null && this.#process.signalCode === null) await once(this.#process, "exit");
  }
}

/** Processes that a process has begun, they theirs, and so on, whose command line says this. */
function descendants(pid: number, part: string): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/u.test(entry))) {
    try {
      parents.set(Number(name), Number(/\) \S (\d+)/u.exec(readFileSync(`/proc/${name}/stat`, "utf8"))?.[1]));
    } catch {
      // It has ended by now.
    }
  }
  const isBelow = (one: number | undefined): boolean =>
    one !== undefined && one > 1 && (one === pid || isBelow(parents.get(one)));
  return [...parents.keys()].filter((one) => {
    try {
      return isBelow(one) && readFileSync(`/proc/${one}/cmdline`, "utf8").includes(part);
    } catch {
      return false;
    }
  });
}

/** Each process in turn, each time during another command. The program runs in an up only. */
function plan(round: number): { victim: Victim; command: Command; moment: number } {
  const victims = Object.keys(VICTIMS) as Victim[];
  const turn = round % victims.length;
  const victim = victims[turn] ?? "engine";
  const command =
    victim === "program" ? "up" : (COMMANDS[(Math.floor(round / victims.length) + turn + 1) % COMMANDS.length] ?? "up");
  return { victim, command, moment: (round * 0.618034) % 1 };
}

onEachEngine("Documents of which a deployment is killed", (engine) => {
  it("are there once each after the next one, whatever was killed in whichever command, and hardly anything was " +
    "sent twice", async () => {
    const data = mkdtempSync(join(tmpdir(), "kill-"));
    const api = new Api(await freePort(), data);
    await api.start();
    const url = `http://127.0.0.1:${api.port}/v1`;
    const rig = await Rig.start(engine, {
      environment: {
        VULTR_INFERENCE_BASE_URL: url,
        VULTR_INFERENCE_API_KEY: KEY,
        VULTR_INFERENCE_CONCURRENCY: String(CONCURRENCY),
        VULTR_INFERENCE_MAX_RETRIES: "0",
      },
    });
    const ask = async <T>(path: string): Promise<T> =>
      (await (await fetch(url + path, { headers: { authorization: `Bearer ${KEY}` } })).json()) as T;
    const folder = join(rig.folder, "docs");
    mkdirSync(folder);
    const text = (index: number, round: number): string => `Document ${index} as it was written in round ${round}.`;

    function begin(command: Command): ChildProcess {
      const sdk = dirname(require.resolve("@pulumi/pulumi/package.json"));
      return spawn(
        engine.name === "local engine" ? join(engineRoot(), "bin/pulumi") : "pulumi",
        [command, "--yes", "--skip-preview", "--stack", "test", "--non-interactive"],
        {
          cwd: join(rig.folder, "project"),
          env: { ...process.env, ...rig.stack.workspace.envVars, PATH: [engine.path(), sdk].join(delimiter) },
          stdio: "ignore",
        },
      );
    }

    /** How long a command takes by which nothing is added, in milliseconds. */
    async function lasts(command: Command): Promise<number> {
      const began = performance.now();
      await once(begin(command), "exit");
      return performance.now() - began;
    }

    function kill(victim: Victim, child: ChildProcess): void {
      const part = VICTIMS[victim];
      if (victim === "engine") child.kill("SIGKILL");
      else if (part === undefined) void api.kill();
      else for (const pid of descendants(child.pid ?? 0, part)) process.kill(pid, "SIGKILL");
    }

    try {
      await rig.up({ collections: { kb: { name: "kb" } } });
      rig.declare({
        collections: { kb: { name: "kb" } },
        documents: { docs: { in: "kb", source: folder, maxDeletePercent: 100 } },
      });
      for (let index = 0; index < DOCUMENTS; index++) writeFileSync(join(folder, `${index}.md`), text(index, -1));
      await rig.up();
      const takes = { refresh: await lasts("refresh"), destroy: await lasts("destroy") };
      await rig.up();
      for (let round = 0; round < KILLS; round++) {
        const { victim, command, moment } = plan(round);
        for (let index = 0; index < DOCUMENTS; index++) writeFileSync(join(folder, `${index}.md`), text(index, round));
        const before = api.added;
        const at = Math.floor(moment * (DOCUMENTS - 1)) + 1;
        const child = begin(command);
        const ended = once(child, "exit");
        if (command === "up")
          api.onAdded = () => {
            if (api.added - before === at) kill(victim, child);
          };
        const timer =
          command === "up"
            ? undefined
            : setTimeout(() => {
                kill(victim, child);
              }, moment * takes[command]);
        await ended;
        clearTimeout(timer);
        api.onAdded = () => undefined;
        if (command === "up") expect(api.added - before).toBeGreaterThanOrEqual(at);
        if (victim === "emulator") {
          await api.kill();
          await api.start();
        }
        // The CLI leaves its lock behind.
        if (victim === "engine") await rig.stack.cancel().catch(() => undefined);
        // What a destroy had deleted before it could say so.
        if (command === "destroy") await rig.refresh();
        await rig.up();
        expect(await ask("/vector_store")).toMatchObject({ collections: [{ id: "kb" }] });
        const { items } = await ask<{ items: { id: string }[] }>("/vector_store/kb/items");
        const contents = await Promise.all(
          items.map(
            async ({ id }) => (await ask<{ item: { content: string } }>(`/vector_store/kb/items/${id}`)).item.content,
          ),
        );
        expect(contents.sort()).toEqual(Array.from({ length: DOCUMENTS }, (_, index) => text(index, round)).sort());
        // What was under way when the API died may be there, or be sent again.
        const most = victim === "emulator" ? DOCUMENTS + CONCURRENCY : DOCUMENTS;
        expect([victim, command, round, api.added - before <= most]).toEqual([victim, command, round, true]);
        const sent = api.added;
        expect((await rig.up()).steps).toEqual([]);
        expect(api.added).toBe(sent);
      }
    } finally {
      await api.kill();
      await rig.close();
      rmSync(data, { recursive: true, force: true });
    }
  }, 7_200_000);
});
