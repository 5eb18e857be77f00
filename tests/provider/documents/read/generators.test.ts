import { outline, read } from "./outline";

/** What generators of sites make and take, and what a reader finds of it. */
const GENERATED: readonly (readonly [what: string, name: string, source: string, blocks: readonly unknown[]])[] = [
  [
    "tabs, of which a page hides all but one",
    "a.html",
    "<div class=tabs-container><ul role=tablist><li role=tab>Linux<li role=tab>Mac</ul><div><div " +
      "role=tabpanel><p>apt</div><div role=tabpanel hidden><p>brew</div></div></div><p>Next:<div class=tab-set><input " +
      "type=radio><label>npm</label><div class=sd-tab-content>npm i</div><input type=radio><label>yarn</label><div " +
      "class=sd-tab-content>yarn add</div></div><div class=tabbed-set><input><div " +
      "class=tabbed-labels><label>C</label><label>C++</label></div><div class=tabbed-content><div>one</div><div>two" +
      "</div></div></div>",
    [
      ["definition", "Linux", ["paragraph", "apt"]],
      ["definition", "Mac", ["paragraph", "brew"]],
      ["paragraph", "Next:"],
      ["definition", "npm", ["paragraph", "npm i"]],
      ["definition", "yarn", ["paragraph", "yarn add"]],
      ["definition", "C", ["paragraph", "one"]],
      ["definition", "C++", ["paragraph", "two"]],
    ],
  ],
  [
    "what an article ends in, and what is not seen",
    "a.html",
    "<main><span class=theme-doc-version-badge>Version: 3</span><article><p>Text.<span class=sr-only> (new " +
      "window)</span><blockquote>So<footer>Ann</footer></blockquote><footer><a href=x>Edit this " +
      "page</a><p>Updated in May</footer></article><form class=md-feedback>Was this helpful?</form></main>",
    [
      ["paragraph", "Text."],
      ["quote", ["paragraph", "> So"], ["paragraph", "> Ann"]],
    ],
  ],
  [
    "code with numbers beside its lines",
    "a.html",
    "<body class='line-numbers sidebar'><pre class=line-numbers><code class='language-c line-numbers'>int a;</code>" +
      "</pre><table><tr><td class=linenos><pre>1</pre><td class=code><pre>int b;</pre></table>",
    [
      ["code", "```c\nint a;\n```"],
      ["code", "```\nint b;\n```"],
    ],
  ],
  [
    "links to the pages around, and the head of a table of contents",
    "a.html",
    "<table class=nav_table><tr><td>[<a href=a> << Top </a>]</table><p>[ <a rel=prev href=a>Rakes</a> | <a rel=next " +
      "href=b>Saws</a> ]<p>Shears, as <a href=c rel=noopener>saws</a>.<h4 class=toc_header>The manual</h4>",
    [["paragraph", "Shears, as saws."]],
  ],
  [
    "words of which a script shows one, and lists of tables",
    "a.html",
    "<p>Hold <span><span hidden>Cmd </span> <span hidden>Ctrl</span></span>, <span>not<span hidden> ever</span></span> " +
      "Alt.<div class=list-of-tables><p>List of Tables<dl><dt>1.1. <a href=x>Keys</a></dl></div>",
    [["paragraph", "Hold Cmd Ctrl, not Alt."]],
  ],
  [
    "the name of a language above code",
    "a.html",
    "<div class='language-sh x'><button>Copy</button><span class=lang>sh</span><pre>ls</pre></div><p>In <span " +
      "class=lang>Go</span>.",
    [
      ["code", "```\nls\n```"],
      ["paragraph", "In Go."],
    ],
  ],
  [
    "a table in a figure, with a head in bold",
    "a.html",
    "<figure><table><tr><td><strong>Plan</strong><td><p><b>Price</b></p><tr><td><b>A</b><td>$5</table>" +
      "<figcaption>Prices</figcaption></figure><figure><img><figcaption>A cat</figcaption></figure>",
    [
      ["table", "Prices", "| Plan | Price |\n|---|---|", "| A | $5 |"],
      ["paragraph", "A cat"],
    ],
  ],
  [
    "what is folded under a summary, and notes",
    "a.html",
    "<details><summary>Why?</summary><p>So.</details><details><summary><h2>How</h2></summary>Thus.</details><div " +
      "class='warning custom-block'><p class=custom-block-title>WARNING<p>Hot.</div>",
    [
      ["definition", "Why?", ["paragraph", "So."]],
      ["heading", "## How"],
      ["paragraph", "Thus."],
      ["definition", "WARNING", ["paragraph", "Hot."]],
    ],
  ],
  [
    "contents, ways back, and numbers that are said",
    "a.html",
    "<h1>Kit</h1><p>In this article</p><ul><li><a href=#a>1 Use</a><ul><li><a " +
      "href=#b>Ends</a></ul></ul><h2>Use</h2><ol><li value=4>x<li>Note <a href=#r>↩</a></ol><h3>Ends</h3><p>(<a " +
      "href=#top>Back to top</a>)</p><ul><li><a href=#a>Use</a><li><a href=#z>Of others</a></ul>",
    [
      ["heading", "# Kit"],
      ["heading", "## Use"],
      ["list", ["item", ["paragraph", "4. x"]], ["item", ["paragraph", "5. Note"]]],
      ["heading", "### Ends"],
      ["list", ["item", ["paragraph", "- Use"]], ["item", ["paragraph", "- Of others"]]],
    ],
  ],
  [
    "contents of Markdown",
    "a.md",
    "# Kit\n\n## Contents\n\n- [Use](#use)\n  - [`Ends`](#ends)\n\n## Use\n\n- [one](#1)\n- [two](#2)\n\n## `Ends`\n\n" +
      "[⬆ Back to top](#kit)\n\n* Text\n{:toc}\n\nEnd.\n",
    [
      ["heading", "# Kit"],
      ["heading", "## Contents"],
      ["heading", "## Use"],
      ["list", ["item", ["paragraph", "- [one](#1)"]], ["item", ["paragraph", "- [two](#2)"]]],
      ["heading", "## `Ends`"],
      ["paragraph", "End."],
    ],
  ],
  [
    "lines of Jekyll, Hugo and GitBook",
    "a.md",
    '{% include toc.html %}\n{: .note }\nText.\n{{< hint "x" >}}\nMind.\n{{< /hint >}}\n\n{% highlight sh %}\n# no ' +
      "heading\n{% endhighlight %}\n{% not closed\n",
    [
      ["paragraph", "Text."],
      ["paragraph", "Mind."],
      ["code", "# no heading"],
      ["paragraph", "{% not closed"],
    ],
  ],
  [
    "an equation with lines of signs",
    "a.md",
    "So\n$$\na\n=\nb\n$$\n\n$$x$$ is\n\n$$\nopen\n",
    [
      ["paragraph", "So"],
      ["code", "$$\na\n=\nb\n$$"],
      ["paragraph", "$$x$$ is"],
      ["paragraph", "$$\nopen"],
    ],
  ],
  [
    "the title that Pandoc gives a page",
    "a.html",
    "<header id=title-block-header><h1>Report</h1><p>Ann</header><h1>Scope</h1><table><tr><th>A<th>B<tr><td>1<td>" +
      "<table><tr><td>2<td>3</table></table>",
    [
      ["heading", "# Report"],
      ["paragraph", "Ann"],
      ["heading", "# Scope"],
      ["table", "| A | B |\n|---|---|", "| 1 | 2 3 |"],
    ],
  ],
  [
    "what Pandoc writes in reStructuredText",
    "a.rst",
    "Text [1]_.\n\n..\n\n   Quoted.\n\n| Line one\n| Line two\n\n.. [1]\n   Note.\n",
    [
      ["paragraph", "Text [1]_."],
      ["quote", ["paragraph", "Quoted."]],
      ["paragraph", "Line one\nLine two"],
      ["paragraph", "[1]\nNote."],
    ],
  ],
  [
    "members as Doxygen lists them, indexes, and ways to the pages around",
    "a.html",
    "<table><tr><td colspan=2><h2>Fields</h2><tr><td>int<td>size<tr><td><td>How big. <a href=x.html#a>More...</a>" +
      "</table><table class=index-vr><tr><td>size:<td><a href=x>Fields</a></table><div class=prev-next-area><a " +
      "href=y>next</a></div>",
    [
      ["heading", "## Fields"],
      ["table", "| int | size |", "|  | How big. |"],
    ],
  ],
  [
    "ways to the pages above and around",
    "a.html",
    "<div class='menu main-menu'><ul><li><a href=y>Home</a><li><a href=z>About</a></ul></div><div id=path><a href=a>Kit</a> &gt; <a href=b>Manual</a></div><p>Previous: <a href=c>Use</a> | Next: <a href=d>" +
      "Ends</a></p><p>See <a href=e>more</a>, next to <a href=f>it</a>.</p><p><a href=g>One</a> | <a href=h>Two</a>",
    [
      ["paragraph", "See more, next to it."],
      ["paragraph", "One | Two"],
    ],
  ],
  ["a page that leads to another", "a.html", '<meta http-equiv=Refresh content="0; url=b.html"><p>Redirecting.', []],
  [
    "targets and what is filled in of Sphinx",
    "a.rst",
    "``a.b``\n=======\n\n:Release: |version|\n:Date: today\n\n.. event:: task-started\n\n.. rubric:: Notes\n",
    [
      ["heading", "``a.b``"],
      ["paragraph", ":Date: today"],
      ["paragraph", "Notes"],
    ],
  ],
  [
    "tabs and substitutions of Sphinx",
    "a.rst",
    ".. |kit| replace:: The Kit\n\nOf |kit| and |other|.\n\n.. tabs::\n\n   .. tab:: Linux\n\n      apt\n",
    [
      ["paragraph", "Of The Kit and |other|."],
      ["definition", "Linux", ["paragraph", "apt"]],
    ],
  ],
  [
    "references to sections of AsciiDoc, and keys",
    "a.adoc",
    "== First part\n\nSee <<_first_part>>, kbd:[F1].\n",
    [
      ["heading", "## First part"],
      ["paragraph", "See First part, F1."],
    ],
  ],
  [
    "rules and archives of Org",
    "a.org",
    "One.\n-----\nTwo.\n* Old :ARCHIVE:\nx\n",
    [
      ["paragraph", "One."],
      ["paragraph", "Two."],
    ],
  ],
  ["colours of a terminal", "a.txt", "\u001b[31mred\u001b[0m\n", [["paragraph", "red"]]],
  [
    "tables of JSX, and a heading with a comment",
    "a.mdx",
    "# Kit {/* c */}\n\n<Table>\n  <tr><th>Name</th><th>Use {/* c */}</th></tr>\n\n  <tr>\n    <td>`<a>`</td>\n\n" +
      '    <td><Link to={"x"}>first</Link> {"<b>"}</td>\n  </tr>\n</Table>\n\n<table>\n\nopen\n',
    [
      ["heading", "# Kit"],
      ["table", "| Name | Use |\n|---|---|", "| `<a>` | first <b> |"],
      ["paragraph", "open"],
    ],
  ],
];

describe("What generators of sites make and take", () => {
  it.each(GENERATED)("%s", async (_, name, source, blocks) =>
    expect(outline((await read(name, source)).blocks)).toEqual(blocks),
  );

  it("is without a description that says only what it is called", async () => {
    const page =
      '<title>Kit (1.2 Manual)</title><meta name=description content="Kit (1.2 manual)"><h2>Kit</h2><p>Text.';
    const { blocks } = await read("a.html", page);
    expect(outline(blocks)).toEqual([
      ["heading", "## Kit"],
      ["paragraph", "Text."],
    ]);
  });

  it("has its description below its first heading", async () => {
    const { blocks } = await read("a.md", "---\ndescription: How\n---\n# Kit\n\nText.");
    expect(outline(blocks)).toEqual([
      ["heading", "# Kit"],
      ["paragraph", "How"],
      ["paragraph", "Text."],
    ]);
  });
});
