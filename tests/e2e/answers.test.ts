import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onEachEngine } from "../support/engines.js";
import { startExample } from "../support/example.js";
import { failureOf } from "../support/run.js";
import { Rig } from "../support/stack.js";

onEachEngine("The example with answers", (engine) => {
  let rig: Rig;
  let file: string;
  beforeAll(async () => {
    rig = await startExample(engine, "answers");
    file = join(rig.folder, "answer.wav");
    await rig.stack.setAllConfig({ file: { value: file }, voice: { value: "kal16" } });
  });
  afterAll(() => rig.close());

  it("spends nothing in a preview", async () => {
    expect((await rig.preview()).steps).toHaveLength(4);
    expect(rig.calls().sort()).toEqual(["listAudioModels", "listCollections", "listModels"]);
  });

  it("answers from the collection, in writing and aloud", async () => {
    const { outputs } = await rig.up();
    expect(outputs["answer"]?.value).toContain("within 30 days");
    expect(outputs["audio"]?.value).toMatchObject({ mediaType: "audio/wav" });
    expect(readFileSync(file).toString("latin1", 0, 4)).toBe("RIFF");
    expect(rig.calls()).toEqual(expect.arrayContaining(["createRagChatCompletion", "createSpeech"]));
  });

  it("changes nothing in a second up, asks for the answer again, and does not have it spoken again", async () => {
    const before = rig.stateText();
    const { steps } = await rig.up();
    expect(steps).toEqual([]);
    const outputsIn = (text: string): unknown =>
      (JSON.parse(text) as { checkpoint: { latest: { resources: [{ outputs: unknown }] } } }).checkpoint.latest
        .resources[0].outputs;
    expect(outputsIn(rig.stateText())).toEqual(outputsIn(before));
    expect(rig.calls().sort()).toEqual(["createRagChatCompletion", "listAudioModels", "listModels"]);
  });

  it("asks another question and speaks another answer when it is told to", async () => {
    const before = readFileSync(file);
    await rig.stack.setConfig("question", { value: "Do you take cheques?" });
    const { steps, outputs } = await rig.up();
    expect(steps).toEqual([]);
    expect(outputs["answer"]?.value).toContain("cheques");
    expect(readFileSync(file).equals(before)).toBe(false);
  });
});

onEachEngine("A program whose functions stand between resources", (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start(engine, { program: "functions" });
    await rig.stack.setConfig("content", { value: "Bread is baked on Mondays." });
  });
  afterAll(() => rig.close());

  it("makes an item of what a model answered, and tells what is there in the end", async () => {
    const { steps, outputs } = await rig.up();
    expect(steps).toEqual(["create Collection shelf", "create Item shelf-item", "create Item summary"]);
    expect(outputs).toMatchObject({
      found: { value: ["Bread is baked on Mondays."] },
      count: { value: 2 },
      summary: { value: expect.stringContaining("Say where shelf is.") },
    });
  });

  it("keeps looked-up requests secret, and the key out of them", () => {
    const { outputs } = (
      JSON.parse(rig.stateText()) as { checkpoint: { latest: { resources: [{ outputs: Record<string, object> }] } } }
    ).checkpoint.latest.resources[0];
    expect(Object.keys(outputs["logs"] ?? {})).toContain("ciphertext");
  });

  it("answers nothing from old content in the preview of an update of what is in a component, and spends nothing", async () => {
    await rig.stack.setConfig("content", { value: "Bread is baked on Fridays." });
    const { steps } = await rig.preview();
    expect(steps).toEqual(expect.arrayContaining(["replace Item shelf-item"]));
    expect(rig.calls()).toEqual([]);
  });

  it("answers from the new content in the update, and leaves alone what the model answers as before", async () => {
    const { steps, outputs } = await rig.up();
    expect(outputs["found"]?.value).toContain("Bread is baked on Fridays.");
    expect(steps.filter((step) => step.endsWith("summary"))).toEqual([]);
  });

  it("that looks for what is not there fails with one sentence", async () => {
    await rig.stack.setConfig("find", { value: "Cellar" });
    const { run } = await failureOf(rig.preview());
    expect(run.printed).toMatch(
      /findCollectionByName: no collection is named "Cellar"\. There are "shelf" \(id shelf\)\./u,
    );
    expect(run.printed).not.toMatch(/^\s+at .+:\d+:\d+\)?$/mu);
  });
});
