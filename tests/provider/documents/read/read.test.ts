import fc from "fast-check";
import { ENDINGS } from "../../../../provider/documents/read/kinds";
import { readDocument } from "../../../../provider/documents/read/read";
import { childrenOf, isContainer, type Block } from "../../../../provider/documents/tree";
import { outline, read, refusal, textsIn } from "./outline";

describe("Text", () => {
  it("is the same with CRLF, a byte order mark, as UTF-16 and decomposed", async () => {
    const { blocks } = await read("a.txt", "Grüße\nan alle\n");
    for (const other of [
      "Gru\u0308ße\r\nan alle\r\n",
      "\uFEFFGrüße\nan alle\n",
      Buffer.from("\uFEFFGrüße\nan alle\n", "utf16le"),
    ]) {
      expect((await read("a.txt", other)).blocks).toEqual(blocks);
    }
  });

  it("is refused with the place where it is not UTF-8, also behind characters that stand for such", async () => {
    expect(await refusal("a.md", Buffer.from([0x61, 0x0a, 0xff, 0x63]))).toBe(
      "is not UTF-8 text: the byte at offset 2 (line 2) does not belong. Save it as UTF-8, or exclude it",
    );
    expect(await refusal("a.md", Buffer.concat([Buffer.from("ü\uFFFD"), Buffer.from([0xc3, 0x28])]))).toContain(
      "the byte at offset 5 (line 1)",
    );
  });

  it("is refused where it is something else: a picture called .md", async () => {
    expect(await refusal("a.md", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]))).toMatch(
      /^is not (UTF-8 )?text/u,
    );
    expect((await read("a.html", `<p>The sign \0 is no text.${" And more.".repeat(20)}</p>`)).blocks).toHaveLength(1);
    expect(await refusal("a.md", Buffer.from("Text", "utf16le"))).toContain("it holds a NUL at character 1");
    expect(await refusal("a.md", Buffer.from("text\0more"))).toContain("it holds a NUL at character 4");
  });

  it("of a page is in the character encoding that it declares, where it is no UTF-8", async () => {
    const page = (head: string, ...bytes: number[]): Buffer => Buffer.concat([Buffer.from(head), Buffer.from(bytes)]);
    for (const [name, source, text] of [
      ["a.html", page('<meta charset="windows-1251"><p>', 0xcf, 0xf0, 0xe8), "При"],
      ["a.html", page("<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'><p>", 0x93, 0xfa), "日"],
      ["a.xhtml", page('<?xml version="1.0" encoding="ISO-8859-1"?><p>Gr', 0xfc, 0xdf, 0x65), "Grüße"],
      ["a.html", Buffer.from("<meta charset=utf-16><p>Grüße", "utf16le"), "Grüße"],
      ["a.html", Buffer.from('<meta charset="iso-8859-1"><p>Grüße'), "Grüße"],
    ] as const)
      expect(outline((await read(name, source)).blocks)).toEqual([["paragraph", text]]);
    expect(await refusal("a.html", page("<meta charset=none><p>", 0xfc))).toMatch(
      /does not belong\. Save it as UTF-8, declare its character encoding, or exclude it$/u,
    );
  });

  it("may be empty, whatever it is called", async () => {
    for (const ending of ENDINGS) expect(await read(`a.${ending}`, "")).toEqual({ blocks: [] });
  });
});

describe("A name", () => {
  it("with another ending is refused with those that can be read", async () => {
    expect(await refusal("a.exe", "x")).toMatch(
      /^cannot be read: a document's name must end in one of md, .*pdf.*, or have no ending$/u,
    );
  });

  it("without an ending is Markdown's, but for a licence's, a script's and a build tool's", async () => {
    for (const name of ["a", "guides/README"])
      expect(outline((await read(name, "# Heading\n")).blocks)).toEqual([["heading", "# Heading"]]);
    for (const [name, text] of [
      ["LICENSE", "# Text\n"],
      ["Makefile", "# Text\n"],
      ["run", "#!/bin/sh\n"],
    ] as const) {
      expect(outline((await read(name, text)).blocks)).toEqual([["paragraph", text.trim()]]);
    }
  });
});

/** All blocks, those in containers, too. */
function all(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => [block, ...(isContainer(block) ? all(childrenOf(block)) : [])]);
}

describe("Whatever the bytes", () => {
  const names = ENDINGS.filter((ending) => ending !== "pdf" && ending !== "docx").map((ending) => `a.${ending}`);
  const words = [
    "---\n",
    "# ",
    "a: b\n",
    "<p>",
    "</p>",
    "<table><tr><td>",
    "<dl><dt>",
    "<dd>",
    "<!--",
    "-->",
    "|a|b|\n",
    "|-|-|\n",
    "```\n",
    '"',
    ",",
    "{",
    "}",
    "[1]",
    "- ",
    "> ",
    "    ",
    "import x from 'y'\n",
    "\n\n",
    "text ",
  ];
  it("a document is read or refused with a sentence's part, and no container of it is empty", async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
      fc.string({ unit: "grapheme", maxLength: 300 }).map((text) => Buffer.from(text)),
      fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((parts) => Buffer.from(parts.join(""))),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), bytes, async (name, content) => {
        try {
          const { blocks } = await readDocument(name, content);
          expect(all(blocks).filter((block) => isContainer(block) && childrenOf(block).length === 0)).toEqual([]);
          expect(
            textsIn(blocks).filter(
              (text) => text.includes("\r") || text.includes("\0") || text !== text.normalize("NFC"),
            ),
          ).toEqual([]);
        } catch (error) {
          expect([(error as Error).name, (error as Error).message]).toEqual([
            "DocumentError",
            expect.stringMatching(/^(is|has|begins|takes|cannot) /u),
          ]);
        }
      }),
      { numRuns: 500, seed: 8 },
    );
  });
});
