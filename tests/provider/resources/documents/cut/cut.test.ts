import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { cut, parts, type CutSettings } from "../../../../../provider/resources/documents/cut/cut";
import type { Piece } from "../../../../../provider/resources/documents/cut/piece";
import { extract } from "../../../../../provider/resources/documents/extract/extract";
import { comparableHash } from "../../../../../provider/ownership/comparable";

const ROOT = join(__dirname, "../../../../..");
const SETTINGS: CutSettings = { maxTokens: 128, overlapTokens: 0 };

async function cutText(text: string, settings: Partial<CutSettings> = {}, name = "a.md"): Promise<Piece[]> {
  return cut(await extract(name, Buffer.from(text)), { ...SETTINGS, ...settings });
}

const bare = (text: string): string => text.replace(/\s+/gu, "");
const together = (pieces: readonly Piece[]): string => bare(pieces.map(({ text }) => text).join(""));

const word = fc.constantFrom("collection", "vector", "item", "the", "a", "search", "answers", "questions", "and", "Deployment", "returns", "42", "naïve", "文書", "🚀");
const sentence = fc.array(word, { minLength: 3, maxLength: 18 }).map((words) => `${words.join(" ")}.`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 6 }).map((sentences) => sentences.join(" "));
const heading = fc.tuple(fc.integer({ min: 1, max: 4 }), word, word).map(([level, a, b]) => `${"#".repeat(level)} ${a} ${b}`);
const code = fc.array(sentence, { minLength: 1, maxLength: 12 }).map((lines) => ["```ts", ...lines, "```"].join("\n"));
const table = fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 30 }).map((rows) => ["| Name | Value |", "|---|---|", ...rows.map(([a, b]) => `| ${a} | ${b} |`)].join("\n"));
const list = fc.array(sentence, { minLength: 1, maxLength: 10 }).map((items) => items.map((item) => `- ${item}`).join("\n"));
const block = fc.oneof({ weight: 6, arbitrary: paragraph }, { weight: 2, arbitrary: heading }, code, table, list);
const blocks = fc.array(block, { minLength: 1, maxLength: 30 });

describe("Cutting a document", () => {
  it("loses nothing, exceeds no limit and answers the same again, whatever the Markdown", async () => {
    await fc.assert(
      fc.asyncProperty(blocks, fc.integer({ min: 64, max: 512 }), async (all, maxTokens) => {
        const text = all.join("\n\n");
        const pieces = await cutText(text, { maxTokens });
        expect(together(pieces)).toBe(bare(text));
        expect(pieces.filter(({ tokens }) => tokens > maxTokens)).toEqual([]);
        expect(pieces.filter(({ content, text: own, hash }) => !content.endsWith(own) || hash !== comparableHash(content) || own.trim() === "")).toEqual([]);
        expect(await cutText(text, { maxTokens })).toEqual(pieces);
      }),
      { numRuns: 120 },
    );
  });

  it("loses nothing and exceeds no limit, whatever the text", async () => {
    const anything = fc.array(fc.oneof(fc.string({ unit: "grapheme", maxLength: 300 }), fc.string({ unit: "binary", maxLength: 80 }), fc.constantFrom("\n", "\n\n", "# ", "```\n", "|", "    ", "a".repeat(3000), "👩‍👩‍👧‍👦".repeat(200))), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(anything, async (strings) => {
        const text = strings.join("").replaceAll("\0", "").toWellFormed().replace(/^-/u, "").replace(/\r\n?/gu, "\n").normalize("NFC");
        const pieces = await cutText(text, { maxTokens: 64 });
        expect(together(pieces)).toBe(bare(text.replace(/^\uFEFF/u, "")));
        expect(pieces.filter(({ tokens }) => tokens > 64)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("changes a few pieces around an edited paragraph and no other", async () => {
    const prose = fc.array(fc.oneof({ weight: 9, arbitrary: paragraph }, { weight: 1, arbitrary: heading }), { minLength: 8, maxLength: 60 });
    const changes: number[] = [];
    await fc.assert(
      fc.asyncProperty(prose, fc.nat(), sentence, async (all, pick, added) => {
        const at = pick % all.length;
        fc.pre(!(all[at] ?? "#").startsWith("#"));
        const before = (await cutText(all.join("\n\n"))).map(({ hash }) => hash);
        const edited = all.with(at, `${all[at] ?? ""} ${added}`);
        const after = (await cutText(edited.join("\n\n"))).map(({ hash }) => hash);
        const known = new Set(before);
        const fresh = after.filter((hash) => !known.has(hash));
        changes.push(fresh.length);
        expect(fresh.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 200, seed: 8 },
    );
    expect(changes.reduce((sum, count) => sum + count, 0) / changes.length).toBeLessThan(2);
  });

  it("begins a piece at every heading, and lets headings without text go with the next", async () => {
    const pieces = await cutText("# Returns\n\n## Deadlines\n\nThirty days.\n\n## Costs\n\nNone.\n");
    expect(pieces.map(({ content, headings }) => ({ content, headings }))).toEqual([
      { content: "# Returns\n\n## Deadlines\n\nThirty days.", headings: ["Returns", "Deadlines"] },
      { content: "Returns\n\n## Costs\n\nNone.", headings: ["Returns", "Costs"] },
    ]);
  });

  it("puts the title in front of the headings, unless it is one of them", async () => {
    const [first] = await cutText("---\ntitle: Handbook\n---\n\n## Travel\n\nBook early.\n");
    expect(first?.content).toBe("Handbook\n\n## Travel\n\nBook early.");
    const [same] = await cutText("---\ntitle: Handbook\n---\n\n# Handbook\n\nBook early.\n");
    expect(same?.content).toBe("# Handbook\n\nBook early.");
  });

  it("puts what the front matter says of the document before its first piece, and only there", async () => {
    const pieces = await cutText("---\ntitle: Handbook\ndescription: How we travel.\n---\n\nBook early.\n\n## Trains\n\nSecond class.\n");
    expect(pieces.map(({ content }) => content.replaceAll(/\n+/gu, "\n\n"))).toEqual(["Handbook\n\nHow we travel.\n\nBook early.", "Handbook\n\n## Trains\n\nSecond class."]);
    const long = await cutText(`---\ndescription: ${"very long ".repeat(200)}\n---\n\nBook early.\n`, { maxTokens: 64 });
    expect(long.every(({ tokens }) => tokens <= 64)).toBe(true);
  });

  it("repeats a table's head above its later rows, and a code block's first line", async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `| name ${index} | a value of some length |`);
    const tables = await cutText(["## Limits", "", "| Name | Value |", "|---|---|", ...rows].join("\n"));
    expect(tables.length).toBeGreaterThan(2);
    for (const { content, text } of tables.slice(1)) expect(content).toBe(`Limits\n\n| Name | Value |\n|---|---|\n${text}`);
    const lines = Array.from({ length: 60 }, (_, index) => `const value${index} = compute(${index});`);
    const codes = await cutText(["## Use", "", "```ts", ...lines, "```"].join("\n"));
    expect(codes.length).toBeGreaterThan(2);
    for (const { content, text } of codes.slice(1)) {
      expect(content).toBe(`Use\n\n\`\`\`ts\n${text}`);
      expect(text.split("\n").every((line) => line === "```" || lines.includes(line))).toBe(true);
    }
  });

  it("leaves no scrap beside a block that is cut, and cuts code where nothing is open", async () => {
    const body = Array.from({ length: 12 }, (_, index) => `function part${index}() {\n  return [\n    ${index},\n  ];\n}`);
    const pieces = await cutText(["## Use", "", "Like so:", "", "```ts", ...body, "```", "", "That is all."].join("\n"), { maxTokens: 96 });
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.filter(({ tokens }) => tokens < 24)).toEqual([]);
    for (const { text } of pieces.slice(1)) expect(text).toMatch(/^function/u);
  });

  it("keeps a table's head with its first row, and repeats it without what draws it", async () => {
    const rows = Array.from({ length: 30 }, (_, index) => `| name ${index} ${" ".repeat(40)}| a value of some length |`);
    const pieces = await cutText(["## Limits", "", `| Name ${" ".repeat(40)}| Value |`, `|${"-".repeat(46)}|-------|`, ...rows].join("\n"));
    for (const [index, { content }] of pieces.entries()) {
      expect(content).toContain("| name");
      if (index > 0) expect(content).toMatch(/^Limits\n\n\| Name \| Value \|\n\|---\|---\|\n\| name/u);
    }
  });

  it("begins a piece with the end of the one before where overlap is wanted, but not across headings", async () => {
    const sentences = Array.from({ length: 60 }, (_, index) => `This is the sentence of the number ${index}.`);
    const pieces = await cutText(`# One\n\n${sentences.join(" ")}\n\n# Two\n\nShort.`, { overlapTokens: 30 });
    expect(pieces.length).toBeGreaterThan(4);
    for (const [index, { text, tokens }] of pieces.entries()) {
      expect(tokens).toBeLessThanOrEqual(128);
      const before = pieces[index - 1]?.text ?? "";
      const [first = ""] = text.split(/(?<=\.) /u);
      expect(before.endsWith(first) || before.includes(`${first} `)).toBe(index > 0 && !text.startsWith("#"));
    }
  });

  it("never cuts a character in two, or one that is several to the machine", async () => {
    const family = "👩‍👩‍👧‍👦";
    const pieces = await cutText(family.repeat(300), { maxTokens: 64 });
    expect(pieces.length).toBeGreaterThan(10);
    expect(pieces.filter(({ text }) => bare(text.replaceAll(family, "")) !== "")).toEqual([]);
  });

  it.each([
    ["one word", "x".repeat(500_000)],
    ["words", "lorem ipsum dolor ".repeat(60_000)],
    ["Chinese", "退货须在三十天之内寄回".repeat(30_000)],
    ["dots", ".".repeat(200_000)],
  ])("cuts a long line without an end: %s", async (_, text) => {
    const pieces = await cutText(text, { maxTokens: 384 });
    expect(together(pieces)).toBe(bare(text));
    expect(pieces.filter(({ tokens }) => tokens > 384)).toEqual([]);
  });

  it("looks at a run of dots once, and not from each of them", () => {
    // In a process that can be ended: nothing else stops a regular expression.
    const program = 'const { sentences } = require("./dist/provider/resources/documents/cut/joints.js"); process.stdout.write(JSON.stringify(sentences(".".repeat(400_000), 0, 400_000)))';
    expect(execFileSync(process.execPath, ["-e", program], { cwd: ROOT, timeout: 60_000 }).toString()).toBe("[]");
  });

  it("puts the Markdown of real packages together again, none of it over the limit", async () => {
    const found = execFileSync("find", ["node_modules/undici/docs", "node_modules", "-maxdepth", "5", "-iname", "*.md", "-size", "-200k"], { cwd: ROOT, maxBuffer: 2 ** 26 });
    const files = found.toString().trim().split("\n").filter((file) => /undici\/docs|readme\.md$/iu.test(file));
    expect(files.length).toBeGreaterThan(300);
    for (const file of files) {
      const extracted = await extract(file, readFileSync(join(ROOT, file)));
      const pieces = cut(extracted, { maxTokens: 384, overlapTokens: 0 });
      expect([file, together(pieces) === bare(extracted.text)]).toEqual([file, true]);
      expect([file, pieces.filter(({ tokens }) => tokens > 384)]).toEqual([file, []]);
    }
  });
});

describe("Cutting a piece again", () => {
  it("makes about equal parts of it that come together again, each under the breadcrumb", async () => {
    const [piece] = await cutText(`# Title\n\n## Section\n\n${"Some words that go on. ".repeat(30)}`, { maxTokens: 512 });
    if (!piece) throw new Error("There is no piece.");
    for (const n of [2, 4, 8]) {
      const found = parts(piece, n);
      expect(found).toHaveLength(n);
      expect(together(found)).toBe(bare(piece.text));
      for (const part of found.slice(1)) expect(part.content).toBe(`Title › Section\n\n${part.text}`);
      expect(Math.max(...found.map(({ tokens }) => tokens))).toBeLessThan(piece.tokens / n + 24);
      expect(parts(piece, n)).toEqual(found);
    }
  });

  it("makes parts of what has no spaces, and leaves alone what cannot be cut", async () => {
    const [long, short] = await Promise.all([cutText("x".repeat(200)), cutText("x")]);
    expect(parts(long[0]!, 4)).toHaveLength(4);
    expect(together(parts(long[0]!, 4))).toBe("x".repeat(200));
    expect(parts(short[0]!, 4).map(({ text }) => text)).toEqual(["x"]);
  });
});
