import { InitializationFailure } from "../../../../provider/engine/initialization-failure";
import { ownerOf } from "../../../../provider/ownership/tag";
import { chunkDescription, itemDescription } from "../../../support/tags";
import { lifecycle } from "../../../../provider/resources/retrieval-test/lifecycle";
import type { RetrievalCase, State } from "../../../../provider/resources/retrieval-test/schema";
import { UNKNOWN, type Properties } from "../../../../provider/engine/values";
import { emulated, type Emulated } from "../../emulated";
import { Managed } from "../../managed";

let api: Emulated;
let collectionId: string;
let managed: Managed<Parameters<typeof lifecycle.create>[1], State>;
beforeEach(async () => {
  api = await emulated();
  collectionId = (await api.client.collections.create({ name: "Shelf" })).id;
  managed = new Managed(lifecycle);
});
afterEach(() => api.emulator.close());

const add = async (content: string, description?: string): Promise<string> =>
  (await api.client.items.add(collectionId, { content, description })).item.id;
/** A chunk of a document, as `Documents` uploads it. */
const addChunk = (title: string, content: string, document = title.split(" › ")[0] ?? ""): Promise<string> =>
  add(content, chunkDescription(ownerOf("urn"), document, content, title));

const BREAD: RetrievalCase = { query: "When is bread baked?", expect: { document: "bread.md" } };
const CATS: RetrievalCase = { query: "When are cats fed?", expect: { document: "cats.md" }, topK: 1 };
const declared = (cases: readonly RetrievalCase[], values: Properties = {}): Properties => ({
  collectionId,
  cases,
  deadlineSeconds: 0,
  ...values,
});
/** Deploys, and answers what was found, also of a test that failed. */
async function results(...cases: readonly RetrievalCase[]): Promise<State["results"]> {
  await new Promise((resolve) => void managed.up(api, declared(cases)).then(resolve, resolve));
  return managed.outputs["results"] as State["results"];
}
const passes = async (query: string, expect: RetrievalCase["expect"], topK = 1): Promise<boolean | undefined> =>
  (await results({ query, expect, topK }))[0]?.passed;
const failure = async (deployed: Promise<unknown>): Promise<string> => {
  const error = await deployed.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InitializationFailure);
  return (error as Error).message;
};
const nothingFound = {
  operation: "searchCollection",
  status: 200,
  body: { results: [], usage: { prompt_tokens: 1, total_tokens: 1 } },
} as const;

beforeEach(async () => {
  await addChunk("bread.md › Baking", "bread.md\n\nBread is baked on Mondays.");
  await addChunk("cats.md › Feeding › Times", "Cats are fed at noon.");
  api.calls();
});

describe("A test whose questions are answered", () => {
  test("passes, and says how well", async () => {
    await managed.up(api, declared([BREAD, CATS], { revision: "one" }));
    expect(managed.outputs).toEqual({
      collectionId,
      revision: "one",
      casesHash: expect.any(String),
      minRecall: 1,
      onFailure: "fail",
      recall: 1,
      mrr: 1,
      passed: true,
      results: [
        { query: BREAD.query, passed: true, recall: 1, rank: 1 },
        { query: CATS.query, passed: true, recall: 1, rank: 1 },
      ],
    });
    expect({ warnings: api.warnings, reports: api.reports }).toEqual({ warnings: [], reports: [] });
    expect(api.statuses).toEqual([
      "2 of 2 questions are answered as expected (recall 1, at least 1 is wanted; mean reciprocal rank 1)",
    ]);
  });

  test("costs one list and one search a question, and nothing as long as nothing changes", async () => {
    await managed.up(api, declared([BREAD, CATS], { revision: "one" }));
    expect(api.calls().sort()).toEqual(["listItems", "searchCollection", "searchCollection"]);
    await expect(
      managed.up(
        api,
        declared([BREAD, CATS], { revision: "one", minRecall: 1, onFailure: "fail", deadlineSeconds: 9 }),
      ),
    ).resolves.toBe("same");
    await managed.refresh(api);
    await managed.destroy(api);
    expect(api.calls()).toEqual([]);
  });

  test.each([
    ["revision", { revision: "two" }],
    ["least recall", { minRecall: 0.5 }],
    ["answer to a failure", { onFailure: "warn" }],
    ["cases", { cases: [BREAD] }],
  ])("runs again for another %s", async (_what, change) => {
    await managed.up(api, declared([BREAD, CATS], { revision: "one" }));
    api.calls();
    await expect(managed.up(api, declared([BREAD, CATS], { revision: "one", ...change }))).resolves.toBe("update");
    expect(api.calls()).toContain("searchCollection");
  });

  test("asks another collection that it is pointed at", async () => {
    await managed.up(api, declared([BREAD]));
    const other = (await api.client.collections.create({ name: "Other" })).id;
    await expect(managed.up(api, declared([BREAD], { collectionId: other, onFailure: "warn" }))).resolves.toBe(
      "update",
    );
    expect(managed.outputs).toMatchObject({ collectionId: other, passed: false });
  });

  test("counts as changed in a preview that does not know the revision", async () => {
    await managed.up(api, declared([BREAD], { revision: "one" }));
    expect(
      lifecycle.diff(managed.outputs, lifecycle.check({}, declared([BREAD], { revision: UNKNOWN })).inputs),
    ).toEqual({ changes: true, replaces: [] });
  });
});

describe("A test that fails", () => {
  test("names what was not answered, what came instead, and the ways on", async () => {
    await add("Cats are sold on Fridays, and other cats on Sundays.", "Prices");
    const cats = {
      query: "On which days are cats sold?",
      expect: { document: "cats.md", section: "Feeding" },
      topK: 1,
    };
    expect(await failure(managed.up(api, declared([BREAD, cats])))).toBe(
      [
        "1 of 2 questions are answered as expected (recall 0.5, at least 1 is wanted; mean reciprocal rank 0.75):",
        "ok    When is bread baked?          rank 1: bread.md",
        "FAIL  On which days are cats sold?  expected in top 1: cats.md › Feeding; came at rank 2, instead: Prices",
        'The content is left in place, and the next "pulumi up" asks again. Fix the content or the questions. To ' +
          "go back, restore",
        'the content as it was, for example with "git revert", and run "pulumi up". To deploy it as it is, set',
        'minRecall: 0.5 or onFailure: "warn".',
      ].join("\n"),
    );
    expect(managed.outputs).toMatchObject({
      passed: false,
      recall: 0.5,
      mrr: 0.75,
      results: [{ passed: true }, { query: cats.query, passed: false, recall: 0, rank: 2, instead: ["Prices"] }],
    });
  });

  test("keeps its id, runs in each deployment until it passes, and then no more", async () => {
    const dogs = { query: "When are dogs walked?", expect: { document: "dogs.md" } };
    await failure(managed.up(api, declared([dogs], { revision: "one" })));
    await failure(managed.up(api, declared([dogs], { revision: "one" })));
    await managed.refresh(api);
    await failure(managed.up(api, declared([dogs], { revision: "one" })));
    await addChunk("dogs.md", "Dogs are walked in the evening.");
    await expect(managed.up(api, declared([dogs], { revision: "one" }))).resolves.toBe("update");
    await expect(managed.up(api, declared([dogs], { revision: "one" }))).resolves.toBe("same");
  });

  test("is deleted without a call", async () => {
    await failure(managed.up(api, declared([{ query: "Who?", expect: { text: "nobody" } }])));
    api.calls();
    await managed.destroy(api);
    expect(api.calls()).toEqual([]);
  });

  test("only warns where that is wanted, and then runs again for a change alone", async () => {
    const cases = [{ query: "When are dogs walked?", expect: { document: "dogs.md" } }];
    await managed.up(api, declared(cases, { onFailure: "warn", revision: "one" }));
    expect(managed.outputs).toMatchObject({ passed: false, recall: 0 });
    expect(api.reports).toEqual([
      expect.stringMatching(
        /^0 of 1 questions .*\nFAIL {2}When are dogs walked\? {2}expected in top 3: dogs\.md; no item is called so, instead: .*$/u,
      ),
    ]);
    await expect(managed.up(api, declared(cases, { onFailure: "warn", revision: "one" }))).resolves.toBe("same");
    await expect(managed.up(api, declared(cases, { onFailure: "warn", revision: "two" }))).resolves.toBe("update");
    await failure(managed.up(api, declared(cases, { onFailure: "fail", revision: "two" })));
  });

  test("passes with as little recall as is allowed", async () => {
    const dogs = { query: "When are dogs walked?", expect: { document: "dogs.md" } };
    await managed.up(api, declared([BREAD, CATS, dogs], { minRecall: 0.666 }));
    expect(managed.outputs).toMatchObject({ passed: true, recall: 2 / 3 });
    expect(await failure(managed.up(api, declared([BREAD, CATS, dogs], { minRecall: 0.667 })))).toContain(
      "recall 0.666, at least 0.667 is wanted",
    );
    await managed.up(
      api,
      declared(
        Array.from({ length: 10 }, (_, index) => (index === 0 ? dogs : BREAD)),
        { minRecall: 0.9 },
      ),
    );
    expect(managed.outputs).toMatchObject({ passed: true });
    // Their mean is a fifth, but for the last digit of a floating-point number.
    const three = { query: "When?", expect: [CATS.expect, CATS.expect, BREAD.expect, dogs.expect, dogs.expect].flat() };
    await managed.up(api, declared([dogs, dogs, three], { minRecall: 0.2 }));
    expect(managed.outputs).toMatchObject({ passed: true, recall: 0.6 / 3 });
  });

  test("with many questions shows those that are not answered", async () => {
    const dogs = { query: "When are dogs walked?", expect: { document: "dogs.md" } };
    const said = await failure(managed.up(api, declared([...Array.from({ length: 40 }, () => BREAD), dogs])));
    expect(said.split("\n").slice(0, 2)).toEqual([
      expect.stringMatching(/^40 of 41 questions/u),
      expect.stringMatching(/^FAIL {2}When are dogs walked\?/u),
    ]);
  });
});

describe("An index that lags", () => {
  test("is asked again for what is not answered, until it is", async () => {
    api.emulator.faults.add({ ...nothingFound, nth: [1, 3] });
    await managed.up(api, declared([BREAD, CATS], { deadlineSeconds: 30 }));
    expect(managed.outputs).toMatchObject({ passed: true });
    expect(api.calls().filter((call) => call === "searchCollection")).toHaveLength(4);
    expect(api.statuses[0]).toBe("1 of 2 questions are answered; the others are asked again for up to 30 s");
  });

  test("has 30 seconds by default, and not a question longer", async () => {
    const began = api.clock.now();
    const said = await failure(
      managed.up(api, declared([{ query: "Who?", expect: { text: "nobody" } }], { deadlineSeconds: undefined })),
    );
    expect(said).toContain("FAIL");
    expect(api.clock.now() - began).toBe(30_000);
    expect(api.calls().filter((call) => call === "searchCollection").length).toBeLessThan(10);
  });

  test("may also lag with the items' list", async () => {
    api.emulator.faults.add({ operation: "listItems", nth: 1, status: 200, body: { items: [] } });
    await managed.up(api, declared([BREAD], { deadlineSeconds: 5 }));
    expect(managed.outputs).toMatchObject({ passed: true });
  });

  test("may not even know the collection for a moment", async () => {
    api.emulator.faults.add({
      operation: "searchCollection",
      nth: [1, 2],
      status: 404,
      body: { message: "Collection not found" },
    });
    await managed.up(api, declared([BREAD], { deadlineSeconds: 5 }));
    expect(managed.outputs).toMatchObject({ passed: true });
  });

  test("is not waited for once enough is answered", async () => {
    await managed.up(
      api,
      declared([BREAD, { query: "Who?", expect: { text: "nobody" } }], { deadlineSeconds: 30, minRecall: 0.5 }),
    );
    expect(api.calls().filter((call) => call === "searchCollection")).toHaveLength(2);
  });
});

describe("An API that fails", () => {
  test("fails the deployment, whatever the test would do, and what was known stays", async () => {
    await managed.up(api, declared([BREAD], { revision: "one" }));
    const before = managed.outputs;
    api.emulator.faults.add({ operation: "searchCollection", status: 500 });
    await expect(managed.up(api, declared([BREAD], { revision: "two", onFailure: "warn" }))).rejects.toMatchObject({
      status: 500,
    });
    expect(managed.outputs).toEqual(before);
    api.emulator.faults.clear();
    await expect(managed.up(api, declared([BREAD], { revision: "two" }))).resolves.toBe("update");
  });

  test("that does not know the collection is believed in the end", async () => {
    await expect(managed.up(api, declared([BREAD], { collectionId: "nowhere", deadlineSeconds: 5 }))).rejects.toThrow(
      /collection "nowhere"/u,
    );
    expect(api.clock.now()).toBe(5_000);
  });
});

describe("What is expected", () => {
  test("of a document is its name, in full", async () => {
    expect(await passes("When is bread baked?", { document: "bread.md" })).toBe(true);
    expect(await passes("When is bread baked?", { document: "bread" })).toBe(false);
  });

  test("of a document is found also where its name looks like a heading, or its title was changed", async () => {
    await addChunk("a › b.md › Dogs", "Dogs are walked in the evening.", "a › b.md");
    await addChunk("Renamed", "Goats are milked at dawn.", "goats.md");
    expect(await passes("When are dogs walked?", { document: "a › b.md" })).toBe(true);
    expect(await passes("When are goats milked?", { document: "goats.md" })).toBe(true);
  });

  test("of an item is its description, with a tag or without", async () => {
    await add("Dogs are walked in the evening.", itemDescription(ownerOf("dogs"), "", "Walking dogs"));
    await add("Goats are milked at dawn.", "Milking › Goats");
    expect(await passes("When are dogs walked?", { document: "Walking dogs" })).toBe(true);
    expect(await passes("When are goats milked?", { document: "Milking › Goats" })).toBe(true);
    expect(await passes("When are goats milked?", { section: "goats" })).toBe(true);
  });

  test.each([
    ["the innermost heading", "Times", true],
    ["an outer heading", "Feeding", true],
    ["a path, whatever its case and arrows", "feeding > TIMES", true],
    ["a part of a heading", "Time", false],
    ["headings in the wrong order", "Times › Feeding", false],
    ["the document's name", "cats.md", false],
  ])("of a section may be %s", async (_what, section, expected) => {
    expect(await passes("When are cats fed?", { section })).toBe(expected);
  });

  test("of a text is anywhere in the content, whatever its spaces and case", async () => {
    await addChunk("dogs.md", "Dogs are\n  walked in the EVENING, in a cafe\u0301.");
    expect(await passes("When are dogs walked?", { text: "are walked  in the evening, in a café" })).toBe(true);
    expect(await passes("When are dogs walked?", { text: "in the morning" })).toBe(false);
  });

  test("holds for one result in all its parts", async () => {
    expect(await passes("When are cats fed?", { document: "cats.md", section: "Feeding", text: "noon" }, 2)).toBe(true);
    expect(await passes("When are cats fed?", { document: "cats.md", text: "Mondays" }, 2)).toBe(false);
  });

  test("several times is a recall", async () => {
    const [found] = await results({
      query: "When are cats fed and bread baked?",
      expect: [{ document: "cats.md" }, { document: "dogs.md" }, { document: "bread.md" }],
      topK: 2,
    });
    expect(found).toMatchObject({
      passed: false,
      recall: 2 / 3,
      rank: 1,
      instead: expect.arrayContaining(["bread.md › Baking", "cats.md › Feeding › Times"]),
    });
  });

  test("is not found in what a replaced resource has left for the end of the deployment", async () => {
    const owner = ownerOf("dogs");
    await add("Dogs are walked in the evening.", itemDescription(owner, "", "Dogs", "aaaaaaaaaa"));
    expect(await passes("When are dogs walked?", { text: "evening" }, 10)).toBe(true);
    await add("Dogs are walked at night.", itemDescription(owner, "", "Dogs", "bbbbbbbbbb"));
    api.ownership.holds(`${collectionId}/new`, "bbbbbbbbbb", owner);
    expect(await passes("When are dogs walked? ", { text: "evening" }, 10)).toBe(false);
    expect(await passes("When are dogs walked?", { text: "night" }, 10)).toBe(true);
  });
});

describe("What came instead", () => {
  const instead = async (query: string): Promise<readonly string[] | undefined> =>
    (await results({ query, expect: { text: "nothing of the kind" }, topK: 1 }))[0]?.instead;

  test("never is content: an item without a description of its own goes by its id", async () => {
    const secret =
      "Dogs must never hear the word walk before the evening, or they will bark at everyone until it is over.";
    const byApi = await add(secret);
    expect(await instead("When do dogs hear the word walk?")).toEqual([`item ${byApi}`]);
    await api.client.items.delete(collectionId, byApi);
    const ours = await add(secret, itemDescription(ownerOf("dogs"), secret, `${secret.slice(0, 79)}…`));
    expect(await instead("When do dogs hear the word walk? ")).toEqual([`item ${ours}`]);
    const short = await add("The word walk.", itemDescription(ownerOf("walk"), "", "The word walk."));
    expect(await instead("The word walk")).toEqual([`item ${short}`]);
  });

  test("is a declared title, on one line and not too long", async () => {
    await add("Dogs are walked in the evening.", itemDescription(ownerOf("dogs"), "", "Dogs"));
    expect(await instead("When are dogs walked?")).toEqual(["Dogs"]);
    await addChunk(`goats.md › ${"long ".repeat(40)}`, "Goats are\nmilked at dawn.");
    expect(await instead("When are goats milked?")).toEqual([expect.stringMatching(/^goats\.md › long .{60,70}…$/u)]);
  });

  test("is the title of a chunk of a document, even where its text begins with the same words", async () => {
    await addChunk("Dogs", "Dogs are walked in the evening.");
    expect(await instead("When are dogs walked?")).toEqual(["Dogs"]);
    await addChunk("Milk", "Milk");
    expect(await instead("Milk")).toEqual(["Milk"]);
  });

  test("is nothing in an empty collection", async () => {
    const other = (await api.client.collections.create({ name: "Empty" })).id;
    expect(await failure(managed.up(api, declared([BREAD], { collectionId: other })))).toContain(
      "expected in top 3: bread.md; nothing came",
    );
  });
});

test("Of secret cases not a word is shown or kept", async () => {
  const cases = [BREAD, { query: "Where is the canary?", expect: { document: "canary.md", text: "canary" } }];
  const said = await failure(managed.up(api, declared(cases, { confidential: true })));
  expect(said).toMatch(
    /ok {4}cases\[0\] {2}rank 1\nFAIL {2}cases\[1\] {2}expected in top 3: 1 of 1 missing; no item is called so, instead: /u,
  );
  for (const place of [said, JSON.stringify(managed.outputs), api.statuses.join(), api.reports.join()])
    expect(place).not.toContain("canary");
});

test("A test cannot be looked up: there is none in the API", async () => {
  await expect(lifecycle.read(api, "some-id", {})).rejects.toThrow('There is no retrieval test "some-id" to read');
});
