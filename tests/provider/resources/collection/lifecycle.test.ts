import { HalfMade } from "../../../../provider/lifecycle";
import { lifecycle } from "../../../../provider/resources/collection/lifecycle";
import { emulated, type Emulated } from "../../emulated";

let api: Emulated;
beforeEach(async () => void (api = await emulated()));
afterEach(() => api.emulator.close());

const names = async (): Promise<string[]> => (await api.client.collections.list()).map(({ name }) => name);

describe("check", () => {
  test.each([
    [{}, "is required"],
    [{ name: "" }, "must not be empty"],
    [{ name: " " }, "must not be empty"],
    [{ name: 5 }, "as text"],
    [{ name: "a", adopt: "" }, "is empty"],
    [{ name: "a", adoptByName: "a" }, "true or false"],
    [{ name: "a", adopt: "b", adoptByName: true }, "together with adopt"],
  ])(
    "%j is refused",
    (inputs, reason) => {
      expect(lifecycle.check({}, inputs).failures).toEqual([{ property: expect.any(String), reason: expect.stringContaining(reason) }]);
    },
  );
});

describe("create", () => {
  test("makes a collection and says where it is", async () => {
    const { id, state } = await lifecycle.create(api, { name: "Hand Book" });
    expect(state).toEqual({ name: "Hand Book", collectionId: id, origin: api.origin });
    await expect(names()).resolves.toEqual(["Hand Book"]);
  });

  test("makes another one beside a like-named one, and says how to manage that instead", async () => {
    const first = await api.client.collections.create({ name: "Same" });
    await lifecycle.create(api, { name: "Same" });
    await expect(names()).resolves.toEqual(["Same", "Same"]);
    expect(api.warnings).toEqual([expect.stringContaining(`adopt: "${first.id}"`)]);
  });

  test("waits until the API finds what it has made", async () => {
    api.emulator.faults.add({ operation: "getCollection", nth: [1, 2, 3], status: 404, body: { message: "Collection not found" } });
    const { state } = await lifecycle.create(api, { name: "Late" });
    expect(state.name).toBe("Late");
    expect(api.clock.now()).toBeGreaterThan(0);
  });

  test("leaves a half-made one with its id where it stays invisible", async () => {
    api.emulator.faults.add({ operation: "getCollection", status: 404, body: { message: "Collection not found" } });
    const failure = await lifecycle.create(api, { name: "Hidden" }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(HalfMade);
    expect(failure).toMatchObject({ id: "hidden", state: { collectionId: "hidden", name: "Hidden" }, message: expect.stringContaining('"hidden"') });
  });

  test("leaves a half-made one with its id where it cannot be read", async () => {
    api.emulator.faults.add({ operation: "getCollection", status: 500 });
    await expect(lifecycle.create(api, { name: "Unread" })).rejects.toMatchObject({ name: "HalfMade", id: "unread" });
  });

  test("takes over the one whose answer was lost, instead of making a second", async () => {
    await api.client.collections.create({ name: "Lost" });
    api.emulator.faults.add({ operation: "createCollection", reset: true, processed: true, times: 1 });
    const { id } = await lifecycle.create(api, { name: "Lost" });
    expect(id).not.toBe("lost");
    await expect(names()).resolves.toEqual(["Lost", "Lost"]);
  });

  test("never takes over the collection of a like-named resource that is made at the same time", async () => {
    api.emulator.faults.add({ operation: "createCollection", nth: 1, reset: true, processed: true });
    const made = await Promise.all([lifecycle.create(api, { name: "Twin" }), lifecycle.create(api, { name: "Twin" })]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(2);
    await expect(names()).resolves.toEqual(["Twin", "Twin"]);
  });

  test("fails where the answer was lost and nothing came of it", async () => {
    api.emulator.faults.add({ operation: "createCollection", reset: true, processed: false, times: 1 });
    await expect(lifecycle.create(api, { name: "Lost" })).rejects.toMatchObject({ ambiguous: true });
  });

  test("takes over an existing one when told to, under the declared name", async () => {
    const { id } = await api.client.collections.create({ name: "Old" });
    api.calls();
    await expect(lifecycle.create(api, { name: "New", adopt: id })).resolves.toMatchObject({ id, state: { name: "New" } });
    expect(api.calls()).toEqual(["getCollection", "updateCollection"]);
    await expect(names()).resolves.toEqual(["New"]);
  });

  test("writes nothing when it takes over one that has the declared name already", async () => {
    const { id } = await api.client.collections.create({ name: "Same" });
    api.calls();
    await lifecycle.create(api, { name: "Same", adopt: id });
    expect(api.calls()).toEqual(["getCollection"]);
  });

  test("says so where there is none to take over, and what there is", async () => {
    await expect(lifecycle.create(api, { name: "New", adopt: "nowhere" })).rejects.toThrow(/adopt: there is no collection "nowhere".*none at all/u);
    await api.client.collections.create({ name: "Other" });
    await expect(lifecycle.create(api, { name: "New", adopt: "nowhere" })).rejects.toThrow(/It has: "other" \(Other\)/u);
  });

  test("takes over the only one of its name when told to", async () => {
    const { id } = await api.client.collections.create({ name: "Only" });
    await api.client.collections.create({ name: "Other" });
    await expect(lifecycle.create(api, { name: "Only", adoptByName: true })).resolves.toMatchObject({ id });
    await expect(names()).resolves.toEqual(["Only", "Other"]);
  });

  test("takes over none by a name that several have, and lists them", async () => {
    const ids = [await api.client.collections.create({ name: "Twin" }), await api.client.collections.create({ name: "Twin" })].map(({ id }) => `"${id}"`);
    await expect(lifecycle.create(api, { name: "Twin", adoptByName: true })).rejects.toThrow(`adoptByName: 2 collections are named "Twin": ${ids.join(", ")}`);
  });

  test("takes over none by a name that none has, and makes none", async () => {
    await api.client.collections.create({ name: "Other" });
    await expect(lifecycle.create(api, { name: "Wanted", adoptByName: true })).rejects.toThrow(/adoptByName: no collection .* "Wanted".*"other" \(Other\)/u);
    await expect(names()).resolves.toEqual(["Other"]);
  });

  test("makes one where adoptByName is false", async () => {
    await api.client.collections.create({ name: "Same" });
    await lifecycle.create(api, { name: "Same", adoptByName: false });
    await expect(names()).resolves.toEqual(["Same", "Same"]);
  });
});

describe("read", () => {
  test("answers the state as it is, without inputs, where nothing drifted", async () => {
    const { id, state } = await lifecycle.create(api, { name: "Same" });
    await expect(lifecycle.read(api, id, state)).resolves.toEqual({ id, state });
  });

  test("answers the name that it found, as state and as inputs", async () => {
    const { id, state } = await lifecycle.create(api, { name: "Before" });
    await api.client.collections.update(id, { name: "After" });
    await expect(lifecycle.read(api, id, state)).resolves.toEqual({ id, state: { ...state, name: "After" }, inputs: { name: "After" } });
  });

  test("says that it is gone when the API says so, with a warning where the account is empty", async () => {
    const { id, state } = await lifecycle.create(api, { name: "Gone" });
    await api.client.collections.delete(id);
    await expect(lifecycle.read(api, id, state)).resolves.toBe("gone");
    expect(api.warnings).toEqual([expect.stringContaining("another subscription")]);
  });

  test("says that it is gone without a warning where other collections are there", async () => {
    const { id, state } = await lifecycle.create(api, { name: "Gone" });
    await api.client.collections.create({ name: "Other" });
    await api.client.collections.delete(id);
    await expect(lifecycle.read(api, id, state)).resolves.toBe("gone");
    expect(api.warnings).toEqual([]);
  });

  test("fails rather than call it gone when the API does not answer properly", async () => {
    const { id, state } = await lifecycle.create(api, { name: "There" });
    api.emulator.faults.add({ operation: "getCollection", status: 503 });
    await expect(lifecycle.read(api, id, state)).rejects.toMatchObject({ status: 503 });
  });

  test("looks up one that the stack does not manage, and fails where there is none", async () => {
    const { id } = await api.client.collections.create({ name: "Foreign" });
    await expect(lifecycle.read(api, id, {})).resolves.toMatchObject({ id, state: { name: "Foreign", collectionId: id } });
    await expect(lifecycle.read(api, "nowhere", {})).rejects.toThrow('There is no collection "nowhere"');
  });
});

describe("another API than the one that made it", () => {
  test.each(["read", "update", "delete"] as const)("is refused by %s before any request", async (verb) => {
    const { id, state } = await lifecycle.create(api, { name: "Here" });
    api.calls();
    const elsewhere = { ...state, origin: "https://api.vultrinference.com" };
    await expect(lifecycle[verb](api, id, elsewhere, { name: "Here" })).rejects.toThrow(/made at https:\/\/api\.vultrinference\.com/u);
    expect(api.calls()).toEqual([]);
  });

  test("is not a loopback address with another port", async () => {
    const { id, state } = await lifecycle.create(api, { name: "Here" });
    await expect(lifecycle.read(api, id, { ...state, origin: "http://localhost:1" })).resolves.toMatchObject({ id });
  });
});

test("update renames in place", async () => {
  const { id, state } = await lifecycle.create(api, { name: "Before" });
  await expect(lifecycle.update(api, id, state, { name: "After" })).resolves.toEqual({ ...state, name: "After" });
  await expect(names()).resolves.toEqual(["After"]);
});

test("delete deletes, and twice is fine", async () => {
  const { id, state } = await lifecycle.create(api, { name: "Going" });
  await lifecycle.delete(api, id, state);
  await lifecycle.delete(api, id, state);
  await expect(names()).resolves.toEqual([]);
});

test("delete fails where the API does", async () => {
  const { id, state } = await lifecycle.create(api, { name: "Stays" });
  api.emulator.faults.add({ operation: "deleteCollection", status: 500 });
  await expect(lifecycle.delete(api, id, state)).rejects.toMatchObject({ status: 500 });
});
