import { onEachEngine } from "../support/engines.js";
import { startExample } from "../support/example.js";
import type { Rig } from "../support/stack.js";

const FAQ = {
  returns: { question: "Can I send something back?", answer: "Within 30 days." },
  delivery: { question: "How long does delivery take?", answer: "Two days." },
};

onEachEngine("The example with items from a data file", (engine) => {
  let rig: Rig;
  let file: string;
  beforeAll(async () => {
    rig = await startExample(engine, "faq-from-yaml");
    // JSON is YAML, too.
    file = rig.file("faq.yaml", JSON.stringify(FAQ));
  });
  afterAll(() => rig.close());

  it("deploys the file that comes with it", async () => {
    const { outputs } = await rig.up();
    expect(await rig.items("faq")).toHaveLength(3);
    expect(outputs["best"]?.value).toMatch(/\?\n\n/u);
  });

  it("follows the file entry by entry", async () => {
    await rig.stack.setConfig("file", { value: file });
    const first = await rig.up();
    expect(first.steps).toEqual(
      expect.arrayContaining([
        "create Item delivery",
        "delete Item delivery-time",
        "delete Item invoice",
        "replace Item returns",
      ]),
    );

    rig.file("faq.yaml", JSON.stringify({ ...FAQ, returns: { ...FAQ.returns, answer: "Within 60 days." } }));
    const { steps } = await rig.up();
    expect(steps).toEqual(["create-replacement Item returns", "delete-replaced Item returns", "replace Item returns"]);
    expect((await rig.items("faq")).map(({ content }) => content).sort()).toEqual([
      "Can I send something back?\n\nWithin 60 days.",
      "How long does delivery take?\n\nTwo days.",
    ]);
  });
});
