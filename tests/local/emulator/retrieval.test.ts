import { readFileSync } from "node:fs";
import { join } from "node:path";
import { closeAll, rig, type Rig } from "./support/http.js";
import { sectionsOf } from "./support/sections.js";

afterEach(closeAll);

const ROOT = join(__dirname, "../../..");

/** Questions in words that are mostly not the document's, each with texts one of which stands in a right section. */
const questions = (name: string): [string, string[]][] =>
  JSON.parse(readFileSync(join(__dirname, "retrieval", `${name}.json`), "utf8")) as [string, string[]][];

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

// What is measured on documentation that nobody here wrote, by questions that were kept unseen, stands in
// docs/emulator.md.
it.each([
  ["light", "undici", "node_modules/undici/docs", 0.45],
  ["light", "commander", "node_modules/commander/Readme.md", 0.5],
  ["full", "commander", "node_modules/commander/Readme.md", 0.5],
] as const)(
  "the %s embedding finds a right section of %s's documentation among the first three for most questions",
  async (embeddings, name, path, goal) => {
    const test = await rig({ embeddings });
    await fill(test, sectionsOf(join(ROOT, path)));
    const cases = questions(name);
    expect(cases.length).toBeGreaterThanOrEqual(20);
    expect(await recall(test, cases)).toBeGreaterThanOrEqual(goal);
  },
);

it("answers most questions about the documents from them, and says of many others that it found nothing", async () => {
  const test = await rig({ embeddings: "light" });
  await fill(test, sectionsOf(join(ROOT, "node_modules/undici/docs")));
  const answered = async (name: string): Promise<number> => {
    const answers = await Promise.all(
      questions(name).map(([content]) =>
        test.ask("POST", "/chat/completions/RAG", {
          model: "glm-5.3",
          collection: "docs",
          messages: [{ role: "user", content }],
        }),
      ),
    );
    return answers.filter(({ text }) => !text.includes("I found nothing about that")).length / answers.length;
  };
  expect(await answered("undici")).toBeGreaterThanOrEqual(0.8);
  expect(await answered("everyday")).toBeLessThanOrEqual(0.3);
});

it("the full embedding finds everyday sentences by meaning", async () => {
  const test = await rig({ embeddings: "full" });
  const sentences = (
    JSON.parse(readFileSync(join(__dirname, "retrieval/everyday.json"), "utf8")) as [string, string][]
  ).map(([text, question]): [string, string[]] => [question, [text]]);
  await fill(
    test,
    sentences.flatMap(([, texts]) => texts),
  );
  expect(await recall(test, sentences)).toBeGreaterThanOrEqual(0.95);
});
