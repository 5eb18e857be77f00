import { resolve } from "node:path";
import { runCommand } from "../support/command.js";
import { onEachEngineAndPlugin } from "../support/engines.js";
import { failureOf } from "../support/run.js";
import { Rig, type Declaration } from "../support/stack.js";

interface Declared extends Declaration {
  collections: NonNullable<Declaration["collections"]>;
  items: NonNullable<Declaration["items"]>;
}

onEachEngineAndPlugin("The life of a collection and its items", (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start(engine);
  });
  afterAll(() => rig.close());

  const declared: Declared = {
    collections: { kb: { name: "Handbook" } },
    items: {
      returns: { in: "kb", content: "Send anything back within 30 days.", description: "Returns" },
      hours: { in: "kb", content: "The shop opens at nine." },
    },
    searches: { found: { in: "kb", input: "When does the shop open?", dependsOn: ["returns", "hours"] } },
    outputs: { collectionId: "kb.collectionId", tokens: "returns.tokens", undescribed: "hours.description" },
  };

  it("begins with a first up, which makes what is declared and answers searches from it", async () => {
    const { steps, outputs, printed } = await rig.up(declared);
    expect(steps).toEqual(["create Collection kb", "create Item hours", "create Item returns"]);
    expect(outputs["collectionId"]).toEqual({ value: "handbook", secret: false });
    expect(outputs["undescribed"]).toEqual({ value: null, secret: false });
    expect(printed).not.toContain("warning");
    expect(outputs["tokens"]?.value).toBeGreaterThan(0);
    expect((outputs["found"]?.value as string[])[0]).toBe("The shop opens at nine.");

    expect(await rig.collections()).toMatchObject([{ id: "handbook", name: "Handbook" }]);
    const items = await rig.items("handbook");
    expect(items.map(({ content }) => content).sort()).toEqual([
      "Send anything back within 30 days.",
      "The shop opens at nine.",
    ]);
    expect(items.find(({ content }) => content.startsWith("Send"))?.description).toMatch(
      /^\[vi:i:[\w-]{12}:[0-9a-z]{10}:[0-9a-f]{32}\] Returns$/u,
    );
    expect(rig.stored("kb")).toMatchObject({ id: "handbook", outputs: { name: "Handbook", collectionId: "handbook" } });
    expect(items.map(({ id }) => `handbook/${id}`)).toContain(rig.stored("returns").id);
  });

  it("keeps an item's content once in the state", () => {
    const { inputs, outputs } = rig.stored("returns");
    expect(inputs["content"]).toBe("Send anything back within 30 days.");
    expect(JSON.stringify(outputs)).not.toContain("Send anything");
  });

  // The plugin's resources carry no code.
  (engine.isNative ? it.skip : it).each([
    ["kb", 'exports.handler = () => require("pulumi-vultr-inference/provider").collection;'],
    ["returns", 'exports.handler = () => require("pulumi-vultr-inference/provider").item;'],
  ])(
    "has the provider of %s in the state as one line that never changes, and that a plain process can run",
    async (name, text) => {
      expect(rig.stored(name).inputs["__provider"]).toBe(text);
      expect(rig.stored(name).outputs["__provider"]).toBe(text);
      const script = `${text} console.log(Object.keys(exports.handler()).sort().join(" "))`;
      const { stdout } = await runCommand(process.execPath, ["-e", script], resolve(__dirname, "programs/declared"));
      expect(stdout).toBe("check configure create delete diff read update\n");
    },
  );

  it("stays as it is in a second up, which asks the API for searches alone", async () => {
    const before = rig.state();
    const { steps } = await rig.up();
    expect(steps).toEqual([]);
    expect(rig.calls()).toEqual(["searchCollection"]);
    expect(rig.state()).toEqual(before);
  });

  it("goes on with a renamed collection, in place", async () => {
    declared.collections["kb"] = { name: "Shop handbook" };
    const { steps } = await rig.up(declared);
    expect(steps).toEqual(["update Collection kb"]);
    expect(rig.writes()).toEqual(["updateCollection"]);
    expect(await rig.collections()).toMatchObject([{ id: "handbook", name: "Shop handbook" }]);
    expect(rig.stored("kb")).toMatchObject({ id: "handbook", outputs: { name: "Shop handbook" } });
  });

  it("goes on with new content: a new item comes in before the old one goes", async () => {
    const old = rig.stored("hours").id;
    declared.items["hours"] = { in: "kb", content: "The shop opens at ten." };
    const { steps } = await rig.up(declared);
    expect(steps).toEqual(["create-replacement Item hours", "delete-replaced Item hours", "replace Item hours"]);
    expect(rig.writes()).toEqual(["addItem", "deleteItem"]);
    expect(rig.stored("hours").id).not.toBe(old);
    expect((await rig.items("handbook")).map(({ content }) => content).sort()).toEqual([
      "Send anything back within 30 days.",
      "The shop opens at ten.",
    ]);
  });

  it("goes on with a new description, in place", async () => {
    const old = rig.stored("returns").id;
    declared.items["returns"] = {
      in: "kb",
      content: "Send anything back within 30 days.",
      description: "How returns work",
    };
    const { steps } = await rig.up(declared);
    expect(steps).toEqual(["update Item returns"]);
    expect(rig.writes()).toEqual(["updateItem"]);
    expect(rig.stored("returns")).toMatchObject({ id: old, outputs: { description: "How returns work" } });
    const descriptions = (await rig.items("handbook")).map(({ description }) => description);
    expect(descriptions).toContainEqual(expect.stringMatching(/\] How returns work$/u));
  });

  it("notices in a refresh what was changed behind its back, and fixes it in the next up", async () => {
    const [collection, item] = rig.stored("returns").id.split("/");
    await rig.ask("PATCH", `/vector_store/${collection}/items/${item}`, { description: "Somebody was here" });
    await rig.ask("PATCH", `/vector_store/${collection}`, { name: "Somebody's handbook" });
    const refresh = await rig.refresh();
    expect(refresh.steps).toEqual(["update Collection kb", "update Item returns"]);
    expect(rig.writes()).toEqual([]);
    expect(rig.stored("returns").outputs["description"]).toBe("Somebody was here");
    expect(rig.stored("returns").inputs["content"]).toBe("Send anything back within 30 days.");

    const { steps } = await rig.up();
    expect(steps).toEqual(["update Collection kb", "update Item returns"]);
    expect(await rig.collections()).toMatchObject([{ name: "Shop handbook" }]);
    expect((await rig.items("handbook")).map(({ description }) => description)).toContainEqual(
      expect.stringMatching(/\] How returns work$/u),
    );
  });

  it("notices in a refresh what was deleted behind its back, and fixes it in the next up", async () => {
    const gone = rig.stored("returns").id;
    const [collection, item] = gone.split("/");
    await rig.ask("DELETE", `/vector_store/${collection}/items/${item}`);
    const refresh = await rig.refresh();
    expect(refresh.steps).toEqual(["delete Item returns"]);
    expect(Object.keys(rig.state()).sort()).toEqual(["hours", "kb"]);

    const { steps } = await rig.up();
    expect(steps).toEqual(["create Item returns"]);
    expect(rig.stored("returns").id).not.toBe(gone);
    expect(await rig.items("handbook")).toHaveLength(2);
  });

  it("deletes an item that is no longer declared", async () => {
    const kept = rig.stored("returns").id;
    const { steps } = await rig.up({
      ...declared,
      items: { returns: declared.items["returns"]! },
      searches: {},
      outputs: {},
    });
    expect(steps).toEqual(["delete Item hours"]);
    expect(rig.writes()).toEqual(["deleteItem"]);
    expect((await rig.items("handbook")).map(({ id }) => `handbook/${id}`)).toEqual([kept]);
  });

  it("ends with a destroy, also of what is gone already", async () => {
    const [collection, item] = rig.stored("returns").id.split("/");
    await rig.ask("DELETE", `/vector_store/${collection}/items/${item}`);
    const { steps } = await rig.destroy();
    expect(steps).toEqual(["delete Collection kb", "delete Item returns"]);
    expect(await rig.collections()).toEqual([]);
    expect(rig.state()).toEqual({});
  });

  // What is compared with the API is the same either way.
  (engine.isNative ? it.skip : it)("begins again where everything was deleted behind its back", async () => {
    await rig.up({ collections: { kb: { name: "Handbook" } }, items: { a: { in: "kb", content: "One." } } });
    await rig.ask("DELETE", "/vector_store/handbook");
    const failure = await failureOf(
      rig.up({ collections: { kb: { name: "Handbook" } }, items: { a: { in: "kb", content: "Two." } } }),
    );
    expect(failure.said).toMatch(/handbook.*does not exist/isu);

    await rig.refresh();
    expect(rig.state()).toEqual({});
    const { steps } = await rig.up();
    expect(steps).toEqual(["create Collection kb", "create Item a"]);
    await rig.ask("DELETE", "/vector_store/handbook");
    await rig.destroy();
    expect(rig.state()).toEqual({});
  });
});
