import { asciidoc } from "../../../../provider/documents/read/asciidoc";
import { notebook } from "../../../../provider/documents/read/notebook";
import { org } from "../../../../provider/documents/read/org";
import { rst } from "../../../../provider/documents/read/rst";
import { xhtml } from "../../../../provider/documents/read/xhtml";
import type { Block, DocumentTree } from "../../../../provider/documents/tree";

function shown(blocks: readonly Block[], depth = ""): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === "heading") return [`${depth}h${block.level} ${block.title}`];
    if (block.kind === "table")
      return [depth + [block.caption, block.head, ...block.rows].filter((line) => line !== undefined).join("\n")];
    if ("text" in block) return [depth + block.text];
    if (block.kind === "definition") return [`${depth}term ${block.term}`, ...shown(block.blocks, `${depth}  `)];
    if (block.kind === "list") return shown(block.items, depth);
    return "blocks" in block ? shown(block.blocks, block.kind === "quote" ? `${depth}> ` : depth) : [];
  });
}

const of = async (tree: DocumentTree | Promise<DocumentTree>): Promise<string[]> => shown((await tree).blocks);

describe("reStructuredText", () => {
  it("has the headings of its lines of signs, by the order in which those come", async () => {
    const source =
      "=====\nGuide\n=====\n\nText.\n\nOne\n===\n\nDeep\n----\n\nMore.\n\n----\n\nTwo of :ref:`them " +
      "<x>`\n======================\n\nabc\n--\n";
    expect(await of(rst(source))).toEqual([
      "h1 Guide",
      "Text.",
      "h2 One",
      "h3 Deep",
      "More.",
      "h2 Two of them",
      "abc\n--",
    ]);
  });

  it("shows what its page shows: no comments, targets and lists of contents, and roles and links as text", async () => {
    const source =
      ".. _start:\n\n.. A comment\n   in two lines.\n\n.. toctree::\n   :maxdepth: 2\n\n   a\n   b\n\nSee `the " +
      "docs <https://x.org>`_, :func:`~os.path.join`, :rfc:`7159` and ``\\*code``\\s [#note]_.\n\n.. [1] A " +
      "footnote.\n\n.. image:: x.png\n";
    expect(await of(rst(source))).toEqual(["See the docs, join, RFC 7159 and ``\\*code``s.", "[1] A footnote."]);
  });

  it("has code, notes, and terms with their descriptions", async () => {
    const source =
      "Call it::\n\n    # no heading\n    a()\n\n      b()\n\n.. code-block:: python\n   :linenos:\n\n   x = " +
      "1\n\n.. note:: Be\n   careful.\n\n.. versionadded:: 3.2\n   It is new.\n\n.. function:: close(pump, \\\n  " +
      "            by=None)\n   :async:\n\n   Closes it.\n\n   :param pump: which\n\nValve\n   What stops " +
      "water.\n\n.. glossary::\n\n   Gauge\n      What shows pressure.\n";
    expect(await of(rst(source))).toEqual([
      "Call it:",
      "# no heading\na()\n\n  b()",
      "x = 1",
      "Note: Be\ncareful.",
      "Added in version 3.2: It is new.",
      "term close(pump, by=None)",
      "  Closes it.",
      "  :param pump: which",
      "term Valve",
      "  What stops water.",
      "term Gauge",
      "  What shows pressure.",
    ]);
  });

  it("has tables as they are drawn, with caption and head, and lists and quotes", async () => {
    const grid = [
      "+---+---+",
      "| A | B |",
      "+===+===+",
      "| 1 | 2 |",
      "|   | 3 |",
      "+---+---+",
      "| 4 | 5 |",
      "+---+---+",
    ];
    const simple = ["=== ===", "A   B", "=== ===", "1   2", "    3", "4   5", "=== ==="];
    const source =
      `.. table:: Prices\n\n${grid.map((line) => `   ${line}`).join("\n")}\n\n${simple.join("\n")}\n\n- one\n- ` +
      `two\n  more\n\n    Quoted.\n`;
    expect(await of(rst(source))).toEqual([
      `Prices\n${grid.join("\n")}`,
      simple.slice(0, 6).join("\n"),
      "- one\n- two\n  more",
      "> Quoted.",
    ]);
    const { blocks } = rst(source);
    expect(blocks.slice(0, 2)).toMatchObject([
      {
        kind: "table",
        head: grid.slice(0, 3).join("\n"),
        rows: [grid.slice(3, 6).join("\n"), grid.slice(6).join("\n")],
      },
      { head: simple.slice(0, 3).join("\n"), rows: ["1   2\n    3", "4   5"] },
    ]);
  });
});

describe("Org", () => {
  it("has its title, headings, code, tables and paragraphs, and no comments, drawers and keywords", async () => {
    const source =
      "#+TITLE: The guide\n#+AUTHOR: J\n\n* TODO [#A] One :tag:\n:PROPERTIES:\n:ID: x\n:END:\nText with " +
      "[[https://x.org][a link]].\n# a comment\n** Two\n#+BEGIN_SRC sh\n# no comment\n* no " +
      "heading\n#+END_SRC\n\n#+CAPTION: Prices\n| A | B |\n|---+---|\n| 1 | 2 " +
      "|\n\n#+BEGIN_QUOTE\nQuoted.\n#+END_QUOTE\n#+BEGIN_EXPORT html\n<b>\n#+END_EXPORT\n- one\n- two\n";
    const tree = org(source);
    expect(tree.title).toBe("The guide");
    expect(await of(tree)).toEqual([
      "h1 One",
      "Text with a link.",
      "h2 Two",
      "#+BEGIN_SRC sh\n# no comment\n* no heading\n#+END_SRC",
      "Prices\n| A | B |\n|---+---|\n| 1 | 2 |",
      "> Quoted.",
      "- one\n- two",
    ]);
  });
});

describe("AsciiDoc", () => {
  it("is the page that it makes, without what another file holds", async () => {
    const source =
      "= Pump guide\n:description: How to pump.\n:toc:\n\nIntro with *bold*.\n\n== Install [[install]]\n\n// a " +
      "comment\nNOTE: Wear gloves.\n\n.Parts\n|===\n|Part |Price\n\n|Seal |3\n|===\n\nValve:: What stops " +
      "water.\n\n----\n# no heading\n----\n\ninclude::other.adoc[]\n";
    const tree = await asciidoc(source);
    expect(tree.title).toBe("Pump guide");
    expect(await of(tree)).toEqual([
      "h1 Pump guide",
      "How to pump.",
      "Intro with bold.",
      "h2 Install",
      "term Note",
      "  Wear gloves.",
      "Parts\n| Part | Price |\n|---|---|\n| Seal | 3 |",
      "term Valve",
      "  What stops water.",
      expect.stringContaining("# no heading"),
    ]);
  });
});

describe("A notebook", () => {
  const cells = [
    { cell_type: "markdown", source: ["# Pumps\n", "\n", "Text.\n"] },
    {
      cell_type: "code",
      source: "# no heading\nprint('```')",
      outputs: [
        { output_type: "stream", text: ["said\n"] },
        { output_type: "display_data", data: { "image/png": "aGVsbG8=", "text/plain": "<Figure>" } },
      ],
    },
    { cell_type: "raw", source: "Raw." },
    { cell_type: "code", source: "", outputs: [] },
  ];

  it("is its cells in order, with what was printed, and without data", async () => {
    const tree = await notebook(
      JSON.stringify({ metadata: { title: "The notebook", language_info: { name: "python" } }, cells, nbformat: 4 }),
    );
    expect(tree.title).toBe("The notebook");
    expect(await of(tree)).toEqual([
      "h1 Pumps",
      "Text.",
      "````python\n# no heading\nprint('```')\n````",
      "```\nsaid\n```",
      "Raw.",
    ]);
  });

  it("is refused where it is none", async () => {
    await expect(notebook("{}")).rejects.toThrow(/^is no Jupyter notebook of version 4 or later/u);
    await expect(notebook('{"cells": [}')).rejects.toThrow("is not JSON (line 1)");
  });
});

describe("XHTML", () => {
  it("has elements that close themselves, and sections of text", async () => {
    const source =
      '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>A</title><script ' +
      'src="x.js"/></head><body><h1>A<a id="x"/></h1><p>One<br/>two.</p><div/><p><![CDATA[a < ' +
      "b]]></p></body></html>";
    expect(await of(xhtml(source))).toEqual(["h1 A", "One\ntwo.", "a < b"]);
  });
});
