import { layOut } from "../../../../provider/documents/read/pdf/layout";
import { linesOf, type Run } from "../../../../provider/documents/read/pdf/lines";
import { outline } from "./outline";

/** A text with where it begins, and how far above the page's lower edge it stands. */
type Printed = readonly [text: string, x: number, y: number, of?: Partial<Run>];

function read(printed: readonly Printed[]): unknown[] {
  const runs = printed.map(([text, x, y, of]): Run => {
    return { text, x, y, width: text.length * 5.5, size: 11, isMonospaced: false, ...of };
  });
  const page = { number: 1, height: 842, lines: linesOf(runs), fields: [], hasPicture: false };
  return layOut({ title: undefined, marks: [], pages: [page] }).flatMap(({ blocks }) => outline(blocks));
}

const code = { isMonospaced: true };

describe("What programs print to PDF", () => {
  it("has the names of options with what they mean, also in the letters of code, as Texinfo's", () => {
    expect(
      read([
        ["The options are these, and there are no others than these.", 90, 700],
        ["--quiet", 90, 670, code],
        ["Prints nothing.", 147, 656],
        ["--force", 90, 630, code],
        ["Asks nothing.", 147, 616],
      ]),
    ).toEqual([
      ["paragraph", "The options are these, and there are no others than these."],
      ["definition", "--quiet", ["paragraph", "Prints nothing."]],
      ["definition", "--force", ["paragraph", "Asks nothing."]],
    ]);
  });

  it("has the markers of a list at its items, also where they are drawn last", () => {
    expect(
      read([
        ["These are the items, of which there", 60, 740],
        ["are two, and of which none is long.", 60, 726],
        ["First item.", 90, 700],
        ["Second item.", 90, 670],
        ["•", 75, 700],
        ["2.", 75, 670],
        ["•", 75, 300],
      ]),
    ).toEqual([
      ["paragraph", "These are the items, of which there are two, and of which none is long."],
      ["paragraph", "• First item."],
      ["paragraph", "2. Second item."],
      ["paragraph", "•"],
    ]);
  });

  it("is without what a browser prints around it, on a single page, too", () => {
    expect(
      read([
        ["12/1/26, 3:17 AM  Report", 30, 825],
        ["The text.", 60, 700],
        ["https://example.com/report  1/1", 30, 15],
      ]),
    ).toEqual([["paragraph", "The text."]]);
  });

  it("is without a table of contents that has no dots", () => {
    const contents: Printed[] = [
      ["Contents", 60, 740],
      ["1 Introduction  2", 60, 720],
      ["2 Driver support  2", 60, 700],
      ["3 Colour  13", 60, 680],
    ];
    const text: Printed = ["There is a pump here, and a valve.", 60, 600];
    expect(read([...contents, text])).toEqual([["paragraph", text[0]]]);
    expect(JSON.stringify(read([...contents.slice(0, 3), text]))).toContain("2 Driver support");
  });

  it("is without an index at its end, and keeps what is called so and is none", () => {
    const entries = ["abort, 12", "close (C function), 12–14,", "16, 17", "D", "delay, see wait, 3", "exit, 9 f."];
    const more = ["flush . . . . . . . . 81, 83", "get, 7", "halt, 4", "init, 21", "Copying the text of it"];
    const index = [...entries, ...more].map((text, at): Printed => [text, 60, 600 - 20 * at]);
    const text: Printed = ["There is a pump here, and a valve.", 60, 760];
    expect(read([text, ["Function Index", 60, 700], ...index])).toEqual([["paragraph", text[0]]]);
    expect(JSON.stringify(read([text, ["Index", 60, 700], ...index.slice(0, 3)]))).toContain("abort, 12");
    expect(JSON.stringify(read([text, ...index]))).toContain("abort, 12");
  });

  it("has spaces where they are drawn, and statements in lines of their own", () => {
    expect(
      read([
        ["the file", 60, 700],
        [" ", 104, 700],
        ["Makefile", 105.5, 700, code],
        ["int size; /* of all that is in it, in bytes */", 60, 572],
        ["char *name; /* of who made it, in letters */", 60, 558],
        ["/* Both are", 60, 500],
        ["needed */", 60, 486],
        ["or none.", 60, 472],
      ]),
    ).toEqual([
      ["paragraph", "the file Makefile"],
      ["paragraph", "int size; /* of all that is in it, in bytes */\nchar *name; /* of who made it, in letters */"],
      ["paragraph", "/* Both are needed */ or none."],
    ]);
  });

  it("has accents on their letters, as TeX prints them before, and letters that are said to be of no width", () => {
    expect(read([["Hals ¨ uber Kopf, caf´e", 60, 700]])).toEqual([["paragraph", "Hals über Kopf, café"]]);
    expect(
      read([
        ["let", 60, 700, { ...code, width: 0 }],
        ["x", 90, 700, { ...code, width: 0 }],
      ]),
    ).toEqual([["paragraph", "let  x"]]);
  });
});
