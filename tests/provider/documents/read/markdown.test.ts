import { headings, outline, read, refusal } from "./outline";

describe("Markdown", () => {
  it("has the title and the description of its front matter, in YAML, TOML or JSON", async () => {
    for (const front of [
      "---\ntitle: The guide\ndescription: How to begin\ntags: [a]\n---\n",
      '+++\ntitle = "The guide"\ndescription = "How to begin"\ntags = ["a"]\n+++\n',
      '---toml\ntitle = "The guide"\ndescription = "How to begin"\n---\n',
      '---json\n{ "title": "The guide", "description": "How to begin" }\n---\n',
      '{\n  "title": "The guide",\n  "description": "How to begin"\n}\n',
    ]) {
      const found = await read("a.md", `${front}\n# Begin \`here\`\n\nText.\n\nUnder\n-----\n\nMore.\n`);
      expect(found.title).toBe("The guide");
      expect(headings(found)).toEqual([
        [1, "Begin here"],
        [2, "Under"],
      ]);
      expect(outline(found.blocks)).toEqual([
        ["heading", "# Begin `here`"],
        ["paragraph", "How to begin"],
        ["paragraph", "Text."],
        ["heading", "Under\n-----"],
        ["paragraph", "More."],
      ]);
    }
  });

  it("is called by its one heading of the first level, where that is its first", async () => {
    expect((await read("a.md", "Before.\n\n# One\n\n## Two\n")).title).toBe("One");
    expect((await read("a.md", "# One\n\n# Two\n")).title).toBeUndefined();
    expect((await read("a.md", "## Install\n\n# Licence\n")).title).toBeUndefined();
  });

  it("is refused with the line where its front matter is broken", async () => {
    expect(await refusal("a.md", "---\ntitle: one\n  two: [three\n---\n\nText.\n")).toMatch(
      /^has front matter that is not YAML: .*\(line \d\)\. Fix what stands between the lines ---$/u,
    );
    expect(await refusal("a.md", '+++\ntitle = "one"\ndate = never\n+++\n\nText.\n')).toMatch(
      /^has front matter that is not TOML: .*\(line 3\)\. Fix what stands between the lines \+\+\+$/u,
    );
    expect(await refusal("a.md", '---json\n{ "title": "one",\n"date": never }\n---\n\nText.\n')).toMatch(
      /^has front matter that is not JSON: .*\(line 3\)\. Fix what stands between the lines ---$/u,
    );
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x,x]",
      ...Array.from(
        { length: 12 },
        (_, index) =>
          `${"bcdefghijklm"[index]}: &${"bcdefghijklm"[index]} ` +
          `[${Array(10).fill(`*${"abcdefghijkl"[index]}`).join(",")}]`,
      ),
    ].join("\n");
    expect(await refusal("a.md", `---\n${bomb}\n---\n\nText.\n`)).toMatch(/front matter/u);
    expect(await refusal("a.md", "---\n\nJust a rule above.\n\n---\n")).toBe("nothing is wrong");
  });

  it("stands in its blocks as the author wrote it", async () => {
    const source = [
      "Some *text*, over\ntwo lines [and a link](x.md).",
      "- one\n  - nested **two**\n- three\n\n  with a paragraph",
      "> quoted\n> - a list",
      "| a | b |\n|---|:-:|\n| 1 | `x|y` |",
      "~~~~ts\n# no heading\n~~~\n~~~~",
      "    indented code",
      "1. first\n2. second",
    ];
    const { blocks } = await read("a.md", source.join("\n\n"));
    expect(outline(blocks)).toEqual([
      ["paragraph", source[0]],
      [
        "list",
        ["item", ["paragraph", "- one"], ["list", ["item", ["paragraph", "  - nested **two**"]]]],
        ["item", ["paragraph", "- three"], ["paragraph", "  with a paragraph"]],
      ],
      ["quote", ["paragraph", "> quoted"], ["list", ["item", ["paragraph", "> - a list"]]]],
      ["table", "| a | b |\n|---|:-:|", "| 1 | `x|y` |"],
      ["code", source[4]],
      ["code", source[5]],
      ["list", ["item", ["paragraph", "1. first"]], ["item", ["paragraph", "2. second"]]],
    ]);
  });

  it("has the headings that its page has: in lists and quotes, without ids, links to themselves, tags and closing signs", async () => {
    const found = await read(
      "a.md",
      "# [Guide](x.md) ##\n\n- ## In a *list*\n\n> ### In a quote\n\n## End {#end}\n\n## Sign [¶](#sign)\n\n## " +
        "<a name='x'></a>Named &amp; [known]\n\n[known]: http://x\n\n####### none\n\n\\# none\n",
    );
    expect(headings(found)).toEqual([
      [1, "Guide"],
      [2, "In a list"],
      [3, "In a quote"],
      [2, "End"],
      [2, "Sign"],
      [2, "Named & known"],
    ]);
  });

  it("leaves out what its page does not show: comments, rules, definitions of links, pictures written out, badges", async () => {
    const { blocks } = await read(
      "a.md",
      "A <!-- hidden --> line with `<!-- shown -->`.\n<!-- hidden -->\n\n<!--\n# " +
        "hidden\n-->\n\n***\n\n![Flow](data:image/png;base64,AAAA) and text[^1].\n\n[^1]: A footnote.\n\n[a]: " +
        'http://x\n  "title"\n[b]: <data:image/png;base64,AAAA>\n\n[![Build](https://ci/badge.svg)](https://ci) ' +
        '[![npm](https://img.shields.io/x)](https://npm)\n![](https://ci/badge.svg)\n\n<a name="x"></a>\n',
    );
    expect(outline(blocks)).toEqual([
      ["paragraph", "A line with `<!-- shown -->`."],
      ["paragraph", "![Flow]() and text[^1]."],
      ["paragraph", "[^1]: A footnote."],
    ]);
  });

  it("reads raw HTML as HTML", async () => {
    const { title, blocks } = await read(
      "a.md",
      '<h1 align="center">Kit</h1>\n\n<p align="center"><img ' +
        'src="x.png"></p>\n\n<details>\n<summary>More</summary>\n\nText.\n\n</details>\n\n<pre>\n# no ' +
        "heading\n\nstill code\n</pre>\n\n<script>\nlet x;\n</script>\n",
    );
    expect(title).toBe("Kit");
    expect(outline(blocks)).toEqual([
      ["heading", "# Kit"],
      ["paragraph", "More"],
      ["paragraph", "Text."],
      ["code", "```\n# no heading\n\nstill code\n```"],
    ]);
  });

  it("stands as tight as it was written", async () => {
    const { blocks } = await read("a.md", "Above:\n- one\n\nBelow\n# Heading\nText\n```\ncode\n```\n");
    const tight = (block: object): unknown =>
      "items" in block || "blocks" in block
        ? Object.values(block).flatMap((value) => (Array.isArray(value) ? value.map(tight) : []))
        : "tight" in block;
    expect(blocks.map(tight)).toEqual([false, [[true]], false, true, true, true]);
  });

  it("loses no line that is nested too deeply for a list", async () => {
    const deep = `${"- ".repeat(120)}the end`;
    expect(JSON.stringify((await read("a.md", deep)).blocks)).toContain("the end");
    expect(JSON.stringify((await read("a.md", `${"> ".repeat(10_000)}the end`)).blocks)).toContain("the end");
  });
});

describe("MDX", () => {
  it("leaves out ESM, expressions and comments, also over several lines, and keeps the text of tags", async () => {
    const { blocks } = await read(
      "a.mdx",
      "import A from 'a';\nexport const meta = {\n  a: '}',\n\n  b: 1,\n};\n\n# Guide {/* note */}\n\n<Tabs " +
        'items={[\'a\', "}"]}>\n  <Tab label="x > y">\n\n    ## Deep\n\n    ```js\n    code\n    ```\n\n    Text ' +
        "with <b>tags</b> and `<code>` and {value}.\n\n  </Tab>\n</Tabs>\n\n{/*\n# hidden\n*/}\n\n<Code>{`\n# " +
        "shown\n`}</Code>\n\n{items.map((x) => x)}\n\n<!-- hidden -->\n\nimport is a word, and a < b.\n",
    );
    expect(outline(blocks)).toEqual([
      ["heading", "# Guide"],
      ["heading", "    ## Deep"],
      ["code", "    ```js\n    code\n    ```"],
      ["paragraph", "    Text with tags and `<code>` and {value}."],
      ["code", "```\n# shown\n```"],
      ["paragraph", "import is a word, and a < b."],
    ]);
  });

  it("is read as well as it can be where it is broken", async () => {
    const { blocks } = await read(
      "a.mdx",
      "<Open attribute={\n\nText {unclosed.\n\n## Heading\n\nexport const = {\n\nEnd.\n",
    );
    expect(headings({ blocks })).toEqual([[2, "Heading"]]);
    expect(JSON.stringify(blocks)).toContain("End.");
  });
});
