import * as fc from "fast-check";
import MarkdownIt from "markdown-it";
import { plain } from "../../cli/markdown";
import { toMarkdown as driftInMarkdown } from "../../cli/drift/format/markdown";
import { toMarkdown as diffInMarkdown } from "../../cli/diff/format/markdown";
import { clean } from "../../provider/text/clean";

/** GitHub's Markdown with what it links: addresses with a scheme, and e-mail. Those that begin with www stand below. */
const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: true });

/** What GitHub and GitLab make of the text that a page shows: mentions, references, commits, tickets, labels, emoji. */
const LINKED = /[@#!%~&[{$](?![\s\u2060]|$)|\b(?:GH|GHSA|CVE)-\w|(?<!\w)[0-9a-f]{7,}(?!\w)|:[\w+-]+:|:\/\/|\bwww\./iu;
const TICKET = /\b[A-Z][A-Z\d_]*-\d/u;

const TEXTS = [
  "<img src=x onerror=alert(1)>",
  "<!-- comment --> <a href='https://evil.example.com'>here</a>",
  "[a link](https://evil.example.com) ![an image](http://evil.example.com/x.png) <https://evil.example.com>",
  "[a link][1] [^1] [[wiki]] [TOC] [ ] [x] [vulnerability:1]",
  "https://evil.example.com HTTP://EVIL.EXAMPLE.COM ftp://evil.example.com www.evil.com WWW.evil.com/a?b=c rdar://1",
  "someone@evil.com mailto:someone@evil.com xmpp:a@evil.com/b @team @org/team",
  '#12 org/repo#12 GH-12 gh-12 !12 %12 %"next" ~bug ~"two words" &12 $12 *iteration:1 ^alert#1 ABC-123 ' +
    "CVE-2024-1234 GHSA-abcd-efgh-ijkl",
  "0123456 deadbeef DEADBEEF 946955d946955d946955d946955d946955d946955d org/repo@946955d",
  ":tada: a:tada::+1:",
  "| a | b |\n|---|---|\n| c | d |",
  "# heading\n---\n===\n- one\n1. two\n> three\n```\nfour\n```\n    five",
  "- one",
  "1. one",
  "1) one",
  "---",
  "===",
  "> one",
  "+ one",
  "* one",
  "    four spaces",
  "~~~",
  "/close",
  "**bold** _italic_ ~~gone~~ `code` \\escaped\\| \\| $x^2$ $$y$$ &amp; &#64;someone &copy;",
  "a\u202eb\u2066c\u200bd\u00ade\u0007f\u001b]8;;https://evil.example.com\u0007g\u{e0041}",
];

const decoded = (html: string): string =>
  html
    .replaceAll("<span>$</span>", "$")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

function requirePlain(text: string): void {
  const escaped = plain(text);
  for (const html of placesOf(escaped)) {
    expect(decoded(html).replaceAll("\u2060", "")).toBe(clean(text));
    expect(html.replaceAll("<span>$</span>", "")).not.toMatch(/<\w/u);
    for (const part of html.split("<span>$</span>")) {
      expect(decoded(part)).not.toMatch(LINKED);
      expect(decoded(part)).not.toMatch(TICKET);
    }
  }
}

/** What of it is seen in a list, a heading and a table. */
function placesOf(escaped: string): string[] {
  if (escaped === "") return [];
  const list = /^<ul>\n<li>([^]*)<\/li>\n<\/ul>\n$/u.exec(markdown.render(`- ${escaped}`));
  const heading = /^<h3>([^]*)<\/h3>\n$/u.exec(markdown.render(`### ${escaped}`));
  const table = /<tbody>\n<tr>\n<td>([^]*)<\/td>\n<td>b<\/td>\n<\/tr>\n<\/tbody>/u.exec(
    markdown.render(`| A | B |\n|---|---|\n| ${escaped} | b |`),
  );
  return [list, heading, table].map((found) => found?.[1] ?? "<more>");
}

describe("A text of others in Markdown is shown as it is, with no link, mention or markup", () => {
  it.each(TEXTS)("%j", (text) => requirePlain(text));

  it("whatever it is made of", () => {
    const part = fc.oneof(
      fc.constantFrom(...(TEXTS.join(" ").match(/\w+|[^\w\s]|\s/gu) ?? [])),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => requirePlain(parts.join(""))),
      { numRuns: 500 },
    );
  });
});

describe.each(TEXTS)("A report about %j", (text) => {
  const withoutLinks = (report: string): void => {
    const html = markdown.render(report);
    expect(html).not.toMatch(/<(?:a|img|script)[ >]/u);
  };
  const cost = { before: 1, after: 2, toEmbed: 1 };

  it("of drift has no link", () => {
    const finding = { kind: "item-changed", urn: text, resource: text, type: "Item", message: text } as const;
    withoutLinks(
      driftInMarkdown({
        version: 1,
        project: text,
        stack: text,
        status: "failed",
        checked: 1,
        findings: [finding],
        plan: [{ urn: text, resource: text, type: "Item", step: text }],
        unchecked: [{ reason: text, resource: text }],
        notes: [text],
      }),
    );
  });

  it("of a branch has no link", () => {
    const document = {
      name: text,
      change: "changed",
      movedFrom: [text],
      sections: [{ headings: [text], change: "changed", chunks: cost, tokens: cost }],
      chunks: cost,
      tokens: cost,
    } as const;
    withoutLinks(
      diffInMarkdown({
        version: 1,
        project: text,
        stack: text,
        base: { ref: text, commit: "0".repeat(40) },
        status: "failed",
        resources: [
          { urn: text, resource: text, documents: [document], documentCount: cost, chunks: cost, tokens: cost },
        ],
        others: [{ urn: text, resource: text, type: "Item", change: "added" }],
        problems: [{ kind: "unreadable", severity: "error", resource: text, message: text }],
        tests: [{ resource: text, message: text, questions: [{ query: text, holds: false, isNew: true }] }],
      }),
    );
  });
});
