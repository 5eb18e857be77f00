import { splitText } from "../../../../provider/documents/index";
import { csv } from "../../../../provider/documents/read/csv";
import { json, jsonLines } from "../../../../provider/documents/read/json";
import { text } from "../../../../provider/documents/read/text";
import { yaml } from "../../../../provider/documents/read/yaml";
import type { DocumentTree } from "../../../../provider/documents/tree";

/** A document as its chunks show it. */
function shown({ blocks }: DocumentTree): string {
  return blocks
    .map((block) =>
      block.kind === "entry"
        ? block.fields.map(({ name, value }) => (name === undefined ? value : `${name}: ${value}`)).join("\n")
        : "text" in block
          ? block.text
          : "?",
    )
    .join("\n\n");
}

async function refusal(read: () => DocumentTree | Promise<DocumentTree>): Promise<string> {
  try {
    return `nothing is wrong: ${shown(await read())}`;
  } catch (error) {
    return (error as Error).message;
  }
}

describe("CSV", () => {
  it("is an entry a row, each value under its column's name", async () => {
    expect(shown(await csv('thing;price\n"bread; dark";3\ncake;\n'))).toBe(
      "thing: bread; dark\nprice: 3\n\nthing: cake",
    );
    expect(shown(await csv("thing\tprice\nbread, dark\t3\n", "\t"))).toBe("thing: bread, dark\nprice: 3");
    expect(shown(await csv(",b,\n1,2,3\n"))).toBe("column 1: 1\nb: 2\ncolumn 3: 3");
  });

  it.each([
    [
      "semicolons with commas in each row",
      "Name;Preis, netto\nBrot;1,5\nKuchen;2,5\n",
      "Name: Brot\nPreis, netto: 1,5",
    ],
    [
      "semicolons with a comma in the head alone",
      "Umsatz, netto;Jahr\n12,5;2024\n7;2023\n",
      "Umsatz, netto: 12,5\nJahr: 2024",
    ],
    [
      "commas with semicolons in quotes",
      'Bread,"Notes; all; of it"\nRye,"dark; heavy; keeps"\nRoll,small\n',
      "Bread: Rye\nNotes; all; of it: dark; heavy; keeps",
    ],
    [
      "commas with bars in the values",
      "file,filter\na.txt,cat | sort | uniq\nb.txt,head | tail | wc\n",
      "file: a.txt\nfilter: cat | sort | uniq",
    ],
    ["tabs", "a\tb\n1,5\t2;3\n2,7\t3;4\n", "a: 1,5\nb: 2;3"],
    ["bars", "a|b|c\n1, 2|3|4\n5, 6|7|8\n", "a: 1, 2\nb: 3\nc: 4"],
    ["a hint for Excel", "sep=;\nName;Price\nBread;3\n", "Name: Bread\nPrice: 3"],
    ["a hint of a sign that is rare", "sep=#\nName#Price\nBread, rye#3\n", "Name: Bread, rye\nPrice: 3"],
    ["lines broken within quotes", 'q,a\n"How,\nthen?","So,\nthen."\n', "q: How,\nthen?\na: So,\nthen."],
    [
      "prose in one column",
      "Question\nHow, then, is it closed?\nWhere; or when?\nWhat\n",
      "Question: How, then, is it closed?",
    ],
    ["quotes doubled within quotes", 'a,b\n"say ""yes"", then",2\n', 'a: say "yes", then\nb: 2'],
  ])("tells by parsing what parts its values: %s", async (_, source, first) => {
    expect(shown(await csv(source)).split("\n\n")[0]).toBe(first);
  });

  it("keeps what stands above the table, and a single row", async () => {
    expect(shown(await csv("Prices of May\n\nthing,price\nbread,3\n"))).toBe("Prices of May\n\nthing: bread\nprice: 3");
    expect(shown(await csv("Prices of May,,\nthing,price,unit\nbread,3,kg\n"))).toBe(
      "Prices of May\n\nthing: bread\nprice: 3\nunit: kg",
    );
    expect(shown(await csv("one,two\n"))).toBe("one\ntwo");
    expect((await csv("\n\n")).blocks).toEqual([]);
  });

  it(
    "is refused with the line where a quote is not closed or a row has more values than columns, and warns of a " +
      "short one",
    async () => {
      expect(await refusal(() => csv('a,b\n"never closed,1\n'))).toMatch(
        /^is no readable table of values \(line 2\): .*Fix it, or exclude it$/u,
      );
      expect(await refusal(() => csv("a,b\n1,2\n\n1,2,3\n1,2\n1,2,3,4\n"))).toBe(
        "has more values than columns in a row (line 4): 3 values under 2 columns, and so have 1 others. Put " +
          "values that have the delimiter in them in quotes, or exclude it",
      );
      expect(await refusal(() => csv("a,b,c\n1,2\n1,2,3,4\n"))).toMatch(
        /^has more values than columns in a row \(line 3\): 4 values under 3 columns\. /u,
      );
      expect(await csv("a,b,c\n1,2,3\n1,2\n")).toMatchObject({
        warnings: ["has fewer values than columns in a row (line 3): its last columns are taken to be empty"],
      });
      expect(await csv("a,b\n1,2,\n1,2,,\n")).not.toHaveProperty("warnings");
    },
  );

  it("does not repeat names that are long", async () => {
    expect(shown(await csv(`${"n".repeat(10_000)},b\n${"x,y\n".repeat(2_000)}`)).length).toBeLessThan(300_000);
  });
});

describe("JSON", () => {
  it("is an entry each, with the paths to its values", () => {
    expect(
      shown(
        json(
          JSON.stringify([
            { name: "bread", price: { amount: 3 }, tags: ["a", "b"], none: [], empty: "" },
            { name: "cake", parts: [{ of: "egg" }] },
          ]),
        ),
      ),
    ).toBe("name: bread\nprice.amount: 3\ntags: a, b\n\nname: cake\nparts.1.of: egg");
    expect(shown(json('{"a": {"b": true}, "c": null, "d": "e\\u0301\\r\\n"}'))).toBe("a.b: true\n\nc: null\n\nd: é");
    expect(jsonLines('{"a":1}\n\n{"a":2}\n').blocks).toHaveLength(2);
    expect(shown(json("12345678901234567890"))).toBe("12345678901234567890");
    expect(json(" ").blocks).toEqual([]);
  });

  it.each([
    ['{"a": tru}', 1],
    ['{\n"a": 1,\n}', 3],
    ["[1,\n2\n3]", 3],
    ['{"a"\n1}', 2],
    ['["a\nb"]', 1],
    ['{"a": 1}\n\n{}', 3],
    ["[\n\n", 3],
    ["{'a': 1}", 1],
    ["[01]", 1],
    ["[1]]", 1],
    ["[1}", 1],
    ['{"a":,}', 1],
    ["x", 1],
    ['{"a": "\\x"}', 1],
  ])("is refused with the line where it is none: %j", async (source, line) => {
    expect(await refusal(() => json(source))).toBe(`is not JSON (line ${line}): fix it, or exclude it`);
  });

  it("is refused with the first of all lines that are none, where it is written line by line", async () => {
    expect(await refusal(() => jsonLines('{"a":1}\nnope\n{}\n{]\n'))).toBe(
      "is not JSON (line 2 and 1 more): fix it, or exclude it",
    );
  });

  it("is refused where it is nested too deeply, or becomes too long", async () => {
    expect(await refusal(() => json(`${"[".repeat(200_000)}${"]".repeat(200_000)}`))).toMatch(
      /^is nested more than 100 levels deep/u,
    );
    const wide = Object.fromEntries(Array.from({ length: 280_000 }, (_, index) => [index, 1]));
    expect(await refusal(() => json(JSON.stringify({ ["n".repeat(10_000)]: wide })))).toMatch(
      /^would have more than 32 MiB with a name beside each value/u,
    );
  });

  it("is an entry for each object of a list, also within an object, and is split between nested ones first", async () => {
    const faqs = [1, 2].map((id) => ({ id, question: "Why?" }));
    expect(shown(json(JSON.stringify({ version: 1, data: { total: 2, faqs } })))).toBe(
      "version: 1\n\ndata.total: 2\n\ndata.faqs.id: 1\ndata.faqs.question: Why?\n\ndata.faqs.id: 2\n" +
        "data.faqs.question: Why?",
    );
    const answer = "Since it has been so for as long as anybody remembers. ".repeat(2);
    const topics = [{ name: "All", faqs: Array.from({ length: 9 }, (_, id) => ({ id, question: "Why?", answer })) }];
    const chunks = await splitText(JSON.stringify({ topics }), { name: "a.json", maxTokens: 128 });
    expect(chunks.length).toBeGreaterThan(3);
    for (const { text } of chunks) expect(text).toMatch(/^topics(?:\.faqs\.\d)?\.(?:name|id): [^]*answer: .*$/u);
  });

  it("with a key that is special to the machine changes nothing there", () => {
    expect(shown(json('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'))).toBe(
      "__proto__.polluted: 1\n\nconstructor.prototype.polluted: 1",
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe("YAML", () => {
  it("is an entry each, with values as they are written", async () => {
    expect(
      shown(
        await yaml(
          "version: 1.10\nzip: 0012\non: yes\nlist:\n  - a\n  - b\nbase: &base {x: 1}\nown:\n  <<: *base\n  y: " +
            "!Ref z\ntext: |\n  Two\n  lines.\n",
        ),
      ),
    ).toBe(
      "version: 1.10\n\nzip: 0012\n\non: yes\n\nlist: a, b\n\nbase.x: 1\n\nown.x: 1\nown.y: z\n\ntext: Two\nlines.",
    );
    expect(shown(await yaml("- name: one\n- name: two\n---\nname: three\n"))).toBe(
      "name: one\n\nname: two\n\nname: three",
    );
    expect(
      (await yaml("# nothing\n")).blocks.filter((block) => block.kind === "entry" && block.fields.length > 0),
    ).toEqual([]);
  });

  it("is refused with the line where it is none, and where it would grow without end", async () => {
    expect(await refusal(() => yaml("a: 1\nb: [1\nc: 2\n"))).toMatch(/^is not YAML \(line [23]\): /u);
    expect(await refusal(() => yaml("a: 1\na: 2\n"))).toMatch(/^is not YAML \(line 2\): Map keys must be unique/u);
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x,x]",
      ...Array.from(
        { length: 12 },
        (_, index) =>
          `${"bcdefghijklm"[index]}: &${"bcdefghijklm"[index]} ` +
          `[${Array(10).fill(`*${"abcdefghijkl"[index]}`).join(",")}]`,
      ),
    ].join("\n");
    expect(await refusal(() => yaml(bomb))).toMatch(/^is not YAML that can be read: /u);
    expect(await refusal(() => yaml("[".repeat(20_000)))).toMatch(/^is (nested|not YAML)/u);
  });
});

describe("Text", () => {
  it("is its paragraphs as they stand", () => {
    expect(text("\n\n  Indented.\nOn.\n \n\nNext one.  \n").blocks).toEqual([
      { kind: "paragraph", text: "  Indented.\nOn." },
      { kind: "paragraph", text: "Next one." },
    ]);
    expect(text(" \n").blocks).toEqual([]);
  });
});
