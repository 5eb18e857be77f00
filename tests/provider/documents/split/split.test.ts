import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { readDocument } from "../../../../provider/documents/read/read";
import type { Chunk } from "../../../../provider/documents/split/chunk";
import { parts } from "../../../../provider/documents/split/parts";
import { split, type SplitOptions } from "../../../../provider/documents/split/split";
import { comparableHash } from "../../../../provider/ownership/comparable";
import { textsIn } from "../read/outline";

const ROOT = join(__dirname, "../../../..");
const OPTIONS: SplitOptions = { maxTokens: 128, overlapTokens: 0 };

async function splitText(text: string, options: Partial<SplitOptions> = {}, name = "a.md"): Promise<Chunk[]> {
  return split(await readDocument(name, Buffer.from(text)), { ...OPTIONS, ...options });
}

const bare = (text: string): string => text.replace(/\s+/gu, "");
const together = (chunks: readonly Chunk[]): string => bare(chunks.map(({ text }) => text).join(""));

const word = fc.constantFrom(
  "collection",
  "vector",
  "item",
  "the",
  "a",
  "search",
  "answers",
  "questions",
  "and",
  "Deployment",
  "returns",
  "42",
  "naïve",
  "文書",
  "🚀",
);
const sentence = fc.array(word, { minLength: 3, maxLength: 18 }).map((words) => `${words.join(" ")}.`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 6 }).map((sentences) => sentences.join(" "));
const heading = fc
  .tuple(fc.integer({ min: 1, max: 4 }), word, word)
  .map(([level, a, b]) => `${"#".repeat(level)} ${a} ${b}`);
const code = fc.array(sentence, { minLength: 1, maxLength: 12 }).map((lines) => ["```ts", ...lines, "```"].join("\n"));
const table = fc
  .array(fc.tuple(word, word), { minLength: 1, maxLength: 30 })
  .map((rows) => ["| Name | Value |", "|---|---|", ...rows.map(([a, b]) => `| ${a} | ${b} |`)].join("\n"));
const list = fc
  .array(sentence, { minLength: 1, maxLength: 10 })
  .map((items) => items.map((item) => `- ${item}`).join("\n"));
const block = fc.oneof({ weight: 6, arbitrary: paragraph }, { weight: 2, arbitrary: heading }, code, table, list);
const blocks = fc.array(block, { minLength: 1, maxLength: 30 });

describe("Splitting a document", () => {
  it("loses nothing, exceeds no limit and answers the same again, whatever the Markdown", async () => {
    await fc.assert(
      fc.asyncProperty(blocks, fc.integer({ min: 64, max: 512 }), async (all, maxTokens) => {
        const text = all.join("\n\n");
        const chunks = await splitText(text, { maxTokens });
        expect(together(chunks)).toBe(bare(text));
        expect(chunks.filter(({ tokens }) => tokens > maxTokens)).toEqual([]);
        expect(
          chunks.filter(
            ({ content, text: own, hash }) =>
              !content.endsWith(own) || hash !== comparableHash(content) || own.trim() === "",
          ),
        ).toEqual([]);
        expect(await splitText(text, { maxTokens })).toEqual(chunks);
      }),
      { numRuns: 120 },
    );
  });

  it("loses nothing and exceeds no limit, whatever the text", async () => {
    const anything = fc.array(
      fc.oneof(
        fc.string({ unit: "grapheme", maxLength: 300 }),
        fc.string({ unit: "binary", maxLength: 80 }),
        fc.constantFrom("\n", "\n\n", "# ", "```\n", "|", "    ", "a".repeat(3000), "👩‍👩‍👧‍👦".repeat(200)),
      ),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(anything, async (strings) => {
        const text = strings
          .join("")
          .replaceAll("\0", "")
          .toWellFormed()
          .replace(/^-/u, "")
          .replace(/\r\n?/gu, "\n")
          .normalize("NFC");
        // A lone bullet without a word says nothing.
        fc.pre(!/^[\s>*+-]+$/u.test(text));
        const chunks = await splitText(text, { maxTokens: 64 });
        expect(together(chunks)).toBe(bare(text.replace(/^\uFEFF/u, "")));
        expect(chunks.filter(({ tokens }) => tokens > 64)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("changes a few chunks around an edited paragraph and no other", async () => {
    const prose = fc.array(fc.oneof({ weight: 9, arbitrary: paragraph }, { weight: 1, arbitrary: heading }), {
      minLength: 8,
      maxLength: 60,
    });
    const changes: number[] = [];
    await fc.assert(
      fc.asyncProperty(prose, fc.nat(), sentence, async (all, pick, added) => {
        const at = pick % all.length;
        fc.pre(!(all[at] ?? "#").startsWith("#"));
        const before = (await splitText(all.join("\n\n"))).map(({ hash }) => hash);
        const edited = all.with(at, `${all[at] ?? ""} ${added}`);
        const after = (await splitText(edited.join("\n\n"))).map(({ hash }) => hash);
        const known = new Set(before);
        const fresh = after.filter((hash) => !known.has(hash));
        changes.push(fresh.length);
        expect(fresh.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 200, seed: 8 },
    );
    expect(changes.reduce((sum, count) => sum + count, 0) / changes.length).toBeLessThan(2);
  });

  it("begins a chunk at every heading, and lets headings without text go with the next", async () => {
    const chunks = await splitText("# Returns\n\n## Deadlines\n\nThirty days.\n\n## Costs\n\nNone.\n");
    expect(chunks.map(({ content, headings }) => ({ content, headings }))).toEqual([
      { content: "# Returns\n\n## Deadlines\n\nThirty days.", headings: ["Returns", "Deadlines"] },
      { content: "Returns\n\n## Costs\n\nNone.", headings: ["Returns", "Costs"] },
    ]);
  });

  it("splits thousands of headings without a text", async () => {
    const chunks = await splitText("## B c\n\n".repeat(3000));
    expect(together(chunks)).toBe("##Bc".repeat(3000));
    for (const { tokens } of chunks) expect(tokens).toBeLessThanOrEqual(OPTIONS.maxTokens);
  });

  it("puts the title in front of the headings, unless it is one of them", async () => {
    const [first] = await splitText("---\ntitle: Handbook\n---\n\n## Travel\n\nBook early.\n");
    expect(first?.content).toBe("Handbook\n\n## Travel\n\nBook early.");
    const [same] = await splitText("---\ntitle: Handbook\n---\n\n# Handbook\n\nBook early.\n");
    expect(same?.content).toBe("# Handbook\n\nBook early.");
  });

  it("puts what the front matter says of the document before its first chunk, and only there", async () => {
    const chunks = await splitText(
      "---\ntitle: Handbook\ndescription: How we travel.\n---\n\nBook early.\n\n## Trains\n\nSecond class.\n",
    );
    expect(chunks.map(({ content }) => content.replaceAll(/\n+/gu, "\n\n"))).toEqual([
      "Handbook\n\nHow we travel.\n\nBook early.",
      "Handbook\n\n## Trains\n\nSecond class.",
    ]);
    const long = await splitText(`---\ndescription: ${"very long ".repeat(200)}\n---\n\nBook early.\n`, {
      maxTokens: 64,
    });
    expect(long.every(({ tokens }) => tokens <= 64)).toBe(true);
  });

  it("repeats a table's head above its later rows, and a code block's first line", async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `| name ${index} | a value of some length |`);
    const tables = await splitText(["## Limits", "", "| Name | Value |", "|---|---|", ...rows].join("\n"));
    expect(tables.length).toBeGreaterThan(2);
    for (const { content, text } of tables.slice(1))
      expect(content).toBe(`Limits\n\n| Name | Value |\n|---|---|\n${text}`);
    const lines = Array.from({ length: 60 }, (_, index) => `const value${index} = compute(${index});`);
    const codes = await splitText(["## Use", "", "```ts", ...lines, "```"].join("\n"));
    expect(codes.length).toBeGreaterThan(2);
    for (const { content, text } of codes.slice(1)) {
      expect(content).toBe(`Use\n\n\`\`\`ts\n${text}`);
      expect(text.split("\n").every((line) => line === "```" || lines.includes(line))).toBe(true);
    }
  });

  it("leaves no scrap beside a block that is split, and splits code where nothing is open", async () => {
    const body = Array.from(
      { length: 12 },
      (_, index) => `function part${index}() {\n  return [\n    ${index},\n  ];\n}`,
    );
    const chunks = await splitText(
      ["## Use", "", "Like so:", "", "```ts", ...body, "```", "", "That is all."].join("\n"),
      { maxTokens: 96 },
    );
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks.filter(({ tokens }) => tokens < 24)).toEqual([]);
    for (const { text } of chunks.slice(1)) expect(text).toMatch(/^function/u);
  });

  it("keeps a table's head with its first row, and repeats it without what draws it", async () => {
    const rows = Array.from(
      { length: 30 },
      (_, index) => `| name ${index} ${" ".repeat(40)}| a value of some length |`,
    );
    const chunks = await splitText(
      ["## Limits", "", `| Name ${" ".repeat(40)}| Value |`, `|${"-".repeat(46)}|-------|`, ...rows].join("\n"),
    );
    for (const [index, { content }] of chunks.entries()) {
      expect(content).toContain("| name");
      if (index > 0) expect(content).toMatch(/^Limits\n\n\| Name \| Value \|\n\|---\|---\|\n\| name/u);
    }
  });

  it("begins a chunk with the end of the one before where overlap is wanted, but not across headings", async () => {
    const sentences = Array.from({ length: 60 }, (_, index) => `This is the sentence of the number ${index}.`);
    const chunks = await splitText(`# One\n\n${sentences.join(" ")}\n\n# Two\n\nShort.`, { overlapTokens: 30 });
    expect(chunks.length).toBeGreaterThan(4);
    for (const [index, { text, tokens }] of chunks.entries()) {
      expect(tokens).toBeLessThanOrEqual(128);
      const before = chunks[index - 1]?.text ?? "";
      const [first = ""] = text.split(/(?<=\.) /u);
      expect(before.endsWith(first) || before.includes(`${first} `)).toBe(index > 0 && !text.startsWith("#"));
    }
  });

  it("never splits a character in two, or one that is several to the machine", async () => {
    const family = "👩‍👩‍👧‍👦";
    const chunks = await splitText(family.repeat(300), { maxTokens: 64 });
    expect(chunks.length).toBeGreaterThan(10);
    expect(chunks.filter(({ text }) => bare(text.replaceAll(family, "")) !== "")).toEqual([]);
  });

  it.each([
    ["one word", "x".repeat(500_000)],
    ["words", "lorem ipsum dolor ".repeat(60_000)],
    ["Chinese", "退货须在三十天之内寄回".repeat(30_000)],
    ["dots", ".".repeat(200_000)],
  ])("splits a long line without an end: %s", async (_, text) => {
    const chunks = await splitText(text, { maxTokens: 384 });
    expect(together(chunks)).toBe(bare(text));
    expect(chunks.filter(({ tokens }) => tokens > 384)).toEqual([]);
  });

  it("looks at a run of dots once, and not from each of them", () => {
    // In a process that can be ended: nothing else stops a regular expression.
    const program =
      'const { sentences } = require("./dist/provider/documents/split/sentences.js"); ' +
      'process.stdout.write(JSON.stringify(sentences(".".repeat(400_000), 0, 400_000)))';
    expect(execFileSync(process.execPath, ["-e", program], { cwd: ROOT, timeout: 60_000 }).toString()).toBe("[]");
  });

  it("puts the Markdown of real packages together again, none of it over the limit", async () => {
    const found = execFileSync(
      "find",
      ["node_modules/undici/docs", "node_modules", "-maxdepth", "5", "-iname", "*.md", "-size", "-200k"],
      { cwd: ROOT, maxBuffer: 2 ** 26 },
    );
    const files = found
      .toString()
      .trim()
      .split("\n")
      .filter((file) => /undici\/docs|readme\.md$/iu.test(file));
    expect(files.length).toBeGreaterThan(300);
    for (const file of files) {
      const tree = await readDocument(file, readFileSync(join(ROOT, file)));
      const chunks = split(tree, { maxTokens: 384, overlapTokens: 0 });
      expect([file, together(chunks) === bare(textsIn(tree.blocks).join(""))]).toEqual([file, true]);
      expect([file, chunks.filter(({ tokens }) => tokens > 384)]).toEqual([file, []]);
    }
  });
});

describe("Splitting a chunk again", () => {
  it("makes about equal parts of it that come together again, each under the heading path", async () => {
    const [chunk] = await splitText(`# Title\n\n## Section\n\n${"Some words that go on. ".repeat(30)}`, {
      maxTokens: 512,
    });
    if (!chunk) throw new Error("There is no chunk.");
    for (const n of [2, 4, 8]) {
      const found = parts(chunk, n);
      expect(found).toHaveLength(n);
      expect(together(found)).toBe(bare(chunk.text));
      for (const part of found.slice(1)) expect(part.content).toBe(`Title › Section\n\n${part.text}`);
      expect(Math.max(...found.map(({ tokens }) => tokens))).toBeLessThan(chunk.tokens / n + 24);
      expect(parts(chunk, n)).toEqual(found);
    }
  });

  it("makes parts of what has no spaces, and leaves alone what cannot be split", async () => {
    const [long, short] = await Promise.all([splitText("x".repeat(120)), splitText("x")]);
    expect(parts(long[0]!, 4)).toHaveLength(4);
    expect(together(parts(long[0]!, 4))).toBe("x".repeat(120));
    expect(parts(short[0]!, 4).map(({ text }) => text)).toEqual(["x"]);
  });
});
