import { onEachEngine } from "../support/engines.js";
import { failureOf } from "../support/run.js";
import { Rig, type Declaration } from "../support/stack.js";

onEachEngine("Looking up what another stack manages", (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start(engine);
    await rig.ask("POST", "/vector_store", { name: "Elsewhere" });
    await rig.ask("POST", "/vector_store/elsewhere/items", {
      content: "Made by somebody else.",
      description: "Theirs",
    });
  });
  afterAll(() => rig.close());

  it("answers what exists, and neither changes nor deletes it", async () => {
    const [item] = await rig.items("elsewhere");
    const { outputs } = await rig.up({
      existingCollections: { theirs: "elsewhere" },
      existingItems: { note: `elsewhere/${item?.id}` },
      outputs: { name: "theirs.name", description: "note.description" },
    });
    expect(outputs).toMatchObject({ name: { value: "Elsewhere" }, description: { value: "Theirs" } });
    expect(rig.writes()).toEqual([]);
    expect(rig.stateText()).not.toContain("Made by somebody else.");

    await rig.up({});
    await rig.destroy();
    expect(await rig.items("elsewhere")).toEqual([item]);
  });

  it.each([
    ["collection", { existingCollections: { missing: "nowhere" } }, /There is no collection "nowhere"/u],
    ["collection of an item", { existingItems: { missing: "nowhere/1" } }, /There is no item "nowhere\/1"/u],
    ["item", { existingItems: { missing: "elsewhere/1" } }, /There is no item "elsewhere\/1"/u],
    [
      "item by an id that is none",
      { existingItems: { missing: "elsewhere" } },
      /"elsewhere" is not the id of one item: expected <collection id>\/<item id>/u,
    ],
  ])("fails where there is no such %s", async (_what, declaration: Declaration, message) => {
    const { run } = await failureOf(rig.up(declaration));
    expect(run.errors.join("\n")).toMatch(message);
  });
});

onEachEngine("A search over items of its own program", (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start(engine);
  });
  afterAll(() => rig.close());

  const declare = (content: string): Declaration => ({
    collections: { kb: { name: "kb" } },
    items: { note: { in: "kb", content } },
    searches: { found: { in: "kb", input: "Where are the keys?", dependsOn: ["note"] } },
  });

  it("is left out of the preview of a first up", async () => {
    const { steps } = await rig.preview(declare("The keys lie on the table."));
    expect(steps).toEqual(["create Collection kb", "create Item note"]);
    expect(rig.calls().filter((call) => call !== "listCollections")).toEqual([]);
  });

  it("runs once the items are there", async () => {
    const { outputs } = await rig.up();
    expect(outputs["found"]?.value).toEqual(["The keys lie on the table."]);
  });

  it("runs in a preview where nothing changes", async () => {
    const { steps } = await rig.preview();
    expect(steps).toEqual([]);
    expect(rig.calls()).toEqual(["searchCollection"]);
  });

  it("is unknown in the preview of a change: the answer would come from the old content", async () => {
    const { steps } = await rig.preview(declare("The keys hang on the wall."));
    expect(steps).toContain("replace Item note");
    expect(rig.calls()).toEqual([]);
  });

  it("answers from the new content after the change", async () => {
    const { outputs } = await rig.up();
    expect(outputs["found"]?.value).toContain("The keys hang on the wall.");
  });
});
