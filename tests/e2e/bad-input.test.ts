import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { onEachEngine } from "../support/engines.js";
import { ROOT } from "../support/project-copy.js";
import { failureOf, type RunFailed } from "../support/run.js";
import { Rig, type Declaration } from "../support/stack.js";

const STACK_TRACE = /^\s+at .+:\d+:\d+\)?$/mu;

/** The errors of a failed run, without what engines say about the run as a whole. */
function telling({ run }: RunFailed): string[] {
  return run.errors.filter((message) => !/^(update|preview) failed$|resource operation.* failed/iu.test(message));
}

onEachEngine("A setting that is wrong gets one clear message:", (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start(engine, { environment: { VULTR_INFERENCE_MAX_RETRIES: "0" } });
  });
  afterAll(() => rig.close());

  async function message(environment: Record<string, string | undefined>): Promise<string> {
    const before = rig.stack.workspace.envVars;
    rig.environment(environment);
    const failure = await failureOf(rig.up({ collections: { kb: { name: "kb" } } }));
    rig.stack.workspace.envVars = before;
    expect(failure.run.printed).not.toMatch(STACK_TRACE);
    const errors = telling(failure);
    expect(errors).toHaveLength(1);
    rig.emulator.faults.clear();
    expect(await rig.collections()).toEqual([]);
    return errors[0] ?? "";
  }

  it("no key", async () => {
    const said = await message({ VULTR_INFERENCE_API_KEY: undefined });
    expect(said).toMatch(/No API key.*vultr-inference:apiKey.*VULTR_INFERENCE_API_KEY/su);
  });

  it("a wrong key, or the account's", async () => {
    const said = await message({ VULTR_INFERENCE_API_KEY: "the-key-of-the-account" });
    expect(said).toMatch(
      /422 "Invalid API key".*environment variable VULTR_INFERENCE_API_KEY.*key of the inference subscription, not the account's/su,
    );
    expect(said).not.toContain("the-key-of-the-account");
  });

  it("a key that the API turns away with a 401", async () => {
    rig.emulator.faults.add({
      status: 401,
      body: { error: { code: 401, message: "No API key provided", type: "auth" } },
    });
    expect(await message({})).toMatch(/401 "No API key provided".*VULTR_INFERENCE_API_KEY/su);
  });

  it("a base URL without the version path", async () => {
    expect(await message({ VULTR_INFERENCE_BASE_URL: new URL(rig.emulator.url).origin })).toMatch(
      /baseUrl http:\/\/127\.0\.0\.1:\d+ looks wrong.*\/v1/su,
    );
  });

  it("a base URL where a web page answers", async () => {
    rig.emulator.faults.add({ html: true, status: 200 });
    expect(await message({})).toMatch(/baseUrl .* looks wrong/su);
  });

  it("a base URL where nothing listens", async () => {
    expect(await message({ VULTR_INFERENCE_BASE_URL: "http://127.0.0.1:1/v1" })).toMatch(
      /nothing listens at http:\/\/127\.0\.0\.1:1 .*baseUrl/su,
    );
  });

  it("a base URL that is none", async () => {
    expect(await message({ VULTR_INFERENCE_BASE_URL: "vultr" })).toMatch(
      /VULTR_INFERENCE_BASE_URL must be an address such as https:/u,
    );
  });
});

onEachEngine("An input that is wrong gets one clear message:", (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start(engine);
    await rig.up({ collections: { kb: { name: "kb" } } });
  });
  afterAll(() => rig.close());

  const collection = (props: Record<string, unknown>): Declaration => ({
    collections: { kb: { name: "kb" }, bad: props },
  });
  const file = (props: Record<string, unknown>): Declaration => ({
    collections: { kb: { name: "kb" } },
    files: { bad: { in: "kb", ...props } },
  });
  const item = (props: Record<string, unknown>): Declaration => ({
    collections: { kb: { name: "kb" } },
    items: { bad: { in: "kb", ...props } },
  });

  it.each<[string, Declaration, RegExp]>([
    ["a collection without a name", collection({}), /name.* is required/su],
    ["an empty name", collection({ name: " " }), /name.*but is empty/su],
    ["a misspelt name", collection({ nmae: "bad" }), /nmae.*Did you mean "name"/su],
    ["empty content", item({ content: " \n " }), /content.*is empty/su],
    [
      "content over the limit",
      item({ content: "word ".repeat(600) }),
      /content.*too long: at least 600 tokens.*512.*splitText/su,
    ],
    [
      "a misspelt property of an item",
      item({ content: "x", descripton: "y" }),
      /descripton.*Did you mean "description"/su,
    ],
    ["a file that does not exist", file({ source: "nowhere.pdf" }), /source.*does not exist/su],
    ["a folder where a file is expected", file({ source: "." }), /source.*is a folder/su],
    ["a text without a name", file({ source: { text: "x" } }), /filename.*is required/su],
  ])("%s", async (_what, declaration, expected) => {
    const failure = await failureOf(rig.preview(declaration));
    expect(telling(failure).join("\n")).toMatch(expected);
    expect(failure.run.printed).not.toMatch(STACK_TRACE);
    expect(rig.calls().filter((call) => call !== "listCollections")).toEqual([]);
  });

  it("content of 6 MB in a file, and a list of folders", async () => {
    const large = rig.file("large.md", "x".repeat(6_000_000));
    const failures = [
      await failureOf(rig.preview(item({ content: { file: large } }))),
      await failureOf(
        rig.preview({ collections: { kb: { name: "kb" } }, documents: { bad: { in: "kb", source: ["canary"] } } }),
      ),
    ];
    const [ofContent, ofSource] = failures.map((failure) => telling(failure).join("\n"));
    expect(ofContent).toMatch(/content is too long: over 64 KiB/u);
    expect(ofSource).toMatch(/source must be the path of a folder, .* but is a list/u);
    expect(failures.map(({ run }) => run.printed).join("")).not.toMatch(/canary|x{100}|^\s+at .+:\d+:\d+\)?$/mu);
    expect(rig.calls().filter((call) => call !== "listCollections")).toEqual([]);
  });

  it("a new name that another collection has, which the preview warns of", async () => {
    await rig.ask("POST", "/vector_store", { name: "Taken" });
    const { printed } = await rig.preview({ collections: { kb: { name: "taken" } } });
    expect(printed).toMatch(/warning: name: the collection "taken" has the name "Taken" already.*is not renamed/u);
    await rig.ask("DELETE", "/vector_store/taken");
  });

  it("two names that begin alike, in the preview; one like another in use, before anything is made", async () => {
    const kb = { name: "kb" };
    const twins = { collections: { kb, a: { name: "Support Handbook 2025" }, b: { name: "Support Handbook 2026" } } };
    const failure = await failureOf(rig.preview(twins));
    expect(telling(failure).join("\n")).toMatch(/name.*clashes with another collection of this program.*first 14/su);
    expect(failure.run.printed).not.toMatch(STACK_TRACE);

    await rig.ask("POST", "/vector_store", { name: "Support Handbook 2024" });
    const like = { collections: { kb, a: { name: "Support Handbook 2025" } }, items: { i: { in: "a", content: "x" } } };
    expect((await rig.preview(like)).printed).toMatch(
      /warning: The API may refuse the name "Support Handbook 2025": the collection "supporthandboo" exists, .*would do/su,
    );
    const refused = await failureOf(rig.up(like));
    expect(telling(refused).join("\n")).toMatch(
      /"Support Handbook 2024" is in its way.*first 14 letters and digits.*set adopt: /su,
    );
    expect(refused.run.printed).not.toMatch(STACK_TRACE);
    expect(await rig.collections()).toHaveLength(2);
    expect(await rig.items("supporthandbook2024".slice(0, 14))).toEqual([]);
    await rig.ask("DELETE", `/vector_store/${"supporthandbook2024".slice(0, 14)}`);
  });

  it("a chunk that only the API finds too long, which is split smaller, and told", async () => {
    const declared = {
      collections: { kb: { name: "kb" } },
      documents: {
        docs: { in: "kb", source: { texts: [{ name: "a.md", text: "One sentence of many. ".repeat(60) }] } },
      },
    };
    const message = "Maximum sequence length exceeded: 600 > 512 tokens";
    rig.emulator.faults.add({ operation: "addItem", nth: [1], status: 422, body: { detail: message } });
    const { printed } = await rig.up(declared);
    expect(printed).toMatch(/The API refused 1 chunk of \.md documents as too long: it was split smaller/u);
    expect((await rig.items("kb")).length).toBeGreaterThan(1);
    await rig.up({ collections: { kb: { name: "kb" } } });
  });

  it("content that only the API finds over the limit", async () => {
    const failure = await failureOf(
      rig.up(item({ content: "Donaudampfschifffahrtsgesellschaftskapitän, ".repeat(200) })),
    );
    expect(telling(failure).join("\n")).toMatch(/add an? item.*422 "Maximum sequence length exceeded.*512 tokens/su);
    expect(telling(failure).join("\n")).not.toContain("Donaudampf");
    expect(failure.run.printed).not.toMatch(STACK_TRACE);
    expect(await rig.items("kb")).toEqual([]);
  });

  it("an empty question", async () => {
    const failure = await failureOf(
      rig.up({ collections: { kb: { name: "kb" } }, searches: { found: { in: "kb", input: " " } } }),
    );
    expect(failure.run.printed).toMatch(/search: input .* is empty/u);
    expect(failure.run.printed).not.toMatch(STACK_TRACE);
  });

  it("a passphrase that is not the stack's", async () => {
    const before = rig.stack.workspace.envVars;
    rig.environment({ PULUMI_CONFIG_PASSPHRASE: "another" });
    const failure = await failureOf(rig.up({ collections: { kb: { name: "kb" } } }));
    rig.stack.workspace.envVars = before;
    expect(failure.said).toMatch(/incorrect passphrase/iu);
    expect(failure.run.printed).not.toMatch(STACK_TRACE);
  });

  it("a state that another run holds", async () => {
    const locks = join(rig.folder, "state/.pulumi/locks/organization/e2e/test");
    mkdirSync(locks, { recursive: true });
    const holder = {
      pid: process.pid,
      username: userInfo().username,
      hostname: hostname(),
      timestamp: new Date().toISOString(),
    };
    const lock = join(locks, "5f2d9a0c-3d3a-4c39-8a37-64f0e1c1f0aa.json");
    writeFileSync(lock, JSON.stringify(holder));
    const failure = await failureOf(rig.up({ collections: { kb: { name: "kb" } } }));
    rmSync(lock);
    expect(failure.said).toMatch(/the stack is currently locked by 1 lock\(s\)/u);
    expect(failure.said).toContain(`pid ${process.pid}`);
    expect(failure.run.printed).not.toMatch(STACK_TRACE);
    expect(readdirSync(locks)).toEqual([]);
  });

  it("a collection that was deleted by hand, which --refresh makes again", async () => {
    await rig.ask("DELETE", "/vector_store/kb");
    const gone =
      /collection "kb" does not exist.*If this stack has made it, and it was deleted since, run "pulumi up --refresh"/su;
    const failure = await failureOf(
      rig.up({
        ...item({ content: "x" }),
        documents: { docs: { in: "kb", source: { texts: [{ name: "a", text: "A" }] } } },
      }),
    );
    for (const said of telling(failure)) expect(said).toMatch(gone);
    expect(telling(failure)).toHaveLength(2);
    expect(
      (
        await failureOf(
          rig.preview({ collections: { kb: { name: "kb" } }, searches: { found: { in: "kb", input: "x" } } }),
        )
      ).run.printed,
    ).toMatch(gone);
    expect(failure.run.printed).not.toMatch(STACK_TRACE);
  });
});

onEachEngine("A program that has the package by way of a library alone", (engine) => {
  // The engine looks for the package for dynamic resources alone.
  (engine.isNative ? it.skip : it)("is told what to add where, and makes nothing", async () => {
    const folder = mkdtempSync(join(tmpdir(), "vultr-inference-workspace-"));
    const link = (to: string, path: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      symlinkSync(to, join(folder, path));
    };
    link(join(ROOT, "node_modules/@pulumi"), "app/node_modules/@pulumi");
    link(ROOT, "library/node_modules/pulumi-vultr-inference");
    writeFileSync(
      join(folder, "library/index.js"),
      'exports.make = (name) => new (require("pulumi-vultr-inference").Collection)(name, { name });',
    );
    writeFileSync(join(folder, "app/package.json"), '{ "name": "app", "private": true, "main": "index.js" }');
    writeFileSync(join(folder, "app/index.js"), 'require("../library").make("kb");');
    const rig = await Rig.start(engine, { program: join(folder, "app") });
    try {
      const { run } = await failureOf(rig.preview());
      expect(run.printed).toMatch(
        /Collection "kb": the engine looks for the package pulumi-vultr-inference from the program's folder, \S+app, and does not find it.*Add it to the dependencies in the package\.json of the program/u,
      );
      expect(run.printed).not.toMatch(STACK_TRACE);
    } finally {
      await rig.close();
      rmSync(folder, { recursive: true });
    }
  });
});
