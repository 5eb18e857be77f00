import { blocksOf, withTerms } from "../../../../provider/documents/read/pdf/blocks";
import { layOut } from "../../../../provider/documents/read/pdf/layout";
import { linesOf, type Run } from "../../../../provider/documents/read/pdf/lines";
import type { Mark, PrintedPage } from "../../../../provider/documents/read/pdf/page";
import type { Block } from "../../../../provider/documents/tree";
import { outline } from "./outline";

/**
 * What is printed in a line, with how far it stands in, and how far below the line above it: 14 points where nothing is
 * said.
 */
type Printed = string | readonly [text: string, x: number, below?: number | undefined, of?: Partial<Run>];

const run = (text: string, x: number, y: number, of: Partial<Run> = {}): Run => ({
  text,
  x,
  y,
  width: text.length * 5.5,
  size: 11,
  isMonospaced: false,
  ...of,
});

function page(number: number, printed: readonly Printed[], { fields = [] }: Partial<PrintedPage> = {}): PrintedPage {
  let y = 800;
  const runs = printed.map((line) => {
    const [text, x, below = 14, of] = typeof line === "string" ? [line, 60] : line;
    y -= below;
    return run(text, x, y, of);
  });
  return { number, height: 842, lines: linesOf(runs), fields, hasPicture: false };
}

function shown(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === "page") return shown(block.blocks);
    if (block.kind === "heading") return [`${"#".repeat(block.level)} ${block.text}`];
    if (block.kind === "entry") return block.fields.map(({ name, value }) => `${name}: ${value}`);
    return "text" in block ? [block.text] : [];
  });
}

const read = (pages: readonly PrintedPage[], marks: readonly Mark[] = [], title?: string): string[] =>
  shown(layOut({ title, marks, pages }));

describe("The layout of a PDF", () => {
  it("is paragraphs, parted where there is room between them, where one stands in, or where its last line ends early", () => {
    const lines: Printed[] = [
      "The pump is closed by hand before it is cleaned, and",
      "opened after that by the same person.",
      ["The valve is closed before that, and nobody opens it", 60, 24],
      "until the pump is clean.",
      "Nobody else may touch it while the pump is cleaned and",
      "its lid is off.",
      ["It stands in by some points and so is a new paragraph.", 75],
    ];
    expect(read([page(1, lines)])).toEqual([
      "The pump is closed by hand before it is cleaned, and opened after that by the same person.",
      "The valve is closed before that, and nobody opens it until the pump is clean.",
      "Nobody else may touch it while the pump is cleaned and its lid is off.",
      "It stands in by some points and so is a new paragraph.",
    ]);
  });

  it("joins the words that are cut at a line's end, and leaves those that have a hyphen", () => {
    const lines = [
      "The main pump must be discon-",
      "nected, and the well-",
      "known valve too. It is well-known that discon\u00ad",
      "necting takes a moment, and that a pre-",
      "Roman one is rare. The function foo_",
      "bar is new.",
    ];
    expect(read([page(1, lines)])).toEqual([
      "The main pump must be disconnected, and the well-known valve too. It is well-known that disconnecting " +
        "takes a moment, and that a pre-Roman one is rare. The function foo_bar is new.",
    ]);
  });

  it("joins sentences across pages, and East Asian lines without a space", () => {
    expect(
      read([page(1, ["The key hangs in the office that is"]), page(2, ["beside the clock.", ["Next.", 60, 40]])]),
    ).toEqual(["The key hangs in the office that is beside the clock.", "Next."]);
    expect(read([page(1, ["弁を閉めて", "ください。"])])).toEqual(["弁を閉めてください。"]);
  });

  it("leaves out heads, feet and page numbers, also those that change by chapter or side", () => {
    const body = (number: number): Printed[] => [
      [`Page ${number} tells of pump ${number * 7} and of nothing else.`, 60, 60],
      [`It ends with ${number * 3} lines.`, 60],
    ];
    const pages = Array.from({ length: 8 }, (_, index) => {
      const number = index + 1;
      const head: Printed =
        number % 2 === 0
          ? `${number + 4}  Pumps`
          : `Chapter ${Math.ceil(number / 4)}: ${number > 4 ? "Oil" : "Water"}  ${number + 4}`;
      return page(number, [head, ...body(number), ["edition four", 60, 650, { size: 8 }]]);
    });
    expect(read(pages)).toEqual(
      pages.map(
        ({ number }) =>
          `Page ${number} tells of pump ${number * 7} and of nothing else. It ends with ${number * 3} lines.`,
      ),
    );
  });

  it("keeps all where nothing would be left, and leaves out a table of contents", () => {
    expect(read([page(1, ["Stop"]), page(2, ["Stop"])])).toEqual(["Stop", "Stop"]);
    const contents = page(1, [
      "Contents",
      "1 Pumps . . . . . . . . 7",
      "2 Valves ........ xii",
      ["1 Pumps", 60, 60],
      ["Text of it.", 60, 30],
    ]);
    expect(
      read(
        [contents],
        [
          { title: "Contents", level: 1, page: 1, y: 790 },
          { title: "Pumps", level: 1, page: 1, y: 710 },
        ],
      ),
    ).toEqual(["# 1 Pumps", "Text of it."]);
  });

  it("has the headings of the outline, as they are printed or where they belong, and the title once", () => {
    const marks = [
      { title: "Pump manual", level: 1, page: 1, y: 790 },
      { title: "Starting the pump", level: 1, page: 1, y: 760 },
      { title: "By hand", level: 2, page: 1, y: 700 },
      { title: "Not printed", level: 1, page: 2, y: 800 },
    ];
    const lines: Printed[] = [
      "Pump manual",
      ["1.2 Starting the", 60, 40, { size: 16 }],
      ["pump", 60, 18, { size: 16 }],
      ["Open the valve.", 60, 20],
      ["BY  HAND", 60, 30],
      ["Starting the pump", 60, 20],
    ];
    expect(read([page(1, lines), page(2, ["On the next page."])], marks, "Pump manual")).toEqual([
      "# 1.2 Starting the pump",
      "Open the valve.",
      "## BY HAND",
      "Starting the pump",
      "# Not printed",
      "On the next page.",
    ]);
  });

  it("keeps code as it is printed, and a function's name within its sentence", () => {
    const code = (text: string, x: number, below?: number): Printed => [text, x, below, { isMonospaced: true }];
    const lines: Printed[] = [
      "Call it as follows, with the name of",
      code("a_pump", 60),
      "and no other:",
      code("if (a) {", 60, 24),
      code("b();", 71),
      code("}", 60),
      code("c();", 60, 28),
      ["Then wait.", 60, 24],
    ];
    expect(read([page(1, lines)])).toEqual([
      "Call it as follows, with the name of a_pump and no other:",
      "if (a) {\n  b();\n}\n\nc();",
      "Then wait.",
    ]);
    expect(read([page(1, [code("All is typed.", 60), code("As on a machine.", 60)])])).toEqual([
      "All is typed. As on a machine.",
    ]);
  });

  it("keeps the rows of a table and bullets apart, raised signs off their word, and what is filled in", () => {
    const row = (y: number, ...cells: string[]): Run[] => cells.map((cell, index) => run(cell, 60 + index * 120, y));
    const lines = linesOf([
      ...row(700, "Bread", "3 per day"),
      ...row(686, "Cake", "5 per day"),
      run("It is 10", 60, 640),
      run("3", 104, 645, { size: 7 }),
      run(" times as much.", 108, 640),
    ]);
    expect(read([{ ...page(1, []), lines, fields: [{ name: "Name", value: "Pump 4" }] }])).toEqual([
      "Bread  3 per day\nCake  5 per day",
      "It is 10^3 times as much.",
      "Name: Pump 4",
    ]);
    expect(read([page(1, ["It needs:", "• oil", "• water"])])).toEqual(["It needs:", "• oil", "• water"]);
    expect(
      linesOf([run("[Macro]", 400, 700), run("CTX", 60, 700), run("(a, b)", 79, 700)]).map(({ text }) => text),
    ).toEqual(["CTX (a, b)  [Macro]"]);
  });
});

describe("What is printed", () => {
  const small = (text: string, x: number, y: number, size = 10): Run => ({
    text,
    x,
    y,
    size,
    width: (text.length * size) / 2,
    isMonospaced: false,
  });
  const habits = {
    vocabulary: { words: new Set<string>(), compounds: new Set<string>() },
    leading: 1.2,
    hasCode: false,
  };

  it("is a fraction where a small number stands below another, and a power where it stands alone", () => {
    const lines = linesOf([
      small("Of ζ(", 0, 100),
      small("1", 26, 104, 7),
      small("2", 26, 96, 7),
      small(" + it) and x", 31, 100),
      small("2", 92, 104, 7),
    ]);
    expect(lines.map(({ text }) => text)).toEqual(["Of ζ(1/2 + it) and x^2"]);
  });

  it("is a term with its description where that stands further in, but not in the next column", () => {
    const printed = (lines: readonly Run[]): unknown[] =>
      outline(withTerms(blocksOf(linesOf(lines), habits)).map(({ block }) => block));
    expect(
      printed([
        small("A sentence before all of it ends here.", 0, 200),
        small("trunc (s, n)", 0, 180),
        small("Shortens a text. It says so in a line.", 30, 166),
        small("And in one more.", 30, 140),
        small("After it.", 0, 120),
      ]),
    ).toEqual([
      ["paragraph", "A sentence before all of it ends here."],
      [
        "definition",
        "trunc (s, n)",
        ["paragraph", "Shortens a text. It says so in a line."],
        ["paragraph", "And in one more."],
      ],
      ["paragraph", "After it."],
    ]);
    expect(printed([small("At the end of a column", 0, 20), small("The next one begins.", 300, 700)])).toEqual([
      ["paragraph", "At the end of a column"],
      ["paragraph", "The next one begins."],
    ]);
  });
});
