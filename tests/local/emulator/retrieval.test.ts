import { readFileSync } from "node:fs";
import { join } from "node:path";
import { closeAll, rig, type Rig } from "./support/http.js";
import { sectionsOf } from "./support/sections.js";

afterEach(closeAll);

const ROOT = join(__dirname, "../../..");

/** Questions in words that are mostly not the document's, each with texts one of which stands in a right section. */
const questions = (name: string): [string, string[]][] => JSON.parse(readFileSync(join(__dirname, "retrieval", `${name}.json`), "utf8")) as [string, string[]][];

async function fill({ ask }: Rig, contents: readonly string[]): Promise<void> {
  await ask("POST", "/vector_store", { name: "docs" });
  for (const content of contents) {
    const { status, text } = await ask("POST", "/vector_store/docs/items", { content });
    if (status !== 201) throw new Error(`${text}: ${content}`);
  }
}

async function recall({ ask }: Rig, cases: readonly [string, readonly string[]][]): Promise<number> {
  let hits = 0;
  for (const [input, expected] of cases) {
    const { status, text, body } = await ask("POST", "/vector_store/docs/search", { input });
    if (status !== 200) throw new Error(`${input}: ${text}`);
    const found = body.results.slice(0, 3);
    if (found.some(({ content }) => expected.some((text) => content.includes(text)))) hits++;
  }
  return hits / cases.length;
}

describe.each([
  ["full", 0.85],
  ["light", 0.75],
] as const)("search with the %s embedding", (embeddings, goal) => {
  it.each([
    ["undici", "node_modules/undici/docs"],
    ["commander", "node_modules/commander/Readme.md"],
  ])(`finds a right section of %s's documentation among the first three for ${goal * 100} % of the questions`, async (name, path) => {
    const test = await rig({ embeddings });
    await fill(test, sectionsOf(join(ROOT, path)));
    const cases = questions(name);
    expect(cases.length).toBeGreaterThanOrEqual(20);
    expect(await recall(test, cases)).toBeGreaterThanOrEqual(goal);
  });
});

it("the full embedding finds everyday sentences by meaning", async () => {
  const test = await rig({ embeddings: "full" });
  const sentences = (JSON.parse(readFileSync(join(__dirname, "retrieval/everyday.json"), "utf8")) as [string, string][]).map(([text, question]): [string, string[]] => [question, [text]]);
  await fill(test, sentences.flatMap(([, texts]) => texts));
  expect(await recall(test, sentences)).toBeGreaterThanOrEqual(0.95);
});
