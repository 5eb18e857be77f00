import { onEachEngine } from "../support/engines.js";
import { failureOf } from "../support/run.js";
import { Rig } from "../support/stack.js";

const environment = { VULTR_INFERENCE_MAX_RETRIES: "0" };

onEachEngine("A collection that was made but could not be read", (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start(engine, { environment });
  });
  afterAll(() => rig.close());

  const collections: Record<string, { name: string }> = {};

  /** Declares one collection more and lets it fail partway. */
  async function failAt(name: string): Promise<void> {
    collections[name] = { name };
    rig.emulator.faults.add({ operation: "getCollection", status: 500 });
    const { run } = await failureOf(rig.up({ collections }));
    rig.emulator.faults.clear();
    expect(run.errors.join("\n")).toMatch(
      new RegExp(`The collection "${name}" was made, but could not be read.*answered 500`, "u"),
    );
    expect(rig.stored(name)).toMatchObject({ id: name, outputs: { collectionId: name, name } });
    expect(rig.stored(name).initErrors).toHaveLength(1);
    if (!engine.isNative) expect(rig.stored(name).outputs).toHaveProperty("__provider");
  }

  it("is found by a refresh, and finished by the next up", async () => {
    await failAt("first");
    await rig.refresh();
    const { steps } = await rig.up();
    expect(steps).not.toContain("create Collection first");
    expect((await rig.collections()).map(({ id }) => id)).toEqual(["first"]);
    expect(rig.stored("first").initErrors ?? []).toEqual([]);
  });

  it("is finished by the next up alone", async () => {
    await failAt("second");
    const { steps } = await rig.up();
    expect(steps).toEqual(["update Collection second"]);
    expect(rig.writes()).not.toContain("createCollection");
    expect((await rig.collections()).map(({ id }) => id)).toEqual(["first", "second"]);
    expect(rig.stored("second").initErrors ?? []).toEqual([]);
    expect((await rig.up()).steps).toEqual([]);
  });

  it("is deleted by a destroy", async () => {
    await failAt("third");
    await rig.destroy();
    expect(await rig.collections()).toEqual([]);
    expect(rig.state()).toEqual({});
  });
});

onEachEngine("An item whose description the API cut", (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start(engine, { environment });
  });
  afterAll(() => rig.close());

  const declared = {
    collections: { kb: { name: "kb" } },
    items: { note: { in: "kb", content: "A note.", description: "A description that is much too long for this API" } },
  };

  it.each([
    ["in its title", 50],
    ["in its tag", 20],
  ])("%s fails with advice, and is fixed in place by the next up", async (_where, truncateDescriptions) => {
    rig.emulator.faults.add({ truncateDescriptions });
    const { run } = await failureOf(rig.up(declared));
    expect(run.errors.join("\n")).toMatch(
      new RegExp(
        `exists, but the API kept ${truncateDescriptions} of the \\d+ characters of its description.*Shorten`,
        "u",
      ),
    );
    expect(rig.stored("note").initErrors).toHaveLength(1);
    const { id } = rig.stored("note");

    rig.emulator.faults.clear();
    await rig.refresh();
    const { steps } = await rig.up();
    expect(steps).toEqual(["update Item note"]);
    expect(rig.stored("note").id).toBe(id);
    expect((await rig.items("kb")).map(({ description }) => description)).toEqual([
      expect.stringMatching(/^\[vi:i:.*\] A description .* API$/u),
    ]);
    await rig.up({ collections: declared.collections });
  });

  it("is deleted by a destroy", async () => {
    rig.emulator.faults.add({ truncateDescriptions: 20 });
    await failureOf(rig.up(declared));
    await rig.destroy();
    expect(await rig.collections()).toEqual([]);
    expect(rig.state()).toEqual({});
  });
});

onEachEngine("A create whose answer gets lost", (engine) => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await Rig.start(engine, { environment });
  });
  afterEach(() => rig.close());

  const declared = { collections: { kb: { name: "kb" } }, items: { note: { in: "kb", content: "A note." } } };

  it("makes nothing twice: what it made is found and taken over", async () => {
    rig.emulator.faults.add({ operation: "createCollection", processed: true, reset: true, times: 1 });
    rig.emulator.faults.add({ operation: "addItem", processed: true, status: 502, times: 1 });
    const { steps } = await rig.up(declared);
    expect(steps).toEqual(["create Collection kb", "create Item note"]);
    const [item, ...others] = await rig.items("kb");
    expect(others).toEqual([]);
    expect(await rig.collections()).toHaveLength(1);
    expect(rig.stored("note").id).toBe(`kb/${item?.id}`);
  });

  it("makes no item twice where the look for it fails, too: the next up takes it over", async () => {
    await rig.up({ collections: declared.collections });
    rig.emulator.faults.add({ operation: "addItem", processed: true, reset: true });
    rig.emulator.faults.add({ operation: "listItems", nth: [2, 3, 4], status: 503 });
    await failureOf(rig.up(declared));
    expect(rig.state()).not.toHaveProperty("note");
    rig.emulator.faults.clear();
    const [made] = await rig.items("kb");

    const { steps } = await rig.up();
    expect(steps).toEqual(["create Item note"]);
    expect(rig.writes()).toEqual(["updateItem"]);
    expect(rig.stored("note").id).toBe(`kb/${made?.id}`);
  });
});
