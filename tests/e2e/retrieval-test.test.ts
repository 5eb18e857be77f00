import { onEachEngine } from "../support/engines.js";
import { failureOf } from "../support/run.js";
import { Rig, type Declaration } from "../support/stack.js";

const BREAD = { query: "When is bread baked?", expect: { document: "Bread", text: "on mondays" }, topK: 1 };
const CATS = { query: "When are cats fed?", expect: { document: "Cats" }, topK: 1 };

/** A collection whose item about bread says this, and a test of it. */
function declare(bread: string, test: Record<string, unknown> = {}): Declaration {
  const items = {
    bread: { in: "kb", content: bread, description: "Bread" },
    cats: { in: "kb", content: "Cats are fed at noon.", description: "Cats" },
  };
  const answers = {
    in: "kb",
    dependsOn: ["bread", "cats"],
    revision: bread,
    cases: [BREAD, CATS],
    deadlineSeconds: 0,
    ...test,
  };
  return {
    collections: { kb: { name: "kb" } },
    items,
    tests: { answers },
    outputs: { recall: "answers.recall", results: "answers.results" },
  };
}

const RIGHT = "Bread is baked on Mondays.";
const WRONG = "Bread is baked on Fridays.";

onEachEngine("A retrieval test", (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start(engine, { environment: { VULTR_INFERENCE_MAX_RETRIES: "0" } });
  });
  afterAll(() => rig.close());

  const searches = (): number => rig.calls().filter((call) => call === "searchCollection").length;

  it("asks its questions once the content is there", async () => {
    const { outputs } = await rig.up(declare(RIGHT));
    expect(outputs["recall"]?.value).toBe(1);
    expect(outputs["results"]?.value).toEqual(
      [BREAD, CATS].map(({ query }) => ({ query, passed: true, recall: 1, rank: 1 })),
    );
    expect(searches()).toBe(2);
  });

  it("asks nothing as long as nothing changes", async () => {
    expect((await rig.up()).steps).toEqual([]);
    expect(searches()).toBe(0);
  });

  it("fails a deployment after which a question is not answered, with a table and the ways on", async () => {
    const failure = await failureOf(rig.up(declare(WRONG)));
    const said = failure.run.errors.join("\n");
    expect(said).toContain(
      "1 of 2 questions are answered as expected (recall 0.5, at least 1 is wanted; mean reciprocal rank 0.5):",
    );
    expect(said).toMatch(
      /FAIL {2}When is bread baked\? {2}expected in top 1: Bread, "on mondays"; instead: Bread\n\s*ok {4}When are cats fed\? {4}rank 1: Cats/u,
    );
    expect(said).toMatch(/git revert.*minRecall: 0\.5 or onFailure: "warn"/su);
    expect(failure.run.printed).not.toMatch(/^\s+at .+:\d+:\d+\)?$/mu);
    expect((await rig.items("kb")).map(({ content }) => content)).toContain(WRONG);
    expect(rig.stored("answers")).toMatchObject({
      outputs: { passed: false, revision: WRONG },
      initErrors: [expect.stringContaining("FAIL")],
    });
  });

  it("runs again in the next one, with a refresh in between, until it passes", async () => {
    await rig.refresh();
    expect(searches()).toBe(0);
    await failureOf(rig.up());
    expect(searches()).toBe(2);
    await rig.up(declare(RIGHT));
    expect(rig.stored("answers").initErrors ?? []).toEqual([]);
  });

  it("only warns where that is wanted, and then runs again for a change alone", async () => {
    const { printed, outputs } = await rig.up(declare(WRONG, { onFailure: "warn" }));
    expect(printed).toMatch(/warning: 1 of 2 questions.*FAIL {2}When is bread baked\?/su);
    expect(outputs["recall"]?.value).toBe(0.5);
    expect((await rig.up()).steps).toEqual([]);
    expect(searches()).toBe(0);
  });

  it("of secret cases neither stores nor shows a word", async () => {
    const secret = [{ query: "Where does the canary live?", expect: { document: "canary.md" } }];
    const { said } = await failureOf(rig.up(declare(WRONG, { cases: { secret } })));
    expect(said).toMatch(/FAIL {2}cases\[0\] {2}expected in top 3: 1 of 1 missing/u);
    for (const place of [said, rig.stateText()]) expect(place).not.toMatch(/canary/iu);
  });

  it("says in the preview what is wrong with it", async () => {
    const { run } = await failureOf(
      rig.preview(declare(WRONG, { cases: [CATS, { qeury: "?", query: " ", expect: {} }], minRecall: 2 })),
    );
    const said = run.errors.join("\n");
    for (const property of ["cases[1].query", "cases[1].qeury", "cases[1].expect", "minRecall"])
      expect(said).toContain(`has a problem: ${property} `);
    expect(rig.calls()).toEqual([]);
  });

  it("is destroyed after a failure", async () => {
    expect(rig.stored("answers").initErrors).toHaveLength(1);
    await rig.destroy();
    expect(rig.state()).toEqual({});
    expect(await rig.collections()).toEqual([]);
  });
});
