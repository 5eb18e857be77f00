import { headings, outline, read, refusal } from "./outline";

const blocksOf = async (html: string): Promise<unknown[]> => outline((await read("a.html", html)).blocks);

describe("HTML", () => {
  it("is its text with headings, title and description, without scripts and styles", async () => {
    const found = await read(
      "a.html",
      "<html><head><title>The guide</title><meta name='Description' content='How  " +
        "to'><style>p{}</style></head><body><h1>Begin</h1><p>Text with <a href='x'>a link</a>.<br>And a " +
        "line.</p><script>alert(1)</script><ul><li>One</li><li>Two<ol " +
        "start=3><li>Deep</ol></ul><blockquote>Said.<p>Twice.</blockquote><h2>Next</h2>More.</body></html>",
    );
    expect(found.title).toBe("Begin");
    expect(outline(found.blocks)).toEqual([
      ["heading", "# Begin"],
      ["paragraph", "How to"],
      ["paragraph", "Text with a link.\nAnd a line."],
      [
        "list",
        ["item", ["paragraph", "- One"]],
        ["item", ["paragraph", "- Two"], ["list", ["item", ["paragraph", "  3. Deep"]]]],
      ],
      ["quote", ["paragraph", "> Said."], ["paragraph", "> Twice."]],
      ["heading", "## Next"],
      ["paragraph", "More."],
    ]);
  });

  it("is called by its one h1, else by its title, without the release where there are several h1", async () => {
    const titleOf = async (head: string, body: string): Promise<string | undefined> =>
      (await read("a.html", `<title>${head}</title>${body}`)).title;
    expect(await titleOf("A - Site 1.2", "<h2>B</h2><h1>A</h1>")).toBe("A");
    expect(await titleOf("A &amp; B", "<p>Text.")).toBe("A & B");
    expect(await titleOf("Site 1.2.3 guide", "<h1>A</h1><h1>B</h1>")).toBe("Site guide");
    expect(await titleOf("Uses of X (Site 1.2)", "<h2>Uses of X</h2><h3>More</h3>")).toBe("Uses of X");
    expect(await titleOf("Site", "<header><h1>A</h1></header><main><p>Text.</main>")).toBe("A");
  });

  it("leaves out what leads around a site, and what is hidden", async () => {
    const hidden = [
      "<nav>x</nav>",
      "<header>x</header>",
      "<footer>x</footer>",
      "<aside>x</aside>",
      "<div role=navigation>x</div>",
      "<ul role=menubar><li>x</ul>",
      "<p hidden>x</p>",
      "<p aria-hidden=true>x</p>",
      "<p style='color:red; display: none'>x</p>",
      "<template>x</template>",
      "<noscript>x</noscript>",
      "<svg><title>x</title></svg>",
      "<button>x</button>",
      "<div class='navheader'>x</div>",
      "<a class='skip-link' href='#m'>x</a>",
      "<dialog>x</dialog>",
    ];
    for (const part of hidden)
      expect([part, await blocksOf(`${part}<p>Text.</p>${part}`)]).toEqual([part, [["paragraph", "Text."]]]);
  });

  it("is its main part, or its only article; of several articles the whole", async () => {
    expect(await blocksOf("<p>x<main><p>Text.</main><p>x")).toEqual([["paragraph", "Text."]]);
    expect(await blocksOf("<p>x<div role=main><p>Text.</div><p>x")).toEqual([["paragraph", "Text."]]);
    expect(await blocksOf("<nav>x</nav><main class=navbar><p>Text.</main><p>x")).toEqual([["paragraph", "Text."]]);
    expect(await blocksOf("<p>x<article><header>Lead.</header><p>Text.</article>")).toEqual([
      ["paragraph", "Lead."],
      ["paragraph", "Text."],
    ]);
    expect(await blocksOf("<article>One.</article><article>Two.</article>")).toEqual([
      ["paragraph", "One."],
      ["paragraph", "Two."],
    ]);
  });

  it("is read whole where nothing else would be left, and keeps a header that is a preface", async () => {
    expect(await blocksOf("<nav><a href=x>One</a></nav><script>x</script>")).toEqual([["paragraph", "One"]]);
    expect(await blocksOf(`<header><p>${"We, the members. ".repeat(40)}</header><p>Text.`)).toHaveLength(2);
  });

  it("has its headings wherever they are, with the level that the page says, and without signs that link to them", async () => {
    const found = await read(
      "a.html",
      "<h1 id=a>A<a class=headerlink " +
        'href="#a">¶</a></h1><ul><li><section><h3>B</h3><p>Text.</section></ul><details><summary>C</summary><h2><a ' +
        'href="#d" aria-hidden=true>#</a> D</h2></details><div role=heading ' +
        'aria-level=4>E</div><table><tr><td><h5>F</h5></table><h2 id=g><a href="#g">G</a></h2><h2><a ' +
        'class=permalink href="#h">Permalink</a>H</h2><h2>10<sup>3</sup> <em>x</em></h2><h2></h2>',
    );
    expect(headings(found)).toEqual([
      [1, "A"],
      [3, "B"],
      [2, "D"],
      [4, "E"],
      [5, "F"],
      [2, "G"],
      [2, "H"],
      [2, "10³ x"],
    ]);
  });

  it("keeps terms with what they mean", async () => {
    expect(
      await blocksOf(
        "<dl><dt>a()<a class=headerlink " +
          'href="#a">¶</a><dt>b()<dd><p>Does.<p>Well.<div><dt>c<dd>Is.<dl><dt>d<dd>In it.</dl></div><dd>Too.</dl>',
      ),
    ).toEqual([
      ["definition", "a()\nb()", ["paragraph", "Does."], ["paragraph", "Well."]],
      ["definition", "c", ["paragraph", "Is."], ["definition", "d", ["paragraph", "In it."]], ["paragraph", "Too."]],
    ]);
  });

  it("keeps what a note is called with what it says", async () => {
    expect(
      await blocksOf(
        '<div class="admonition note"><p class="admonition-title">Note<p>Hot.<ul><li>Very.</ul></div><div ' +
          'class=tip><h3 class=title>Tip</h3><p>Cold.</div><div class="markdown-alert"><p ' +
          'class="markdown-alert-title">Alone</div>',
      ),
    ).toEqual([
      ["definition", "Note", ["paragraph", "Hot."], ["list", ["item", ["paragraph", "- Very."]]]],
      ["definition", "Tip", ["paragraph", "Cold."]],
      ["paragraph", "Alone"],
    ]);
  });

  it("has its tables' captions, heads and rows, cells that span several, and no column that is empty", async () => {
    expect(
      await blocksOf(
        "<table><caption>Prices</caption><thead><tr><th>What<th colspan=2>Price</thead><tr><td " +
          "rowspan=2>Bread<td>3<td></tr><tr><td>4<td></tr><tr><td>Cake<br>dark<td>5<td></table>",
      ),
    ).toEqual([
      ["table", "Prices", "| What | Price |\n|---|---|", "| Bread | 3 |", "| Bread | 4 |", "| Cake dark | 5 |"],
    ]);
    expect(await blocksOf("<table><tr><td>a<td>1<tr><td>b<td>2</table>")).toEqual([
      ["table", "| a | 1 |", "| b | 2 |"],
    ]);
  });

  it("reads a table that lays out a page cell by cell", async () => {
    for (const table of [
      "<table role=presentation><tr><td>A<td>B</tr><tr><td>C<td>D</table>",
      "<table><tr><td>A<td>B<td>C<td>D</table>",
      "<table><tr><td>A<tr><td>B<tr><td>C<tr><td>D</table>",
      "<table><tr><td>A<td><table><tr><td>B<td>C</table>D</table>",
    ]) {
      expect([table, await blocksOf(table)]).toEqual([
        table,
        [
          ["paragraph", "A"],
          ["paragraph", "B"],
          ["paragraph", "C"],
          ["paragraph", "D"],
        ],
      ]);
    }
  });

  it("keeps code as it is, fenced so that no line of it ends it", async () => {
    expect(await blocksOf('<pre><code class="language-sh">\n```\n# x\n  y</code></pre>')).toEqual([
      ["code", "````sh\n```\n# x\n  y\n````"],
    ]);
  });

  it("is text where it looks like Markdown", async () => {
    expect(await blocksOf("<p># one<br>---<p>~~~ two<p>- three<p>| a |<br>|---|")).toEqual([
      ["paragraph", "# one\n---"],
      ["paragraph", "~~~ two"],
      ["paragraph", "- three"],
      ["paragraph", "| a |\n|---|"],
    ]);
  });

  it("runs no words together, and makes no spaces within one", async () => {
    expect(await blocksOf("<figure><figcaption>A</figcaption></figure><address>B</address>C<div>D</div>E")).toEqual(
      ["A", "B", "C", "D", "E"].map((text) => ["paragraph", text]),
    );
    expect(
      await blocksOf(
        "<p>PARAMETER_&#8203;NAME, super&shy;market, H<sub>2</sub>O, x<sup>a+b</sup>, 1<sup>st</sup>, " +
          "<ruby>漢<rt>kan</rt>字<rt>ji</rt></ruby></p>",
      ),
    ).toEqual([["paragraph", "PARAMETER_NAME, supermarket, H₂O, xa+b, 1st, 漢字"]]);
    expect(
      await blocksOf("<p>One</p><constructor>two</constructor><Constructor/><constructors>three</constructors>"),
    ).toEqual([
      ["paragraph", "One"],
      ["paragraph", "twothree"],
    ]);
  });

  it("is refused with the line where it is nested without end, and bounds what its cells span", async () => {
    expect(await refusal("a.html", `<p>One\n\n${"<div>".repeat(100_000)}`)).toBe(
      "is nested more than 1000 levels deep (line 3): flatten it, or exclude it",
    );
    expect(await refusal("a.html", "<b><i>".repeat(50_000))).toMatch(/^is nested more than 1000 levels deep/u);
    const wide = await blocksOf("<table><tr><td colspan=10000000>a<td rowspan=100000000>b<tr><td>c<td>d</table>");
    expect(JSON.stringify(wide).length).toBeLessThan(1000);
  });
});
