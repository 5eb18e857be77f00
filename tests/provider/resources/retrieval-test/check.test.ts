import { check } from "../../../../provider/resources/retrieval-test/schema";
import { UNKNOWN, type Properties } from "../../../../provider/engine/values";

const CASE = { query: "When is bread baked?", expect: { document: "Bread" } };
const declared = (values: Properties = {}): Properties => ({ collectionId: "kb", cases: [CASE], ...values });

/** What is wrong, by property. */
const wrong = (values: Properties): Record<string, string> =>
  Object.fromEntries(check({}, declared(values)).failures.map(({ property, reason }) => [property, reason]));
const hash = (cases: unknown): unknown => check({}, declared({ cases })).inputs["casesHash"];

describe("A retrieval test's inputs", () => {
  test("get their defaults, so that declaring them is no change", () => {
    expect(check({}, declared())).toEqual({
      inputs: {
        collectionId: "kb",
        cases: [CASE],
        minRecall: 1,
        onFailure: "fail",
        casesHash: expect.stringMatching(/^[0-9a-f]{16}$/u),
      },
      failures: [],
    });
  });

  test("have one hash for cases that mean the same, and another for others", () => {
    expect(hash([{ expect: [{ document: "Bread" }], topK: 3, query: CASE.query }])).toBe(hash([CASE]));
    expect(hash([{ ...CASE, expect: { section: "a", document: "Bread" } }])).toBe(
      hash([{ ...CASE, expect: { document: "Bread", section: "a" } }]),
    );
    const others = [
      [CASE, CASE],
      [{ ...CASE, topK: 2 }],
      [{ ...CASE, query: "When?" }],
      [{ ...CASE, expect: { text: "Bread" } }],
    ];
    expect(new Set([[CASE], ...others].map(hash)).size).toBe(5);
  });

  test("are passed over as long as they are not known", () => {
    const cases = [{ query: UNKNOWN, expect: { document: "Bread" } }];
    const { inputs, failures } = check(
      {},
      {
        collectionId: UNKNOWN,
        cases,
        revision: UNKNOWN,
        minRecall: UNKNOWN,
        onFailure: UNKNOWN,
        deadlineSeconds: UNKNOWN,
      },
    );
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({ cases, casesHash: UNKNOWN });
  });

  test("are told apart by where they are wrong, all at once", () => {
    expect(
      wrong({
        cases: [
          CASE,
          { query: " ", expect: [{ document: "" }, {}] },
          { qeury: "x", expect: { sektion: "x" }, topK: 101 },
          { query: "x", expect: [] },
          "x",
        ],
        minRecall: 1.5,
        onFailure: "ignore",
        deadlineSeconds: -1,
        revision: 5,
        minRecal: 1,
      }),
    ).toEqual({
      "cases[1].query": "must be the question to ask, but is empty",
      "cases[1].expect[0].document": "must be text with something in it, but is empty",
      "cases[1].expect[1]": "must have at least one of document, section, text",
      "cases[2].query": "must be the question to ask, but is missing",
      "cases[2].qeury": 'is not a property of a case. Did you mean "query"? It takes: query, expect, topK.',
      "cases[2].expect.sektion":
        'is not a property of an expectation. Did you mean "section"? It takes: document, section, text.',
      "cases[2].topK": "must be a whole number from 1 to 100",
      "cases[3].expect": "must name at least one expectation, but is an empty list",
      "cases[4]": "must be a question with what is expected, such as { query, expect }, but is text",
      minRecall: "must be a number from 0 to 1",
      onFailure: 'must be "fail" or "warn"',
      deadlineSeconds: "must be a number from 0 to 3600",
      revision: "must be text that stands for the content, such as documents.revision, but is a number",
      minRecal: expect.stringContaining('Did you mean "minRecall"?'),
    });
  });

  test.each([
    ["no cases", undefined, "cases", /is required: must be a list of questions/u],
    ["an empty list", [], "cases", /at least one question/u],
    ["something else than a list", { query: "x" }, "cases", /must be a list of questions/u],
    [
      "a case without an expectation",
      [{ query: "x" }],
      "cases[0].expect",
      /must say what is expected, but is missing/u,
    ],
    [
      "an expectation that is only a name",
      [{ query: "x", expect: "Bread" }],
      "cases[0].expect",
      /such as \{ document: "guide\/install\.md" \}, but is text/u,
    ],
    ["a rank that is no whole number", [{ ...CASE, topK: 1.5 }], "cases[0].topK", /whole number from 1 to 100/u],
    [
      "a question that is too long",
      [{ ...CASE, query: "word ".repeat(600) }],
      "cases[0].query",
      /too long: at least 600 tokens, and the API takes about 512 a question/u,
    ],
  ])("are refused for %s", (_what, cases, property, reason) => {
    expect(wrong({ cases })).toEqual({ [property]: expect.stringMatching(reason) });
  });

  test("have no hash as long as they are wrong", () => {
    expect(hash([{ query: "" }])).toBeUndefined();
  });
});
