import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InitializationFailure } from "../../../../provider/engine/initialization-failure";
import { ownerOf, readDescription } from "../../../../provider/ownership/tag";
import { lifecycle } from "../../../../provider/resources/item/lifecycle";
import type { Inputs, State } from "../../../../provider/resources/item/schema";
import { UNKNOWN, type Properties } from "../../../../provider/engine/values";
import { emulated, type Emulated } from "../../emulated";
import { Managed } from "../../managed";

let api: Emulated;
let collectionId: string;
beforeEach(async () => {
  api = await emulated();
  collectionId = (await api.client.collections.create({ name: "Shelf" })).id;
  api.calls();
});
afterEach(() => api.emulator.close());

let resources = 0;
/** The program's inputs of a resource that no other test has. */
const declared = (values: Properties = {}): Properties => ({
  collectionId,
  content: "Bread is baked on Mondays.",
  owner: ownerOf(`urn-${resources++}`),
  ...values,
});

/** What the engine hands to create: checked inputs. */
function checked(news: Properties, olds: Properties = {}): Inputs {
  const { inputs, failures } = lifecycle.check(olds, news);
  expect(failures).toEqual([]);
  return inputs as Inputs;
}

/** What a read found, where it found something. */
function drifted(found: Awaited<ReturnType<typeof lifecycle.read>>): { state: Properties; inputs: Properties } {
  if (found === "not-found") throw new Error("The item is gone.");
  return { state: { ...found.state }, inputs: found.inputs ?? {} };
}

const held = async (): Promise<{ description: string; content: string }[]> =>
  Promise.all((await api.client.items.list(collectionId)).map(({ id }) => api.client.items.get(collectionId, id)));
const titles = async (): Promise<string[]> =>
  (await held()).map(({ description }) => readDescription(description).title);

describe("check", () => {
  test("computes the hash of the content", () => {
    const hash = createHash("sha256").update("Bread is baked on Mondays.").digest("hex");
    expect(checked(declared())).toMatchObject({ contentHash: hash });
  });

  test("does not hash what is not known yet", () => {
    expect(checked(declared({ content: UNKNOWN, collectionId: UNKNOWN }))).toMatchObject({ contentHash: UNKNOWN });
  });

  test("finds everything wrong at once", () => {
    const { failures } = lifecycle.check({}, { content: " ", description: "", owner: ownerOf("x"), titel: "x" });
    expect(failures.map(({ property }) => property).sort()).toEqual([
      "collectionId",
      "content",
      "description",
      "titel",
    ]);
  });
});

describe("create", () => {
  test("adds the item with its tag before the declared description", async () => {
    const inputs = checked(declared({ description: "Opening hours" }));
    const { id, state } = await lifecycle.create(api, inputs);
    expect(id).toBe(`${collectionId}/${state.itemId}`);
    expect(state).toMatchObject({
      collectionId,
      description: "Opening hours",
      owner: inputs.owner,
      contentHash: inputs.contentHash,
      tokens: expect.any(Number),
    });
    expect(state).not.toHaveProperty("content");
    const [item] = await held();
    expect(item?.description).toMatch(
      new RegExp(`^\\[vi:i:${inputs.owner}:${state.claim ?? ""}:[0-9a-f]{32}\\] Opening hours$`, "u"),
    );
  });

  test("makes a title of the content where none is declared, and keeps it out of the state", async () => {
    const { state } = await lifecycle.create(
      api,
      checked(declared({ content: `Bread\n\nis ${"very ".repeat(30)}good.` })),
    );
    expect(state.description).toBeUndefined();
    expect((await titles())[0]).toMatch(/^Bread is very very .*…$/u);
  });

  test("lists a collection once for all its items", async () => {
    for (let index = 0; index < 3; index++) await lifecycle.create(api, checked(declared()));
    expect(api.calls()).toEqual(["listItems", "addItem", "addItem", "addItem"]);
  });

  test("takes over what an interrupted run made, instead of adding it twice", async () => {
    const program = declared({ description: "Hours" });
    const before = await lifecycle.create(api, checked(program));
    const again = await lifecycle.create(api.afresh(), checked(program));
    expect(again).toEqual({ id: before.id, state: { ...before.state, claim: again.state.claim, tokens: 0 } });
    expect(again.state.claim).not.toBe(before.state.claim);
    expect(await held()).toHaveLength(1);
  });

  test("takes over what an interrupted run made under another description, and renames it", async () => {
    const program = declared({ description: "Old" });
    await lifecycle.create(api, checked(program));
    const { state } = await lifecycle.create(api.afresh(), checked({ ...program, description: "New" }));
    expect(state.description).toBe("New");
    await expect(titles()).resolves.toEqual(["New"]);
  });

  test("removes what an interrupted run made of content that the program has changed since", async () => {
    const program = declared({ content: "Old content." });
    await lifecycle.create(api, checked(program));
    await lifecycle.create(api.afresh(), checked({ ...program, content: "New content." }));
    expect((await held()).map(({ content }) => content)).toEqual(["New content."]);
  });

  test("takes over the item whose answer was lost", async () => {
    api.emulator.faults.add({ operation: "addItem", reset: true, processed: true, times: 1 });
    await lifecycle.create(api, checked(declared()));
    expect(await held()).toHaveLength(1);
  });

  test("fails where the answer was lost and the item is not there", async () => {
    api.emulator.faults.add({ operation: "addItem", reset: true, processed: false, times: 1 });
    await expect(lifecycle.create(api, checked(declared()))).rejects.toMatchObject({ outcomeUnknown: true });
  });

  test("of two resources with equal content each gets an item of its own, after a crash, too", async () => {
    const [one, two] = [declared(), declared()];
    const first = await lifecycle.create(api, checked(one));
    const fresh = api.afresh();
    const [again, other] = [await lifecycle.create(fresh, checked(one)), await lifecycle.create(fresh, checked(two))];
    expect(again.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
    expect(await held()).toHaveLength(2);
  });

  test.each(["the same machine", "another machine"])(
    "that replaces an item of equal content takes it over, on %s, and the deletion of the original leaves it",
    async (where) => {
      const inputs = checked(declared());
      const before = await lifecycle.create(api, inputs);
      const next = where === "another machine" ? api.elsewhere() : api.afresh();
      const after = await lifecycle.create(next, inputs);
      expect(after.id).toBe(before.id);
      await lifecycle.delete(next, before.id, before.state);
      expect(await held()).toHaveLength(1);
      expect(await lifecycle.read(api.elsewhere(), after.id, after.state)).toEqual({
        id: after.id,
        state: after.state,
      });
      await lifecycle.delete(api.elsewhere(), after.id, after.state);
      expect(await held()).toEqual([]);
    },
  );

  test("does not believe a tag over other content", async () => {
    const program = declared();
    const { state } = await lifecycle.create(api, checked(program));
    const [real] = await held();
    await api.client.items.delete(collectionId, state.itemId);
    await api.client.items.add(collectionId, { content: "Something else.", description: real?.description ?? "" });
    await lifecycle.create(api.afresh(), checked(program));
    expect((await held()).map(({ content }) => content).sort()).toEqual([
      "Bread is baked on Mondays.",
      "Something else.",
    ]);
  });

  test("leaves a partially created item where the API cuts the description, and update finishes it", async () => {
    api.emulator.faults.add({ operation: "addItem", truncateDescriptions: 20, times: 1 });
    const inputs = checked(declared({ description: "A description" }));
    const failure = (await lifecycle
      .create(api, inputs)
      .catch((error: unknown) => error)) as InitializationFailure<Properties>;
    expect(failure).toBeInstanceOf(InitializationFailure);
    expect(failure.message).toContain("Shorten");
    expect(lifecycle.diff(failure.state, inputs)).toEqual({ changes: true, replaces: [] });
    await lifecycle.update(api, failure.id, failure.state, inputs);
    await expect(titles()).resolves.toEqual(["A description"]);
    await lifecycle.delete(api, failure.id, failure.state);
    await expect(titles()).resolves.toEqual([]);
  });

  test("reads the text of a file, and keeps it out of the state", async () => {
    const folder = mkdtempSync(join(tmpdir(), "item-"));
    const path = join(folder, "bread.md");
    writeFileSync(path, "Bread from a file.");
    const hash = createHash("sha256").update("Bread from a file.").digest("hex");
    const asset = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", hash, path };
    const { state } = await lifecycle.create(api, checked(declared({ content: asset })));
    rmSync(folder, { recursive: true });
    expect(JSON.stringify(state)).not.toContain("Bread");
    expect((await held())[0]?.content).toBe("Bread from a file.");
  });
});

describe("adopt", () => {
  /** An item that somebody has added by hand. */
  const byHand = async (): Promise<string> =>
    (await api.client.items.add(collectionId, { content: "Bread is baked on Mondays.", description: "By hand" })).item
      .id;

  test("takes over an existing item, and keeps its description where none is declared", async () => {
    const adopt = await byHand();
    const { id, state } = await lifecycle.create(api, checked(declared({ adopt })));
    expect({ id, state }).toMatchObject({
      id: `${collectionId}/${adopt}`,
      state: { itemId: adopt, tokens: 0, description: undefined },
    });
    await expect(titles()).resolves.toEqual(["By hand"]);
    await expect(lifecycle.read(api.afresh(), id, state)).resolves.toEqual({ id, state });
  });

  test("writes the declared description", async () => {
    await lifecycle.create(api, checked(declared({ adopt: await byHand(), description: "Opening hours" })));
    await expect(titles()).resolves.toEqual(["Opening hours"]);
  });

  test("refuses an item of other content, and one that is not there, and changes neither", async () => {
    const adopt = await byHand();
    await expect(lifecycle.create(api, checked(declared({ adopt, content: "Another text." })))).rejects.toThrow(
      /adopt: the item .* another content/u,
    );
    await expect(lifecycle.create(api, checked(declared({ adopt: "nowhere" })))).rejects.toThrow(
      /adopt: there is no item "nowhere"/u,
    );
    await expect(held()).resolves.toMatchObject([{ description: "By hand" }]);
  });

  test("makes a new item once the content of the adopted one is replaced", async () => {
    const program = declared({ adopt: await byHand() });
    const first = checked(program);
    await lifecycle.create(api, first);
    const changed = { ...program, content: "Bread is baked on Tuesdays." };
    checked(changed, first);
    await lifecycle.create(api, checked(changed));
    await expect(held()).resolves.toHaveLength(2);
  });

  test("warns where another resource manages the item", async () => {
    const { state } = await lifecycle.create(api, checked(declared()));
    await lifecycle.create(api, checked(declared({ adopt: state.itemId })));
    expect(api.warnings).toEqual([expect.stringContaining("another resource")]);
  });

  test("wants the id of an item within its collection", () => {
    expect(lifecycle.check({}, declared({ adopt: `${collectionId}/x` })).failures).toEqual([
      { property: "adopt", reason: expect.stringContaining("without a slash") },
    ]);
  });
});

describe("read", () => {
  test("of many items costs one list", async () => {
    const made = [await lifecycle.create(api, checked(declared())), await lifecycle.create(api, checked(declared()))];
    const fresh = api.afresh();
    api.calls();
    for (const { id, state } of made) await expect(lifecycle.read(fresh, id, state)).resolves.toEqual({ id, state });
    expect(api.calls()).toEqual(["listItems"]);
  });

  test("shows a changed description as state and as whole inputs", async () => {
    const inputs = checked(declared({ description: "Declared" }));
    const { id, state } = await lifecycle.create(api, inputs);
    const marked = (await held())[0]?.description ?? "";
    await api.client.items.update(collectionId, state.itemId, { description: marked.replace("Declared", "Drifted") });
    const found = await lifecycle.read(api.afresh(), id, state);
    expect(found).toEqual({
      id,
      state: { ...state, description: "Drifted" },
      inputs: { ...inputs, description: "Drifted" },
    });
    expect(lifecycle.diff(drifted(found).state, inputs)).toEqual({ changes: true, replaces: [] });
  });

  test("of an item from a file leaves the inputs alone, so that its text stays out of the state", async () => {
    const inputs = checked(declared({ description: "Declared" }));
    const { id, state } = await lifecycle.create(api, inputs);
    await api.client.items.update(collectionId, state.itemId, { description: "Drifted" });
    const found = await lifecycle.read(api.afresh(), id, { ...state, asset: true });
    expect(found).toEqual({ id, state: { ...state, description: "Drifted", owner: "", asset: true } });
  });

  test("does not mind the title of an item whose description nobody declares", async () => {
    const { id, state } = await lifecycle.create(api, checked(declared()));
    const marked = (await held())[0]?.description ?? "";
    await api.client.items.update(collectionId, state.itemId, { description: `${marked} and more` });
    await expect(lifecycle.read(api.afresh(), id, state)).resolves.toEqual({ id, state });
  });

  test("shows a lost tag as a difference that an update fixes", async () => {
    const inputs = checked(declared({ description: "Declared" }));
    const { id, state } = await lifecycle.create(api, inputs);
    await api.client.items.update(collectionId, state.itemId, { description: "Declared" });
    const found = drifted(await lifecycle.read(api.afresh(), id, state));
    expect(
      lifecycle.diff(found.state, checked(declared({ description: "Declared", owner: inputs.owner }), found.inputs)),
    ).toEqual({ changes: true, replaces: [] });
    await lifecycle.update(api, id, state, inputs);
    await expect(lifecycle.read(api.afresh(), id, state)).resolves.toEqual({ id, state });
  });

  test("says that it is gone when the API says so, of the item and of its collection", async () => {
    const { id, state } = await lifecycle.create(api, checked(declared()));
    await api.client.items.delete(collectionId, state.itemId);
    await expect(lifecycle.read(api.afresh(), id, state)).resolves.toBe("not-found");
    await api.client.collections.delete(collectionId);
    await expect(lifecycle.read(api.afresh(), id, state)).resolves.toBe("not-found");
  });

  test("believes the item itself over a list that lacks it", async () => {
    const { id, state } = await lifecycle.create(api, checked(declared()));
    api.emulator.faults.add({ operation: "listItems", status: 200, body: { items: [] } });
    await expect(lifecycle.read(api.afresh(), id, state)).resolves.toEqual({ id, state });
  });

  test("fails rather than call it gone when the API does not answer properly", async () => {
    const { id, state } = await lifecycle.create(api, checked(declared()));
    api.emulator.faults.add({ operation: "listItems", status: 500 });
    await expect(lifecycle.read(api.afresh(), id, state)).rejects.toMatchObject({ status: 500 });
  });

  test("looks up an item that the stack does not manage, and fails where there is none", async () => {
    const { item } = await api.client.items.add(collectionId, { content: "Made by hand.", description: "By hand" });
    await expect(lifecycle.read(api, `${collectionId}/${item.id}`, {})).resolves.toMatchObject({
      state: {
        collectionId,
        itemId: item.id,
        description: "By hand",
        contentHash: createHash("sha256").update("Made by hand.").digest("hex"),
      },
    });
    await expect(lifecycle.read(api, `${collectionId}/nothing`, {})).rejects.toThrow("There is no item");
    await expect(lifecycle.read(api, "nothing", {})).rejects.toThrow("<collection id>/<item id>");
  });
});

describe("diff", () => {
  test.each([
    ["content", { content: "Other." }, ["content"]],
    ["collection", { collectionId: "elsewhere" }, ["collectionId"]],
    ["description", { description: "Other" }, []],
  ])("of another %s", async (_field, change, replaces) => {
    const program = declared({ description: "Declared" });
    const inputs = checked(program);
    const { state } = await lifecycle.create(api, inputs);
    expect(lifecycle.diff({ ...state }, inputs)).toEqual({ changes: false, replaces: [] });
    expect(lifecycle.diff({ ...state }, checked({ ...program, ...change }, inputs))).toEqual({
      changes: true,
      replaces,
    });
  });
});

test("update changes the description in place, and removing it brings the content's title back", async () => {
  const program = declared({ description: "Before" });
  const inputs = checked(program);
  const { id, state } = await lifecycle.create(api, inputs);
  await expect(lifecycle.update(api, id, state, { ...inputs, description: "After" })).resolves.toEqual({
    ...state,
    description: "After",
  });
  await lifecycle.update(api, id, state, { ...inputs, description: undefined });
  await expect(titles()).resolves.toEqual(["Bread is baked on Mondays."]);
  expect(await held()).toHaveLength(1);
});

test("content that is ignored may come from a file that has changed since or is gone, and all else still changes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "item-"));
  const path = join(folder, "bread.txt");
  writeFileSync(path, "Bread is baked on Mondays.");
  const hash = createHash("sha256").update("Bread is baked on Mondays.").digest("hex");
  const content = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", hash, path };
  const program = declared({ content, description: "Bread" });
  const managed = new Managed<Inputs, State>(lifecycle);
  expect(await managed.up(api, program)).toBe("create");
  writeFileSync(path, "Bread is baked daily.");
  expect(await managed.up(api, { ...program, content: "Another." }, ["content"])).toBe("same");
  expect(await managed.up(api, { ...program, content: "Another.", description: "Loaves" }, ["content"])).toBe("update");
  rmSync(folder, { recursive: true });
  expect(await managed.up(api, { ...program, content: "Another.", description: "Rolls" }, ["content"])).toBe("update");
  expect(await titles()).toEqual(["Rolls"]);
  expect(await managed.refreshed(api)).toBe(false);
});

test("a description that replaceOnChanges names makes a new item where it changes, and one is left", async () => {
  const program = declared({ description: "Bread", replaceOnChanges: ["description"] });
  const managed = new Managed<Inputs, State>(lifecycle);
  await managed.up(api, program);
  const before = managed.outputs["itemId"];
  expect(await managed.up(api, { ...program, description: "Loaves" })).toBe("replace");
  expect(await titles()).toEqual(["Loaves"]);
  expect(managed.outputs["itemId"]).not.toBe(before);
});

test("delete forgets nothing where the address answers 404 to everything, since it is not the API's", async () => {
  const item = new Managed<Inputs, State>(lifecycle);
  await item.up(api, declared());
  const elsewhere = api.afresh({ baseUrl: `${api.emulator.url}/v2` });
  await expect(item.destroy(elsewhere)).rejects.toThrow(/baseUrl .* looks wrong/u);
  await item.destroy(api.afresh());
  await expect(api.client.items.list(collectionId)).resolves.toEqual([]);
});

test("delete deletes, and twice is fine", async () => {
  const { id, state } = await lifecycle.create(api, checked(declared()));
  await lifecycle.delete(api, id, state);
  await lifecycle.delete(api, id, state);
  expect(await held()).toEqual([]);
});
