import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StackReference } from "@pulumi/pulumi";
import { Collection, Documents, Item } from "../../../sdk/index.js";
import { testStack, TestRunFailed, type TestRun, type TestStack } from "../../../local/testing.js";
import { EACH_KIND, kindsIn, writeEachKind } from "../../support/kinds.js";

const PROGRAM = join(__dirname, "program");

async function failureOf(run: Promise<TestRun>): Promise<TestRunFailed> {
  const failure: unknown = await run.catch((error: unknown) => error);
  if (failure instanceof TestRunFailed) return failure;
  throw new Error("the run was expected to fail");
}

describe("a stack under test", () => {
  let stack: TestStack;
  let greeting = "one";
  let fails = false;
  let documents: string | undefined;
  beforeAll(async () => {
    stack = await testStack(() => {
      const box = new Collection("box", { name: "Box" });
      const item = new Item("note", { collectionId: box.collectionId, content: greeting, description: "A note" });
      if (documents !== undefined) new Documents("docs", { collectionId: box.collectionId, source: documents });
      if (fails) throw new Error("the program is unwell");
      return { id: box.collectionId, item: item.itemId };
    });
  });
  afterAll(() => stack.close());

  it("shows what it would do, does it, and finds nothing to do then", async () => {
    expect((await stack.preview()).steps).toEqual(["create Collection box", "create Item note"]);
    expect(await stack.client.collections.list()).toEqual([]);
    const up = await stack.up();
    expect(up).toMatchObject({
      steps: ["create Collection box", "create Item note"],
      changes: { create: 3 },
      messages: [],
    });
    const note = { id: up.outputs["item"], title: "A note", content: "one" };
    expect(await stack.items(String(up.outputs["id"]))).toEqual([note]);
    expect(await stack.search("Box", "Which one?")).toEqual([note]);
    await expect(stack.items("Bag")).rejects.toThrow(
      /^testStack: no collection has this name or id; there are "Box"\./u,
    );
    expect(await stack.preview()).toMatchObject({ steps: [], changes: { same: 3 }, outputs: up.outputs });
  });

  it("counts a replacement as one step", async () => {
    greeting = "two";
    expect((await stack.up()).steps).toEqual(["replace Item note"]);
  });

  it("tells what a refresh found", async () => {
    const [box] = await stack.client.collections.list();
    await stack.client.collections.update(box?.id ?? "", { name: "Renamed" });
    expect((await stack.refresh()).steps).toEqual(["update Collection box"]);
    expect((await stack.up()).steps).toEqual(["update Collection box"]);
  });

  it("reads documents of each kind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kinds-"));
    writeEachKind(folder);
    documents = folder;
    expect((await stack.up()).steps).toEqual(["create Documents docs"]);
    const items = await stack.items("Box");
    expect(kindsIn(items.map(({ content }) => content))).toEqual(EACH_KIND);
    expect(items[0]).toMatchObject({ title: "A note", content: "two" });
    expect(items.map(({ title }) => title)).toEqual(items.map(({ title }) => title).sort());
    rmSync(folder, { recursive: true });
    documents = undefined;
    expect((await stack.up()).steps).toEqual(["delete Documents docs"]);
  });

  it("says what went wrong, in the program or behind it, and what was done nevertheless", async () => {
    fails = true;
    expect((await failureOf(stack.up())).message).toBe("up failed:\nerror: the program is unwell");
    fails = false;
    greeting = "three";
    stack.emulator.faults.add({ operation: "addItem", status: 422 });
    const { run } = await failureOf(stack.up());
    expect(run.messages.at(-1)).toBe("error: update failed");
    stack.emulator.faults.clear();
  });

  it("lends its ground to another one, which goes before it", async () => {
    const beside = await testStack(() => ({ seen: new StackReference(stack.reference).getOutput("id") }), {
      name: "reader",
      beside: stack,
    });
    expect((await beside.up()).outputs).toEqual({ seen: expect.stringMatching(/^box/u) });
    expect(beside.emulator).toBe(stack.emulator);
    await beside.close();
    expect(await stack.client.collections.list()).toHaveLength(1);
  });
});

it("a folder's program runs in a process of its own, and its folder stays as it was", async () => {
  process.env["VULTR_INFERENCE_API_KEY"] = "a key of the user's";
  const before = readdirSync(PROGRAM);
  let url = "";
  try {
    await using stack = await testStack(PROGRAM, {
      config: { password: { secret: "hush" } },
      environment: { FLAVOUR: "plain" },
    });
    ({ url } = stack.emulator);
    const { outputs, steps, printed } = await stack.up();
    expect(steps).toEqual(["create Collection c0", "create Collection c1"]);
    expect(outputs).toEqual({ password: "hush", flavour: "plain" });
    expect(printed).not.toContain("hush");
    expect(readdirSync(PROGRAM)).toEqual(before);
  } finally {
    delete process.env["VULTR_INFERENCE_API_KEY"];
  }
  await expect(fetch(url)).rejects.toThrow();
});

it("a folder without a project is told of", async () => {
  await expect(testStack("/")).rejects.toThrow(/^testStack: there is no Pulumi\.yaml in \/ or above$/u);
});

it("what a test does not use is not loaded", () => {
  const program =
    'require("./dist/local/testing.js"); console.log(Object.keys(require.cache).filter((file) => ' +
    'file.includes("node_modules")).length)';
  const printed = execFileSync(process.execPath, ["--eval", program], {
    cwd: join(__dirname, "../../.."),
    encoding: "utf8",
  });
  expect(Number(printed)).toBe(0);
});
