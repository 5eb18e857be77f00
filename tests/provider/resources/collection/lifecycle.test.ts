import { InitializationFailure } from "../../../../provider/engine/initialization-failure";
import { lifecycle } from "../../../../provider/resources/collection/lifecycle";
import { emulated, type Emulated } from "../../emulated";

let api: Emulated;
beforeEach(async () => void (api = await emulated()));
afterEach(() => api.emulator.close());

const names = async (): Promise<string[]> => (await api.client.collections.list()).map(({ name }) => name);

describe("check", () => {
  test.each([
    [
      { name: "Docs", adoptByName: true },
      ['Takes over the collection named "Docs" that exists already, with what it holds; none is made.'],
    ],
    [
      { name: "Docs", adopt: "docs" },
      ['Takes over the collection "docs" that exists already, with what it holds; none is made.'],
    ],
    [
      { name: "Docs", adoptByName: true, confidential: true },
      ["Takes over a collection that exists already, with what it holds; none is made."],
    ],
    [{ name: "Docs" }, []],
  ])("%j tells a preview what is taken over, once", async (inputs, expected) => {
    const said: string[] = [];
    const report = (line: string): Promise<void> => Promise.resolve(void said.push(line));
    await lifecycle.check({}, inputs, { ...api, report });
    await lifecycle.check(inputs, inputs, { ...api, report });
    expect(said).toEqual(expected);
  });

  test.each([
    [{}, "is required"],
    [{ name: "" }, "but is empty"],
    [{ name: " " }, "but is empty"],
    [{ name: 5 }, "as text"],
    [{ name: "a", adopt: "" }, "is empty"],
    [{ name: "a", adoptByName: "a" }, "true or false"],
    [{ name: "a", adopt: "b", adoptByName: true }, "together with adopt"],
  ])("%j is refused", async (inputs, reason) => {
    expect((await lifecycle.check({}, inputs, api)).failures).toEqual([
      { property: expect.any(String), reason: expect.stringContaining(reason) },
    ]);
  });
});

describe("names that begin alike", () => {
  const check = async (name: string, resourceUrn: string, more: object = {}) =>
    (await lifecycle.check({}, { name, resourceUrn, ...more }, { ...api, account: () => api })).failures;
  const refusing = (body = "Duplicate collection name found, please provide a unique name") =>
    api.emulator.faults.add({ operation: "createCollection", status: 422, body: { message: body } });

  test("are an error where one program declares both anew, and told before anything is made where one is in use", async () => {
    await api.client.collections.create({ name: "acme-handbook-dev" });
    expect(await check("acme handbook prod", "a")).toEqual([]);
    expect(api.reports).toEqual([]);
    expect(await check("acme-handbook-demo", "b")).toEqual([]);
    expect(api.reports).toEqual([
      expect.stringMatching(
        /may refuse the name "acme-handbook-demo": the collection "acmehandbookde" exists, .* "demo acme handbook" would do\.$/u,
      ),
    ]);
    const [failure] = await check("ACME handbook production", "c");
    expect(failure).toEqual({
      property: "name",
      reason: expect.stringMatching(
        /^clashes with another collection of this program, named "acme handbook prod": .*first 14 letters and digits.* such as "production ACME handbook"$/u,
      ),
    });
    // The same resource again, another that is taken over, and a secret one.
    expect(await check("acme handbook prod", "a")).toEqual([]);
    expect(await check("acme handbook prod", "d", { adopt: "acmehandbookpr" })).toEqual([]);
    expect((await check("acme handbook prod", "e", { confidential: true }))[0]?.reason).not.toContain("acme");
  });

  test("tell no name that another resource of the program gives as a secret", async () => {
    const failed = (inputs: Parameters<typeof lifecycle.create>[1], context = api) =>
      lifecycle.create(context, inputs).then(() => "", String);
    expect(await check("Hidden and plain", "a", { confidential: true })).toEqual([]);
    expect((await check("hiddenandplain words", "b"))[0]?.reason).toMatch(
      /^clashes with another .* of this program: /u,
    );
    const made = await lifecycle.create(
      { ...api, confidential: true },
      { name: "Secretly named one", confidential: true },
    );
    // Another process knows it by its state alone.
    const later = api.afresh();
    later.ownership.called(made.id, { ...made.state });
    for (const context of [api, later])
      expect(await failed({ name: "New", adopt: "nowhere" }, context)).toContain('It has: "secretlynamedo". To make');
    expect(await failed({ name: "Nowhere", adoptByName: true })).toContain('It has: "secretlynamedo". To make');
    await lifecycle.check({}, { name: "secretly-named other", resourceUrn: "c" }, { ...api, account: () => later });
    expect(api.reports.at(-1)).toContain('the collection "secretlynamedo" exists');
    refusing();
    expect(await failed({ name: "secretly-named other" })).toContain('the collection "secretlynamedo" is in its way');
  });

  test("name what is in the way, the rule and the ways on, where the API refuses", async () => {
    await api.client.collections.create({ name: "acme-handbook-dev" });
    refusing();
    const refusal = await lifecycle
      .create(api, { name: "acme-handbook-demo" })
      .catch((error: unknown) => (error as Error).message);
    expect(refusal).toMatch(
      /^name: the collection "acmehandbookde", named "acme-handbook-dev" is in its way\. .*first 14 letters and digits.* Nothing was made\. .* such as "demo acme handbook"\. .* adopt: "acmehandbookde", which gives it this name\.$/u,
    );
    const stranger = await lifecycle
      .create(api, { name: "Nobody's" })
      .catch((error: unknown) => (error as Error).message);
    expect(stranger).toContain("No collection of this account has such an id, so another account may have it.");
    expect(api.notes()).toEqual([]);
  });

  test("are no mistake where the refusal is about what an earlier attempt has made", async () => {
    const patient = api.afresh({ maxRetries: 2 });
    api.emulator.faults.add({ operation: "createCollection", status: 429, times: 1 });
    api.emulator.faults.add({
      operation: "createCollection",
      status: 422,
      processed: true,
      body: { message: "Duplicate collection name found" },
      nth: 2,
    });
    await expect(lifecycle.create(patient, { name: "Late" })).resolves.toMatchObject({ id: "late" });
    await expect(names()).resolves.toEqual(["Late"]);
  });
});

describe("create", () => {
  test("makes a collection and says where it is", async () => {
    const { id, state } = await lifecycle.create(api, { name: "Hand Book" });
    expect(state).toEqual({
      name: "Hand Book",
      collectionId: id,
      created: expect.any(String),
      claim: expect.any(String),
      ...api.places.current,
    });
    await expect(names()).resolves.toEqual(["Hand Book"]);
  });

  test.each(["Same", "same", " Same "])(
    "makes none beside a like-named one (%p), and says how to manage that instead",
    async (name) => {
      const first = await api.client.collections.create({ name: "Same" });
      const refusal = await lifecycle.create(api, { name }).catch((error: unknown) => (error as Error).message);
      expect(refusal).toMatch(
        /^name: the collection "same" has the name "Same" already.*Nothing was made.*adoptByName: true.*aliases.*deleteBeforeReplace/u,
      );
      expect(refusal).toContain(`adopt: "${first.id}"`);
      await expect(names()).resolves.toEqual(["Same"]);
    },
  );

  test("does not advise to take over what is another resource's", async () => {
    await lifecycle.create(api, { name: "Same" });
    const refusal = await lifecycle.create(api, { name: "Same" }).catch((error: unknown) => (error as Error).message);
    expect(refusal).toMatch(/belongs to another resource of this stack: choose another name/u);
    expect(refusal).not.toContain("adopt");
  });

  test("waits until the API finds what it has made", async () => {
    api.emulator.faults.add({
      operation: "getCollection",
      nth: [1, 2, 3],
      status: 404,
      body: { message: "Collection not found" },
    });
    const { state } = await lifecycle.create(api, { name: "Late" });
    expect(state.name).toBe("Late");
    expect(api.calls().filter((operation) => operation === "getCollection")).toHaveLength(4);
  });

  test("leaves a partially created one with its id where it stays invisible", async () => {
    api.emulator.faults.add({ operation: "getCollection", status: 404, body: { message: "Collection not found" } });
    const failure = await lifecycle.create(api, { name: "Hidden" }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InitializationFailure);
    expect(failure).toMatchObject({
      id: "hidden",
      state: { collectionId: "hidden", name: "Hidden" },
      message: expect.stringContaining('"hidden"'),
    });
  });

  test("leaves a partially created one with its id where it cannot be read", async () => {
    api.emulator.faults.add({ operation: "getCollection", status: 500 });
    await expect(lifecycle.create(api, { name: "Unread" })).rejects.toMatchObject({
      name: "InitializationFailure",
      id: "unread",
    });
  });

  test.each([
    ["lost", { reset: true, processed: true }],
    ["a refusal for its rate, though it was carried out", { status: 429, processed: true }],
    ["a page of HTML", { status: 200, html: true, processed: true }],
  ] as const)("takes over the one whose answer was %s, instead of making a second", async (_, fault) => {
    await api.client.collections.create({ name: "Other" });
    api.emulator.faults.add({ operation: "createCollection", ...fault, times: 1 });
    const { id } = await lifecycle.create(api, { name: "Lost" });
    expect(id).toBe("lost");
    await expect(names()).resolves.toEqual(["Other", "Lost"]);
  });

  test("takes an answer that is about another collection for none", async () => {
    const { id, created } = await api.client.collections.create({ name: "Other" });
    api.emulator.faults.add({
      operation: "createCollection",
      status: 200,
      body: { collection: { id, created, name: "Wanted" } },
      times: 1,
    });
    await expect(lifecycle.create(api, { name: "Wanted" })).rejects.toThrow(
      /answered the creation of the collection "Wanted" with another object, "other"/u,
    );
    await expect(names()).resolves.toEqual(["Other"]);
  });

  test("refuses an id that cannot be part of a path", async () => {
    api.emulator.faults.add({
      operation: "createCollection",
      status: 200,
      body: { collection: { id: "../x", name: "Wanted" } },
      times: 1,
    });
    await expect(lifecycle.create(api, { name: "Wanted" })).rejects.toThrow(/no id that can be part of a path/u);
  });

  test("of two resources with one name makes one collection, though its answer is lost", async () => {
    api.emulator.faults.add({ operation: "createCollection", nth: 1, reset: true, processed: true });
    const made = await Promise.allSettled([
      lifecycle.create(api, { name: "Twin" }),
      lifecycle.create(api, { name: "Twin" }),
    ]);
    expect(made.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    await expect(names()).resolves.toEqual(["Twin"]);
  });

  test("fails where the answer was lost and nothing came of it", async () => {
    api.emulator.faults.add({ operation: "createCollection", reset: true, processed: false, times: 1 });
    await expect(lifecycle.create(api, { name: "Lost" })).rejects.toMatchObject({ outcomeUnknown: true });
  });

  test("takes over an existing one when told to, under the declared name", async () => {
    const { id } = await api.client.collections.create({ name: "Old" });
    api.calls();
    await expect(lifecycle.create(api, { name: "New", adopt: id })).resolves.toMatchObject({
      id,
      state: { name: "New" },
    });
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
    await expect(lifecycle.create(api, { name: "New", adopt: "nowhere" })).rejects.toThrow(
      /adopt: there is no collection "nowhere".*none at all/u,
    );
    await api.client.collections.create({ name: "Other" });
    await expect(lifecycle.create(api, { name: "New", adopt: "nowhere" })).rejects.toThrow(
      /It has: "other" \(Other\)/u,
    );
  });

  test("takes over the only one of its name when told to", async () => {
    const { id } = await api.client.collections.create({ name: "Only" });
    await api.client.collections.create({ name: "Other" });
    await expect(lifecycle.create(api, { name: "Only", adoptByName: true })).resolves.toMatchObject({ id });
    await expect(names()).resolves.toEqual(["Only", "Other"]);
  });

  test("takes over none by a name that several have, and lists them", async () => {
    const ids: string[] = [];
    // A name that is taken is refused when a collection is created, not when it is renamed.
    for (const name of ["First", "Second"]) {
      const { id } = await api.client.collections.create({ name });
      await api.client.collections.update(id, { name: "Twin" });
      ids.push(`"${id}"`);
    }
    await expect(lifecycle.create(api, { name: "Twin", adoptByName: true })).rejects.toThrow(
      `adoptByName: 2 collections are named "Twin": ${ids.join(", ")}`,
    );
  });

  test("takes over none by a name that none has, and makes none", async () => {
    await api.client.collections.create({ name: "Other" });
    await expect(lifecycle.create(api, { name: "Wanted", adoptByName: true })).rejects.toThrow(
      /adoptByName: no collection .* "Wanted".*"other" \(Other\)/u,
    );
    await expect(names()).resolves.toEqual(["Other"]);
  });

  test("makes one where adoptByName is false", async () => {
    await lifecycle.create(api, { name: "Same", adoptByName: false });
    await expect(names()).resolves.toEqual(["Same"]);
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
    await expect(lifecycle.read(api, id, state)).resolves.toEqual({
      id,
      state: { ...state, name: "After" },
      inputs: { name: "After" },
    });
  });

  test("says that it is gone when the API says so", async () => {
    const { id, state } = await lifecycle.create(api, { name: "Gone" });
    await api.client.collections.delete(id);
    await expect(lifecycle.read(api, id, state)).resolves.toBe("not-found");
  });

  test("says that it is gone where another one has its id since", async () => {
    const { id, state } = await lifecycle.create(api, { name: "Gone" });
    await api.client.collections.delete(id);
    await api.client.collections.create({ name: "Gone" });
    await expect(lifecycle.read(api, id, { ...state, created: "2020-01-01T00:00:00.000Z" })).resolves.toBe("not-found");
    expect(api.reports).toEqual([expect.stringContaining("another one has its id since")]);
  });

  test("fails rather than call it gone when the API does not answer properly", async () => {
    const { id, state } = await lifecycle.create(api, { name: "There" });
    api.emulator.faults.add({ operation: "getCollection", status: 503 });
    await expect(lifecycle.read(api, id, state)).rejects.toMatchObject({ status: 503 });
  });

  test("looks up one that the stack does not manage, and fails where there is none", async () => {
    const { id } = await api.client.collections.create({ name: "Foreign" });
    await expect(lifecycle.read(api, id, {})).resolves.toMatchObject({
      id,
      state: { name: "Foreign", collectionId: id },
    });
    await expect(lifecycle.read(api, "nowhere", {})).rejects.toThrow('There is no collection "nowhere"');
  });
});

describe("another API than the one that made it", () => {
  const elsewhere = { origin: "https://api.vultrinference.com" };
  const before = { created: "2020-01-01T00:00:00.000Z" };

  test.each(["read", "update", "delete"] as const)("is noticed by %s, which then changes nothing", async (verb) => {
    const { id, state } = await lifecycle.create(api, { name: "Here" });
    for (const known of [
      { ...state, ...elsewhere, ...before },
      { ...state, ...elsewhere, created: undefined },
      { ...state, account: "00000000", ...before },
    ]) {
      api.calls();
      await expect(lifecycle[verb](api, id, known, { name: "There" })).rejects.toThrow(
        /does not mean that it was deleted, so nothing was changed.*pulumi state delete/u,
      );
      expect(api.calls()).toEqual(["getCollection"]);
    }
    await expect(names()).resolves.toEqual(["Here"]);
  });

  test("is not another address under which the very same collection is found: then what is missing there is gone", async () => {
    const { id, state } = await lifecycle.create(api, { name: "Here" });
    const gone = await lifecycle.create(api, { name: "Gone" });
    await api.client.collections.delete(gone.id);
    const old = { origin: "http://localhost:1", account: "00000000" };
    await expect(lifecycle.read(api, gone.id, { ...gone.state, ...old })).rejects.toThrow(
      "was deployed at http://localhost:1",
    );
    await expect(lifecycle.read(api, id, { ...state, ...old })).resolves.toEqual({ id, state });
    await expect(lifecycle.read(api, gone.id, { ...gone.state, ...old })).resolves.toBe("not-found");
  });
});

describe("a collection that was taken over", () => {
  const adopted = async (forceDestroy?: boolean) => {
    const { id } = await api.client.collections.create({ name: "Old" });
    return lifecycle.create(api, { name: "Old", adopt: id, forceDestroy });
  };

  test("is not deleted with what this stack did not put there, unless told to", async () => {
    const { id, state } = await adopted();
    await api.client.items.add(id, { content: "By hand." });
    await api.client.files.add(id, { filename: "a.txt", source: Buffer.from("A file.") });
    await expect(lifecycle.delete(api, id, state)).rejects.toThrow(
      /holds [12] items? and 1 file that this stack did not put there.*forceDestroy: true/u,
    );
    await expect(names()).resolves.toEqual(["Old"]);
    const forced = await lifecycle.update(api, id, state, { name: "Old", forceDestroy: true });
    await lifecycle.delete(api, id, forced);
    await expect(names()).resolves.toEqual([]);
  });

  test("is deleted where it is empty", async () => {
    const { id, state } = await adopted();
    await lifecycle.delete(api, id, state);
    await expect(names()).resolves.toEqual([]);
  });

  test("tells in the preview what a deletion will delete once it may", async () => {
    const { id, state } = await adopted();
    await api.client.items.add(id, { content: "By hand." });
    await lifecycle.diff({ ...state }, { name: "Old", forceDestroy: true }, api, () => api);
    expect(api.reports).toEqual([
      "A deletion of the collection will also delete what this stack did not put there: 1 item.",
    ]);
  });

  test("is kept where another resource of the deployment has taken it over", async () => {
    const { id, state } = await adopted(true);
    const next = api.elsewhere();
    await lifecycle.create(next, { name: "Old", adopt: id, owner: "another" });
    await lifecycle.delete(next, id, state);
    await expect(names()).resolves.toEqual(["Old"]);
    expect(next.reports).toEqual([`Kept the collection "old": another resource of this stack has taken it over.`]);
  });
});

test("a deletion that the API only claims to have carried out is repeated, and in the end an error", async () => {
  const { id, state } = await lifecycle.create(api, { name: "Stays" });
  api.emulator.faults.add({ operation: "deleteCollection", status: 204, times: 1 });
  await lifecycle.delete(api, id, state);
  await expect(names()).resolves.toEqual([]);
  const again = await lifecycle.create(api, { name: "Stays" });
  api.emulator.faults.add({ operation: "deleteCollection", status: 404, body: { message: "Collection not found" } });
  await expect(lifecycle.delete(api, again.id, again.state)).rejects.toThrow("still shows it");
});

test("a deletion is not repeated on another collection that has got the free id meanwhile", async () => {
  const { id, state } = await lifecycle.create(api, { name: "Shelf" });
  const remove = api.client.collections.delete.bind(api.client.collections);
  const { collections } = api.client;
  const racing = {
    ...api,
    client: {
      ...api.client,
      collections: {
        ...collections,
        delete: async (gone: string) => {
          await remove(gone);
          await collections.create({ name: "Shelf" });
        },
      },
    },
  } as unknown as Emulated;
  await lifecycle.delete(racing, id, state);
  await expect(names()).resolves.toEqual(["Shelf"]);
});

test("update renames in place", async () => {
  const { id, state } = await lifecycle.create(api, { name: "Before" });
  await expect(lifecycle.update(api, id, state, { name: "After" })).resolves.toEqual({ ...state, name: "After" });
  await expect(names()).resolves.toEqual(["After"]);
});

describe("a new name that another collection has", () => {
  const warning = (way: string): RegExp =>
    new RegExp(
      `^name: the collection "taken" has the name "Taken" already.*The collection is not renamed\\. ${way}`,
      "u",
    );

  test("is told in the preview, and refused in the deployment before anything is sent", async () => {
    const { id, state } = await lifecycle.create(api, { name: "Before" });
    await api.client.collections.create({ name: "Taken" });
    await lifecycle.diff({ ...state }, { name: " taken" }, api, () => api);
    expect(api.reports).toEqual([expect.stringMatching(warning("Choose another name, or rename that one first\\."))]);
    await expect(lifecycle.update(api, id, state, { name: "Taken" })).rejects.toThrow(warning("Choose another name"));
    await expect(names()).resolves.toEqual(["Before", "Taken"]);
  });

  test("is said to be another resource's where it is", async () => {
    const { state } = await lifecycle.create(api, { name: "Before" });
    await lifecycle.create(api, { name: "Taken" });
    await lifecycle.diff({ ...state }, { name: "Taken" }, api, () => api);
    expect(api.reports).toEqual([expect.stringMatching(warning("It belongs to another resource of this stack"))]);
  });

  test("is not asked for where the name stays, and a preview without an answer says nothing", async () => {
    const { state } = await lifecycle.create(api, { name: "Before" });
    api.emulator.journal.clear();
    await lifecycle.diff({ ...state }, { name: "Before" }, api, () => api);
    expect(api.emulator.journal).toHaveLength(0);
    api.emulator.faults.add({ operation: "listCollections", status: 403 });
    await lifecycle.diff({ ...state }, { name: "After" }, api, () => api);
    expect(api.reports).toEqual([]);
  });
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
