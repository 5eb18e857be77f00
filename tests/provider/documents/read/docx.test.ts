import { withEquations } from "../../../../provider/documents/read/docx/equations";
import { docx } from "../../../../provider/documents/read/docx";
import type { Block } from "../../../../provider/documents/tree";
import { wordDocument } from "./made";

const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"';

const style = (id: string, name: string, basedOn = "", outline = ""): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name ` +
  `w:val="${name}"/>${basedOn === "" ? "" : `<w:basedOn w:val="${basedOn}"/>`}<w:pPr>${outline === "" ? "" : `<w:outlineLvl w:val="${outline}"/>`}</w:pPr></w:style>`;

const STYLES = [
  style("Normal", "Normal"),
  ...[1, 2, 3].map((level) => style(`Heading${level}`, `heading ${level}`, "Normal", String(level - 1))),
  style("berschrift1", "heading 1", "Normal", "0"),
  style("Chapter", "Chapter", "Heading1"),
  style("Part", "Our Part", "Chapter"),
  style("Clause", "Clause", "Normal", "1"),
  style("Title", "Title"),
  style("BookTitle", "Our Title", "Title"),
  style("TOCHeading", "TOC Heading", "Heading1"),
  style("TOC1", "toc 1", "Normal"),
  style("Caption", "caption", "Normal"),
  style("Code", "Source Code", "Normal"),
  style("Author", "Author", "Title"),
  style("TableCaption", "Table Caption", "Caption"),
  style("DefinitionTerm", "Definition Term", "Normal"),
  style("Definition", "Definition", "Normal"),
  style("Loop", "Loop", "Loop"),
].join("");

function word(body: string, styles = STYLES): Buffer {
  return wordDocument(
    `<w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>`,
    `<w:styles ${NAMESPACES}>${styles}</w:styles>`,
  );
}

const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const paragraph = (text: string, styleId = ""): string =>
  `<w:p>${styleId === "" ? "" : `<w:pPr><w:pStyle w:val="${styleId}"/></w:pPr>`}${text.startsWith("<") ? text : run(text)}</w:p>`;
const table = (...rows: readonly (readonly string[])[]): string =>
  `<w:tbl>${rows.map((cells) => `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join("")}</w:tr>`).join("")}</w:tbl>`;

function shown(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === "heading") return [`${"#".repeat(block.level)} ${block.title}`];
    if (block.kind === "table")
      return [[block.caption, block.head, ...block.rows].filter((line) => line !== undefined).join("\n")];
    if ("text" in block) return [block.text];
    return "blocks" in block ? shown(block.blocks) : [];
  });
}

const read = async (body: string): Promise<string[]> => shown((await docx(word(body))).blocks);

describe("A Word document", () => {
  it("is read as Pandoc writes it, and has no title where a heading of the first level comes late", async () => {
    const { title, blocks } = await docx(
      word(
        paragraph("Pumps", "Title") +
          paragraph("Ann", "Author") +
          paragraph("Flows", "TableCaption") +
          table(["Pump", "Flow"], ["A", "5"]) +
          paragraph("Head", "DefinitionTerm") +
          paragraph("Of water.", "Definition"),
      ),
    );
    expect([title, ...shown(blocks)]).toEqual([
      "Pumps",
      "Ann",
      "Flows\n| Pump | Flow |\n|---|---|\n| A | 5 |",
      "Of water.",
    ]);
    expect(blocks.at(-1)).toMatchObject({ kind: "definition", term: "Head" });
    const late = paragraph("Two", "Heading2") + paragraph("One", "Heading1") + paragraph("Text.");
    expect((await docx(word(late))).title).toBeUndefined();
  });

  it("has the headings of its styles, also of those that are based on a heading's, in any language", async () => {
    const names = [
      ["Chapter", "One"],
      ["Part", "Two"],
      ["Clause", "Three"],
      ["berschrift1", "Four"],
      ["Heading3", "Five"],
      ["Loop", "no heading"],
      ["Other", "none either"],
    ];
    expect(await read(names.map(([id, text]) => paragraph(text ?? "", id)).join(""))).toEqual([
      "# One",
      "# Two",
      "## Three",
      "# Four",
      "### Five",
      "no heading",
      "none either",
    ]);
  });

  it("has its title from the style, once, and no table of contents", async () => {
    const body =
      paragraph("Pump", "Title") +
      paragraph("handbook", "BookTitle") +
      paragraph("Contents", "TOCHeading") +
      paragraph("Start  7", "TOC1") +
      paragraph("Start", "Heading1") +
      paragraph("Open it.") +
      paragraph("Again", "Title");
    const tree = await docx(word(body));
    expect(tree.title).toBe("Pump handbook");
    expect(shown(tree.blocks)).toEqual(["# Start", "Open it.", "# Again"]);
  });

  it("has a table's caption with it, above or below, and its first row as the head", async () => {
    const prices = table(["Thing", "Price"], ["Bread", "3"]);
    const shownTable = "Table 1: Prices\n| Thing | Price |\n|---|---|\n| Bread | 3 |";
    expect(await read(paragraph("Table 1: Prices", "Caption") + prices + paragraph("Text."))).toEqual([
      shownTable,
      "Text.",
    ]);
    expect(await read(paragraph("Text.") + prices + paragraph("Table 1: Prices", "Caption"))).toEqual([
      "Text.",
      shownTable,
    ]);
    expect(await read(paragraph("Figure 1: A pump", "Caption") + prices)).toEqual([
      "Figure 1: A pump",
      shownTable.slice(16),
    ]);
    expect(await read(table(["", "Price"], ["Bread", "3"]))).toEqual(["|  | Price |\n| Bread | 3 |"]);
  });

  it("keeps lines of code together, and what begins with # as text", async () => {
    expect(
      await read(paragraph("if a:", "Code") + paragraph("  b()", "Code") + paragraph("# systemctl restart")),
    ).toEqual([expect.stringMatching(/if a:\n {2}b\(\)/u), "# systemctl restart"]);
  });

  it("says of equations that are kept as pictures that they cannot be read", async () => {
    expect(
      await docx(
        word(`${paragraph("Text.")}<w:p><w:r><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r></w:p>`),
      ),
    ).toMatchObject({
      warnings: ["has an equation of an old version, which cannot be read: convert them in Word to have them found"],
    });
  });
});

const m = (name: string, ...children: readonly string[]): string => `<m:${name}>${children.join("")}</m:${name}>`;
const t = (text: string): string => `<m:r><w:rPr><w:i/></w:rPr><m:t>${text}</m:t></m:r>`;
const e = (...children: readonly string[]): string => m("e", ...children);

describe("An equation", () => {
  it.each([
    ["a fraction", m("f", '<m:fPr><m:type m:val="bar"/></m:fPr>', m("num", t("a+b")), m("den", t("2"))), "(a+b)/2"],
    [
      "a fraction of fractions",
      m("f", m("num", t("1")), m("den", m("f", m("num", t("x")), m("den", t("y"))))),
      "1/(x/y)",
    ],
    [
      "a power and an index",
      m("sSup", e(t("x")), m("sup", t("2"))) + m("sSub", e(t("y")), m("sub", t("i+1"))),
      "x^2y_(i+1)",
    ],
    ["both at once", m("sSubSup", e(t("x")), m("sub", t("i")), m("sup", t("2"))), "x_i^2"],
    ["roots", m("rad", m("deg"), e(t("x"))) + t("+") + m("rad", m("deg", t("3")), e(t("a+b"))), "√x+^3√(a+b)"],
    [
      "a sum",
      m("nary", '<m:naryPr><m:chr m:val="∑"/></m:naryPr>', m("sub", t("i=1")), m("sup", t("n")), e(t("i"))),
      "∑_(i=1)^n i",
    ],
    [
      "brackets",
      m("d", '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/><m:sepChr m:val=","/></m:dPr>', e(t("a")), e(t("b"))),
      "[a,b]",
    ],
    ["a function", m("func", m("fName", t("sin")), e(t("x"))), "sin x"],
    ["a limit", m("func", m("fName", m("limLow", e(t("lim")), m("lim", t("x→0")))), e(t("x"))), "lim_(x→0) x"],
    ["a matrix", m("m", m("mr", e(t("a")), e(t("b"))), m("mr", e(t("c")), e(t("d")))), "[a, b; c, d]"],
    ["lines", m("eqArr", e(t("a=1")), e(t("b=2"))), "a=1; b=2"],
    ["a box around", m("borderBox", "<m:borderBoxPr/>", e(t("a &lt; b &amp; c"))), "a < b & c"],
  ])("is written in a line: %s", async (_, equation, text) => {
    const [line = ""] = await read(`<w:p>${run("It is ")}<m:oMath>${equation}</m:oMath>${run(" now.")}</w:p>`);
    expect(line).toBe(`It is ${text} now.`);
  });

  it("is written in the paragraph of its own that it may have", async () => {
    expect(
      await read(
        "<w:p><m:oMathPara><m:oMathParaPr><m:jc " +
          `m:val="left"/></m:oMathParaPr><m:oMath>${t("E=mc²")}</m:oMath></m:oMathPara></w:p>`,
      ),
    ).toEqual(["E=mc²"]);
    expect(await withEquations("<w:p><m:oMath/></w:p>")).toContain("<w:p>");
  });
});
