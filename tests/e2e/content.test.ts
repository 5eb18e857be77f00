import { createHash } from "node:crypto";
import { onEachEngine } from "../support/engines.js";
import { Rig, type Declaration, type Special } from "../support/stack.js";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

onEachEngine("Content", (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start(engine);
  });
  afterAll(() => rig.close());

  const declare = (content: string | Special): Declaration => ({
    collections: { kb: { name: "kb" } },
    items: { note: { in: "kb", content } },
    outputs: { hash: "note.contentHash" },
  });
  const contents = async (): Promise<string[]> => (await rig.items("kb")).map(({ content }) => content);

  it("that is secret stands in the state encrypted, and so does its hash; nothing of it is printed", async () => {
    const secret = "The combination of the safe is 37-11-52.";
    const { printed, outputs, events } = await rig.up(declare({ secret }));
    expect(await contents()).toEqual([secret]);
    // Debug messages are the SDK's own account of its calls, and shown to nobody who has not asked for them.
    const shown = events.filter(({ diagnosticEvent }) => (diagnosticEvent?.severity as string) !== "debug");
    for (const place of [rig.stateText(), printed, JSON.stringify(shown)]) {
      expect(place).not.toContain("37-11-52");
      expect(place).not.toContain(sha256(secret));
    }
    expect(outputs["hash"]).toEqual({ value: sha256(secret), secret: true });
  });

  it("that stays secret stays as it is", async () => {
    expect((await rig.up()).steps).toEqual([]);
    await rig.refresh();
    expect((await rig.up()).steps).toEqual([]);
    expect(rig.stateText()).not.toContain("37-11-52");
  });

  it("in a StringAsset is like any other text, and stands in the state once", async () => {
    const { steps } = await rig.up(declare({ text: "Umbrellas stand behind the door." }));
    expect(steps).toContain("create-replacement Item note");
    expect(await contents()).toEqual(["Umbrellas stand behind the door."]);
    expect(rig.stateText().split("Umbrellas")).toHaveLength(2);
    expect(rig.stored("note").outputs["contentHash"]).toBe(sha256("Umbrellas stand behind the door."));
  });

  it("that moves to a file is no new item, and leaves the state", async () => {
    const { steps } = await rig.up(declare({ file: rig.file("note.md", "Umbrellas stand behind the door.") }));
    expect(steps.filter((step) => step.includes("replace"))).toEqual([]);
    expect(rig.writes()).toEqual([]);
    expect(rig.stateText()).not.toContain("Umbrellas");
  });

  it("in a file is read again when the file changes", async () => {
    rig.file("note.md", "Umbrellas hang on the wall.");
    expect((await rig.up()).steps).toContain("create-replacement Item note");
    expect(await contents()).toEqual(["Umbrellas hang on the wall."]);
    expect(rig.stateText()).not.toContain("Umbrellas");
  });

  it("in a file stays out of the state also where the item was described again behind the stack's back", async () => {
    const [collection, item] = rig.stored("note").id.split("/");
    await rig.ask("PATCH", `/vector_store/${collection}/items/${item}`, { description: "Nobody's item" });
    expect((await rig.refresh()).steps).toEqual(["update Item note"]);
    expect(rig.stateText()).not.toContain("Umbrellas");
    expect((await rig.up()).steps).toEqual(["update Item note"]);
    expect((await rig.items("kb")).map(({ description }) => description)).toEqual([expect.stringMatching(/^\[vi:i:/u)]);
    expect(rig.stateText()).not.toContain("Umbrellas");
  });
});
