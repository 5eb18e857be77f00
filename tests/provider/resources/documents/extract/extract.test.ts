import fc from "fast-check";
import { ENDINGS, extract } from "../../../../../provider/resources/documents/extract/extract";
import type { Extracted } from "../../../../../provider/resources/documents/extract/extracted";
import type { Piece } from "../../../../../provider/resources/documents/cut/piece";
import { reader } from "../../../../../provider/resources/documents/reading/reader";
import { docx, pdf, zip } from "./made";

const read = (name: string, text: string | Buffer): Promise<Extracted> => extract(name, Buffer.from(text as string));
const refusal = (name: string, text: string | Buffer): Promise<string> => read(name, text).then(() => "nothing is wrong", (error: unknown) => (error as Error).message);
// The library of PDF loads a part of itself in a way that this test's sandbox does not allow.
const cutApart = (name: string, bytes: Buffer): Promise<readonly Piece[]> => reader.read(name, bytes, { maxTokens: 512, overlapTokens: 0 });
const refusalApart = (name: string, bytes: Buffer): Promise<string> => cutApart(name, bytes).then(() => "nothing is wrong", (error: unknown) => (error as Error).message);
const headings = ({ blocks }: Extracted): [number, string][] => blocks.flatMap((block) => (block.kind === "heading" ? [[block.level, block.title] as [number, string]] : []));

describe("Markdown", () => {
  it("has its front matter's title and description, and its headings", async () => {
    const found = await read("a.md", "---\ntitle: The guide\ndescription: How to begin\ntags: [a]\n---\n\n# Begin `here`\n\nText.\n\nUnder\n-----\n\nMore.\n");
    expect(found).toMatchObject({ title: "The guide", description: "How to begin" });
    expect(headings(found)).toEqual([[1, "Begin here"], [2, "Under"]]);
    expect(found.text).not.toContain("tags");
  });

  it("takes no rule for front matter, and no comment in code for a heading", async () => {
    expect((await read("a.md", "---\n\nJust a rule above.\n\n---\n")).text).toContain("Just a rule above.");
    expect(headings(await read("a.md", "# One\n\n```sh\n# a comment\n```\n\n    # indented code\n"))).toEqual([[1, "One"]]);
  });

  it("is refused with the line where its front matter is not YAML", async () => {
    expect(await refusal("a.md", "---\ntitle: one\n  two: [three\n---\n\nText.\n")).toMatch(/^has front matter that is not YAML: .*\(line \d\)\. Mend what stands between the lines ---$/u);
  });

  it("is read in no time where its front matter would grow without end", async () => {
    const bomb = ["a: &a [x,x,x,x,x,x,x,x,x,x]", ...Array.from({ length: 12 }, (_, index) => `${"bcdefghijklm"[index]}: &${"bcdefghijklm"[index]} [${Array(10).fill(`*${"abcdefghijkl"[index]}`).join(",")}]`)].join("\n");
    expect(await refusal("a.md", `---\n${bomb}\n---\n\nText.\n`)).toMatch(/front matter/u);
  });
});

describe("Text", () => {
  it("is the same with CRLF, a byte order mark, as UTF-16 and decomposed", async () => {
    const { text } = await read("a.txt", "Grüße\nan alle\n");
    for (const other of ["Gru\u0308ße\r\nan alle\r\n", "\uFEFFGrüße\nan alle\n", Buffer.from("\uFEFFGrüße\nan alle\n", "utf16le")]) {
      expect((await read("a.txt", other)).text).toBe(text);
    }
  });

  it("is refused with the offset where it is not UTF-8, also behind characters that stand for such", async () => {
    expect(await refusal("a.md", Buffer.from([0x61, 0x62, 0xff, 0x63]))).toBe("is not UTF-8 text: the byte at offset 2 does not belong. Save it as UTF-8, or exclude it");
    expect(await refusal("a.md", Buffer.concat([Buffer.from("ü\uFFFD"), Buffer.from([0xc3, 0x28])]))).toContain("the byte at offset 5");
  });

  it("is refused where it is something else: a picture called .md", async () => {
    expect(await refusal("a.md", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]))).toMatch(/^is not (UTF-8 )?text/u);
    expect(await refusal("a.md", Buffer.from("text\0more"))).toContain("it holds a NUL at character 4");
  });

  it("may be empty, whatever it is called", async () => {
    for (const ending of ENDINGS) expect(await read(`a.${ending}`, "")).toEqual({ text: "", blocks: [] });
  });
});

describe("Other formats", () => {
  it("HTML is its text with headings, title and description, without scripts and styles", async () => {
    const found = await read("a.html", "<html><head><title>The &amp; guide</title><meta name='description' content='How to'><style>p{}</style></head><body><h1>Begin</h1><p>Text with <a href='x'>a link</a>.</p><script>alert(1)</script><ul><li>One</li></ul><h2>Next</h2><p>More.</p></body></html>");
    expect(found).toMatchObject({ title: "The & guide", description: "How to" });
    expect(headings(found)).toEqual([[1, "Begin"], [2, "Next"]]);
    expect(found.text).toContain("Text with a link.");
    expect(found.text).not.toMatch(/alert|p\{\}|href/u);
  });

  it("HTML has elements of any name", async () => {
    expect((await read("a.html", "<p>One</p><constructor>two</constructor><Constructor/><constructors>three</constructors>")).text).toMatch(/One\s+two\s*three/u);
  });

  it("HTML that is nested without end is refused, or read, and harms nothing", async () => {
    expect(await refusal("a.html", "<div>".repeat(100_000))).toMatch(/nothing is wrong|nested too deeply/u);
  });

  it("CSV is a block a row, each value under its column's name", async () => {
    const { text, blocks } = await read("a.csv", 'thing;price\n"bread; dark";3\ncake;5\n');
    expect(text).toBe("thing: bread; dark\nprice: 3\n\nthing: cake\nprice: 5");
    expect(blocks).toHaveLength(2);
    expect((await read("a.tsv", "thing\tprice\nbread\t3\n")).text).toBe("thing: bread\nprice: 3");
    expect(await refusal("a.csv", 'a,b\n"never closed,1\n')).toMatch(/^is no readable table of values/u);
  });

  it("names that are long are not repeated in whole, so that a small document does not become a huge one", async () => {
    const long = "n".repeat(10_000);
    expect((await read("a.csv", `${long}\n${"x\n".repeat(2_000)}`)).text.length).toBeLessThan(300_000);
    expect((await read("a.json", JSON.stringify({ [long]: { first: 1, second: { third: [2] } } }))).text).toMatch(/^…n{114}\.first: 1\n…n+\.second\.third: 2$/u);
    const wide = Object.fromEntries(Array.from({ length: 280_000 }, (_, index) => [index, 1]));
    expect(await refusal("a.json", JSON.stringify({ [long]: wide }))).toMatch(/^would have more than 32 MiB with a name beside each value/u);
  });

  it("JSON is an entry each, with the paths to its values", async () => {
    const { text } = await read("a.json", JSON.stringify([{ name: "bread", price: { amount: 3 } }, { name: "cake" }]));
    expect(text).toMatch(/name: bread\nprice\.amount: 3\n\n.*name: cake/su);
    expect((await read("a.jsonl", '{"a":1}\n\n{"a":2}\n')).blocks).toHaveLength(2);
    expect(await refusal("a.json", '{"a": tru}')).toMatch(/^is not JSON/u);
    expect(await refusal("a.jsonl", '{"a":1}\nnope\n')).toMatch(/^is not JSON \(line 2\)/u);
    expect(await refusal("a.json", "[".repeat(200_000) + "]".repeat(200_000))).toMatch(/nothing is wrong|nested|JSON/u);
  });

  it("JSON with a key that is special to the machine changes nothing there", async () => {
    await read("a.json", '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it("HTML whose cells span more than there can be is read in no time", async () => {
    const { text } = await read("a.html", "<table><tr><td colspan=10000000>wide<td>beside</tr><tr><td rowspan=100000000>high<td colspan=-4>odd</tr></table>");
    expect(text.split(/\s+/u).sort()).toEqual(["beside", "high", "odd", "wide"]);
  });

  it("PDF is its pages' text", async () => {
    const [piece] = await cutApart("a.pdf", pdf(["Bread is baked on Mondays.", "Cake on Fridays."]));
    expect(piece?.text).toMatch(/Bread is baked on Mondays\.\n\nCake on Fridays\./u);
  });

  it("PDF is refused where it is encrypted, damaged, or holds no text", async () => {
    expect(await refusalApart("a.pdf", pdf(["Secret."], { encrypted: true }))).toBe("is an encrypted PDF: save it without a password");
    expect(await refusalApart("a.pdf", Buffer.from("%PDF-1.4\nnothing of the kind"))).toMatch(/^is no readable PDF/u);
    expect(await refusalApart("a.pdf", pdf([""]))).toMatch(/^is a PDF without text/u);
  });

  it("DOCX is its text with headings", async () => {
    const found = await read("a.docx", docx("Returns", "Thirty days.", "Free of charge."));
    expect(headings(found)).toEqual([[1, "Returns"]]);
    expect(found.text).toMatch(/Thirty days\.\n\nFree of charge\./u);
  });

  it("DOCX is refused where it is no archive, damaged, protected, or swells when unpacked", async () => {
    expect(await refusal("a.docx", "just text")).toMatch(/^is no readable DOCX: it is no ZIP archive/u);
    expect(await refusal("a.docx", docx("A", "B").subarray(0, 300))).toMatch(/^is no readable DOCX/u);
    expect(await refusal("a.docx", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]))).toContain("with a password or of an old version");
    expect(await refusal("a.docx", zip({ "word/document.xml": Buffer.alloc(200 * 1024 * 1024, 97) }))).toMatch(/^is more than 64 MiB once unpacked/u);
    expect(await refusal("a.docx", zip({ "other.xml": Buffer.from("<a/>") }))).toMatch(/^is no readable DOCX/u);
  });

  it("a name with another ending is refused with those that can be read", async () => {
    expect(await refusal("a.exe", "x")).toMatch(/a document's name must end in one of md, .*docx$/u);
    expect((await read("a", "# Heading\n")).blocks).toHaveLength(1);
  });
});

describe("Whatever the bytes", () => {
  const names = ENDINGS.filter((ending) => ending !== "pdf" && ending !== "docx").map((ending) => `a.${ending}`);
  it("a document is read or refused with a sentence's part, and its blocks are in order and within it", async () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)), fc.string({ unit: "grapheme", maxLength: 300 }).map((text) => Buffer.from(text)), fc.array(fc.constantFrom("---\n", "# ", "a: b\n", "<p>", "</p>", "|a|b|\n", "|-|-|\n", "```\n", '"', ",", "{", "}", "[1]", "\n\n", "text "), { maxLength: 30 }).map((parts) => Buffer.from(parts.join(""))));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), bytes, async (name, content) => {
        try {
          const { text, blocks } = await extract(name, content);
          let at = 0;
          for (const { start, end } of blocks) {
            expect(text.slice(at, start).trim()).toBe("");
            expect(end).toBeGreaterThan(start);
            at = end;
          }
          expect(text.slice(at).trim()).toBe("");
        } catch (error) {
          expect([(error as Error).name, (error as Error).message]).toEqual(["DocumentError", expect.stringMatching(/^(is|has|begins|takes|cannot) /u)]);
        }
      }),
      { numRuns: 400, seed: 8 },
    );
  });
});
