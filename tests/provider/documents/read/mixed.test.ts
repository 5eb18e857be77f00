import { wordDocument } from "./made";
import { headings, outline, read, refusal } from "./outline";

const NOTEBOOK = JSON.stringify({
  nbformat: 4,
  metadata: {},
  cells: [
    { cell_type: "raw", source: ["---\n", "title: Sums\n", "---"] },
    { cell_type: "markdown", source: "Text." },
  ],
});

/** What people mix, and what a reader finds of it. */
const MIXED: readonly (readonly [what: string, name: string, source: string, blocks: readonly unknown[]])[] = [
  [
    "equations in HTML",
    "a.html",
    "<p>So <math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math> and " +
      "<math><mfrac><mrow><mn>1</mn><mo>+</mo><mi>x</mi></mrow><mn>2</mn></mfrac><mo>&#x2062;</mo><msqrt><mi>y</mi></msqrt></math>.",
    [["paragraph", "So E=mc^2 and (1+x)/2√y."]],
  ],
  [
    "a table in Markdown with empty lines in it, Markdown in its cells and rows that look like code",
    "a.md",
    "Of these:\n\n<table>\n<tr><th>Name</th><th>Use</th></tr>\n\n<tr>\n<td>\n\n**one** `1`\n\n</td>\n\n<td>first</td>" +
      "\n</tr>\n\n    <tr><td>two</td><td>second</td></tr>\n\n</table>\n\nText.\n\n<table><tr><td>open\n\nEnd.\n",
    [
      ["paragraph", "Of these:"],
      ["table", "| Name | Use |\n|---|---|", "| one 1 | first |", "| two | second |"],
      ["paragraph", "Text."],
      ["paragraph", "open"],
      ["paragraph", "End."],
    ],
  ],
  [
    "the name of a site above a page's own heading",
    "a.html",
    "<div><h1><a href=../index.html>Kit 3.2 documentation</a></h1></div><h1>Page<a href=#page>¶</a></h1><p>Text.",
    [
      ["heading", "# Page"],
      ["paragraph", "Text."],
    ],
  ],
  ["a heading that is a link", "a.html", "<h1><a href=x>Kit</a></h1>", [["heading", "# Kit"]]],
  ["a character that there is none of", "a.html", `<p>a&#x${"1".repeat(300)};b`, [["paragraph", "a\uFFFDb"]]],
  ["braces that are no front matter", "a.md", "{\n  or so\n}\n", [["paragraph", "{\n  or so\n}"]]],
  ["what says which way text is written", "a.html", "<p dir=rtl>مرحبا &rlm;(1)&lrm;", [["paragraph", "مرحبا (1)"]]],
  [
    "a foot above the body of a table, and an empty row",
    "a.html",
    "<table><thead><tr><th>Item<th>Cost</thead><tfoot><tr><td>Total<td>9</tfoot><tbody><tr><td>A<td>4<tr><td> " +
      "<td><tr><td>B<td>5</tbody></table>",
    [["table", "| Item | Cost |\n|---|---|", "| A | 4 |", "| B | 5 |", "| Total | 9 |"]],
  ],
  ["front matter of a site's page", "a.html", "---\nlayout: post\n---\n<h1>Hello</h1>", [["heading", "# Hello"]]],
  [
    "a page of divs",
    "a.html",
    "<div id=header>Site</div><div id=content><h1>Page</h1><div id=navigation><h2>Navigation</h2>How to " +
      "steer.</div></div><div id=sidebar><ul><li>x</ul></div><div id='site-footer'>x</div>",
    [
      ["heading", "# Page"],
      ["heading", "## Navigation"],
      ["paragraph", "How to steer."],
    ],
  ],
  [
    "what leads to the pages around",
    "a.html",
    "<div class=header><p>Next: <a href=x>Functions for files</a>, Up: <a " +
      "href=y>Files</a></div><h2>Files</h2><div class=header>Of all kinds.</div><ul class=docnav><li><a " +
      "href=x>Next</a></ul>",
    [
      ["heading", "## Files"],
      ["paragraph", "Of all kinds."],
    ],
  ],
  [
    "numbers of lines",
    "a.html",
    "<pre><span class=lineno>1 </span>let a;\n<span class='lineno'>2 </span>let b;</pre>",
    [["code", "```\nlet a;\nlet b;\n```"]],
  ],
  [
    "a heading that is a picture",
    "a.html",
    "<h1><img src=x alt='The Kit'></h1><h2><img src=x alt=''> Use</h2>",
    [
      ["heading", "# The Kit"],
      ["heading", "## Use"],
    ],
  ],
  [
    "a note that is drawn as a table",
    "a.html",
    "<div class=tip><table><tr><td rowspan=2><img alt='[Tip]'><th>Tip</tr><tr><td><p>Cold.<p>Very.</table></div>",
    [["definition", "Tip", ["paragraph", "Cold."], ["paragraph", "Very."]]],
  ],
  [
    "a footnote of one word",
    "a.md",
    "Text[^1].\n\n[^1]: Note.\n[x]: http://x\n",
    [
      ["paragraph", "Text[^1]."],
      ["paragraph", "[^1]: Note."],
    ],
  ],
  ["text in tags", "a.mdx", "<Note>\n  Inside.\n</Note>\n", [["paragraph", "  Inside."]]],
  ["a hint in quotes", "a.csv", '"sep=;"\na;b\n1,5;2\n', [["entry", "a: 1,5", "b: 2"]]],
  [
    "a table without a head",
    "a.csv",
    "2024-01-01,3.5\n2024-01-02,3.7\n",
    [
      ["entry", "column 1: 2024-01-01", "column 2: 3.5"],
      ["entry", "column 1: 2024-01-02", "column 2: 3.7"],
    ],
  ],
  [
    "years as columns",
    "a.csv",
    "Country,2023,2024\nPeru,1,2\nChad,3,4\n",
    [
      ["entry", "Country: Peru", "2023: 1", "2024: 2"],
      ["entry", "Country: Chad", "2023: 3", "2024: 4"],
    ],
  ],
  [
    "a text that ends in a line break",
    "a.yaml",
    "a: |\n  one\n  two\nb: x\n",
    [
      ["entry", "a: one\ntwo"],
      ["entry", "b: x"],
    ],
  ],
  [
    "pages of a text",
    "a.txt",
    "One.\fTwo.",
    [
      ["paragraph", "One."],
      ["paragraph", "Two."],
    ],
  ],
  ["a cell that is front matter", "a.ipynb", NOTEBOOK, [["paragraph", "Text."]]],
  [
    "a list that is a table",
    "a.rst",
    ".. list-table:: Prices\n   :header-rows: 1\n\n   * - Item\n     - Cost\n   * - A ``b``\n       c\n     - 4\n",
    [["table", "Prices", "| Item | Cost |\n|---|---|", "| A ``b`` c | 4 |"]],
  ],
  [
    "a head among options",
    "a.rst",
    '.. csv-table:: Prices\n   :header: "Item", "Cost"\n\n   A, 4\n',
    [
      ["paragraph", "Prices"],
      ["code", '"Item", "Cost"\n\nA, 4'],
    ],
  ],
  [
    "dates of tasks, and what is for the author",
    "a.org",
    "* TODO One\n  SCHEDULED: <2024-01-01>\nText.\n* COMMENT Two\nx\n** Deep\nx\n* Three :noexport:\nx\n* Four\n",
    [
      ["heading", "* One"],
      ["paragraph", "Text."],
      ["heading", "* Four"],
    ],
  ],
  [
    "a numbered caption",
    "a.adoc",
    ".Prices\n|===\n|A |4\n|B |5\n|===\n",
    [["table", "Prices", "| A | 4 |", "| B | 5 |"]],
  ],
];

describe("What is mixed", () => {
  it.each(MIXED)("%s", async (_, name, source, blocks) =>
    expect(outline((await read(name, source)).blocks)).toEqual(blocks),
  );

  it("has its title from front matter, in HTML and in notebooks, too", async () => {
    expect((await read("a.html", "---\ntitle: Hello\n---\n<h1>World</h1>")).title).toBe("Hello");
    expect((await read("a.ipynb", NOTEBOOK)).title).toBe("Sums");
  });

  it("has headings without pictures, but where there is nothing else", async () => {
    const found = await read("a.md", "# ![Logo](l.png) Kit [![npm](b.svg)](x)\n\n## ![Flow](x.png)\n");
    expect(headings(found)).toEqual([
      [1, "Kit"],
      [2, "Flow"],
    ]);
  });

  it("tells of a quote that is not closed, whatever parts the values", async () => {
    expect(await refusal("a.csv", 'a,b\n1,"open\n2,3\n')).toMatch(
      /^is no readable table of values \(line \d\): Quote Not Closed/u,
    );
    expect(await refusal("a.csv", 'One says "so".\nAnd more.\n')).toBe("nothing is wrong");
  });

  it("is without hidden text in Word, with headings that are such by themselves", async () => {
    const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
    const run = (text: string, settings = ""): string =>
      `<w:r>${settings === "" ? "" : `<w:rPr>${settings}</w:rPr>`}<w:t>${text}</w:t></w:r>`;
    const document =
      `<w:document ${space}><w:body><w:p><w:pPr><w:outlineLvl ` +
      `w:val="1"/></w:pPr>${run("Two")}</w:p><w:p>${run("hidden", "<w:b/><w:vanish/>")}${run("Seen", '<w:vanish w:val="0"/>')}</w:p></w:body></w:document>`;
    expect(outline((await read("a.docx", wordDocument(document, `<w:styles ${space}/>`))).blocks)).toEqual([
      ["heading", "## Two"],
      ["paragraph", "Seen"],
    ]);
  });
});
