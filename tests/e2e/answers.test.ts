import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onEachEngine } from "../support/engines.js";
import { startExample } from "../support/example.js";
import type { Rig } from "../support/stack.js";

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
    expect(rig.calls().sort()).toEqual(["listAudioModels", "listModels"]);
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
    const outputsIn = (text: string): unknown => (JSON.parse(text) as { checkpoint: { latest: { resources: [{ outputs: unknown }] } } }).checkpoint.latest.resources[0].outputs;
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
