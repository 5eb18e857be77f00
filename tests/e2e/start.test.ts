import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "../../local/emulator/index.js";
import { runCommand, type Ended } from "../support/command.js";
import { onEachEngine } from "../support/engines.js";
import { EACH_KIND, writeEachKind } from "../support/kinds.js";
import { copyProject } from "../support/project-copy.js";
import { filesWith } from "../support/traces.js";

const DOCUMENTS = {
  "watering.md":
    "# Watering\n\n## When\n\nWater tomatoes early in the morning.\n\n## How much\n\nFour litres for each plant.\n",
  "pests/slugs.md": "# Slugs\n\nCollect slugs after dusk, by the light of a torch.\n",
  "tools.txt": "The spade and the rake stand in the shed.\n",
};

/** What lies around on a user's machine and must not be touched: nothing answers there, and none of it exists. */
const LYING_AROUND = {
  VULTR_INFERENCE_API_KEY: "a-key-that-costs-money",
  VULTR_INFERENCE_BASE_URL: "http://127.0.0.1:1/v1",
  PULUMI_BACKEND_URL: "file:///nowhere/at/all",
  PULUMI_HOME: "/nowhere/at/all",
  PULUMI_CONFIG_PASSPHRASE: "somebody's own",
  CI: "true",
};

onEachEngine("npm start", (engine) => {
  const project = copyProject();
  const documents = join(project.folder, "garden");
  afterAll(() => project.remove());

  const start = (...args: string[]): Promise<Ended> =>
    runCommand(process.execPath, ["cli/start.mjs", ...args], project.folder, { ...LYING_AROUND, PATH: engine.path() });

  async function succeeds(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await start(...args);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout + stderr).not.toContain("Undefined value");
    expect(stdout + stderr).not.toContain(LYING_AROUND.VULTR_INFERENCE_API_KEY);
    return stdout;
  }

  function write(name: string, text: string): void {
    mkdirSync(join(documents, name, ".."), { recursive: true });
    writeFileSync(join(documents, name), text);
  }

  /** Works on what the emulator of `npm start` has stored, as somebody else would through the API. */
  async function behindTheBack<T>(
    work: (
      ask: (
        method: string,
        path: string,
      ) => Promise<Record<string, { id: string; name: string; description: string }[]>>,
    ) => Promise<T>,
  ): Promise<T> {
    const emulator = await startEmulator({ dataDir: join(project.folder, ".local/emulator"), embeddings: "light" });
    try {
      return await work(async (method, path) => {
        const response = await fetch(emulator.url + path, {
          method,
          headers: { authorization: `Bearer ${emulator.key}` },
        });
        return method === "GET" ? ((await response.json()) as never) : {};
      });
    } finally {
      await emulator.close();
    }
  }

  const done = (output: string): string | undefined => output.trimEnd().split("\n").at(-1);
  const stepsIn = (output: string): string[] =>
    output
      .split("\n")
      .flatMap(
        (line) =>
          /^ {2}([+~±-] (?:created|changed|replaced|deleted) .*)$/u.exec(line)?.[1]?.replaceAll(/\s+/gu, " ") ?? [],
      );

  it("deploys this project's own docs, and answers questions from them", async () => {
    const output = await succeeds();
    const [first, second, third] = output.split("\n");
    expect(first).toMatch(engine.name === "local engine" ? /^Engine: +local engine/u : /^Engine: +Pulumi CLI \d/u);
    expect(second).toMatch(/^API: +emulator on this machine, http:\/\/127\.0\.0\.1:\d+\/v1/u);
    expect(third).toBe(`State:  ${project.folder}/.local/state, stack local-own-docs`);
    expect(output).toMatch(/^ {2}\+ created +Collection knowledge-base$/mu);
    expect(output).toMatch(
      /^ {2}\d+ documents to upload: \d+ chunks, about [\d,]+ tokens to embed\n {2}\+ [\w-]+\.md {2}\d+ chunks?, [\d,]+ tokens$/mu,
    );
    expect(stepsIn(output).sort()).toEqual([
      "+ created Collection knowledge-base",
      "+ created Documents knowledge-base-documents",
      "+ created KnowledgeBase knowledge-base",
      "+ created RetrievalTest knowledge-base-questions",
    ]);
    expect(done(output)).toBe("Done: 4 created, 0 changed, 0 unchanged.");

    const answers = [...output.matchAll(/^\? (.+)\n {2}1 {2}(.+)\n {5}(.+)$/gmu)];
    expect(answers.length).toBeGreaterThanOrEqual(2);
    for (const [, question, document, snippet] of answers) {
      expect(question).toMatch(/\?$/u);
      expect(document).toMatch(/^[\w-]+\.md/u);
      expect(snippet).not.toBe("");
    }
  });

  it("keeps everything in one folder that git ignores", () => {
    expect(readdirSync(join(project.folder, ".local")).sort()).toEqual([
      "emulator",
      "home",
      "passphrase",
      "project",
      "state",
    ]);
    expect(readFileSync(join(__dirname, "../../.gitignore"), "utf8")).toMatch(/^\.local\/$/mu);
  });

  it("deploys any folder of documents, as a stack of its own", async () => {
    for (const [name, text] of Object.entries(DOCUMENTS)) write(name, text);
    const output = await succeeds("garden", "When do I water tomatoes?");
    expect(output).toMatch(/stack local-garden-[0-9a-f]{6}$/mu);
    expect(stepsIn(output).sort()).toEqual([
      "+ created Collection knowledge-base",
      "+ created Documents knowledge-base-documents",
      "+ created KnowledgeBase knowledge-base",
    ]);
    for (const line of ["pests/slugs.md  1 chunk", "tools.txt  1 chunk", "watering.md  2 chunks"])
      expect(output).toContain(`  + ${line}, `);
    expect(output).toMatch(
      /^\? When do I water tomatoes\?\n {2}1 {2}watering\.md › Watering › When\n {5}Water tomatoes early in the morning\.\n {2}2 {2}/mu,
    );
    expect(done(output)).toBe("Done: 3 created, 0 changed, 0 unchanged.");
  });

  const onTerminal = existsSync("/usr/bin/script") ? it : it.skip;
  onTerminal("stays up on a terminal with a page and a search to repeat, until Ctrl-C", async () => {
    const child = spawn(
      "script",
      ["--quiet", "--return", "--command", `exec ${process.execPath} cli/start.mjs garden`, "/dev/null"],
      {
        cwd: project.folder,
        env: { ...process.env, ...LYING_AROUND, CI: "", PATH: engine.path() },
        stdio: ["pipe", "pipe", "inherit"],
      },
    );
    let output = "";
    await new Promise<void>((up) => {
      child.stdout.on("data", (data: Buffer) => {
        output += data.toString();
        if (output.includes("until Ctrl-C")) up();
      });
    });
    const [page = ""] = /http:\/\/127\.0\.0\.1:\d+\/#key=\S+?(?=\u001b|\s)/u.exec(output) ?? [];
    expect((await fetch(page)).status).toBe(200);
    const [command = ""] = /curl [^]*?(?=\r?\n\r?\n)/u.exec(output) ?? [];
    expect(command).not.toContain(page.split("=")[1]);
    const { stdout } = await runCommand("bash", ["-c", command.replaceAll("\r", "")], project.folder);
    expect(JSON.parse(stdout)).toMatchObject({
      results: expect.arrayContaining([expect.objectContaining({ id: expect.any(String) as string })]) as object[],
    });
    child.stdin.write("\u0003");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("says a second time that nothing changed", async () => {
    const output = await succeeds("garden");
    expect(stepsIn(output)).toEqual([]);
    expect(done(output)).toBe("Done: 0 created, 0 changed, 3 unchanged.");
  });

  it("embeds what changed in an edited document, shows what was deleted behind its back, and fixes it", async () => {
    write(
      "watering.md",
      DOCUMENTS["watering.md"].replace("early in the morning", "in the evening").replace("Four", "Five"),
    );
    const garden = await behindTheBack(async (ask) => {
      const { collections = [] } = await ask("GET", "/vector_store");
      const garden = collections.find(({ name }) => name.startsWith("garden "))?.id;
      const { items = [] } = await ask("GET", `/vector_store/${garden}/items`);
      const slugs = items.find(({ description }) => description.includes("slugs.md"))?.id;
      await ask("DELETE", `/vector_store/${garden}/items/${slugs}`);
      return garden;
    });
    const output = await succeeds("garden");
    const [refresh = "", deployment = ""] = output.split(/^Deploying$/mu);
    expect(refresh).toContain("  ! pests/slugs.md  1 chunk missing");
    expect(stepsIn(deployment)).toEqual(["~ changed Documents knowledge-base-documents"]);
    expect(deployment).toMatch(/^ {2}~ watering\.md {2}2 of 2 chunks, \d+ tokens: When, How much$/mu);
    expect(done(output)).toBe("Done: 0 created, 1 changed, 2 unchanged.");
    const items = await behindTheBack(async (ask) => (await ask("GET", `/vector_store/${garden}/items`))["items"]);
    expect(items).toHaveLength(4);
  });

  it("leaves nothing of itself in what would be published", async () => {
    const secrets = ["emulator/key", "passphrase"].map((name) =>
      readFileSync(join(project.folder, ".local", name), "utf8").trim(),
    );
    const target = mkdtempSync(join(tmpdir(), "vultr-inference-tarball-"));
    try {
      const packed = await runCommand(
        "npm",
        ["pack", "--ignore-scripts", "--pack-destination", target, "--loglevel=error"],
        project.folder,
      );
      expect(packed).toMatchObject({ code: 0 });
      expect(await runCommand("tar", ["-xf", packed.stdout.trim(), "-C", target], target)).toMatchObject({ code: 0 });
      expect(existsSync(join(target, "package/dist/sdk/index.js"))).toBe(true);
      for (const secret of secrets) {
        expect(filesWith(join(project.folder, ".local"), secret).length).toBeGreaterThan(0);
        expect(filesWith(target, secret)).toEqual([]);
      }
    } finally {
      rmSync(target, { recursive: true, force: true });
    }
  });

  it("takes everything down again", async () => {
    expect(done(await succeeds("--destroy", "garden"))).toBe("Done: 3 deleted; the stack is gone, too.");
    expect(done(await succeeds("--destroy"))).toMatch(/^Done: \d+ deleted; the stack is gone, too\.$/u);
    expect(await behindTheBack((ask) => ask("GET", "/vector_store"))).toEqual({ collections: [] });
    const stacks = join(project.folder, ".local/state/.pulumi/stacks/vultr-inference-quickstart");
    expect(existsSync(stacks) ? readdirSync(stacks).filter((name) => name.endsWith(".json")) : []).toEqual([]);
  });

  it("deploys documents of each kind", async () => {
    const folder = join(project.folder, "bakery");
    writeEachKind(folder);
    const output = await succeeds("bakery");
    for (const name of EACH_KIND) expect(output).toContain(`  + ${name}  1 chunk, `);
  });

  it("kept to its own folder all the time", () => {
    expect(existsSync("/nowhere")).toBe(false);
  });
});

describe("npm start, told something wrong, says so in one sentence:", () => {
  const project = copyProject();
  afterAll(() => project.remove());

  it.each<[string, string[], RegExp]>([
    [
      "a folder that does not exist",
      ["nowhere"],
      /^"nowhere" does not exist\. Name the folder of your documents: npm start -- <folder>\n$/u,
    ],
    ["a file", ["package.json"], /^"package\.json" is a file\. Put the document into a folder of its own.*\n$/u],
    ["a folder without documents", ["empty"], /empty" has no document that can be read\. It is empty, .*\n$/u],
    ["a folder of pictures", ["pictures"], /has no document .* is of other kinds: \.gif\. Name a folder with .*\n$/u],
    ["the live API without a key", ["--live"], /^--live needs .* VULTR_INFERENCE_API_KEY\.\n$/u],
    [
      "an option that does not exist",
      ["--destory"],
      /^error: unknown option '--destory'\n\(Did you mean --destroy\?\)\n$/u,
    ],
  ])("%s", async (_what, args, message) => {
    for (const folder of ["empty", "pictures"]) mkdirSync(join(project.folder, folder), { recursive: true });
    writeFileSync(join(project.folder, "pictures/a.gif"), "GIF89a\0\0");
    const { code, stderr, stdout } = await runCommand(process.execPath, ["cli/start.mjs", ...args], project.folder);
    expect(stderr).toMatch(message);
    expect(stdout).not.toMatch(/^\s+at /mu);
    expect(code).toBe(1);
    expect(existsSync(join(project.folder, ".local/state"))).toBe(false);
  });
});
