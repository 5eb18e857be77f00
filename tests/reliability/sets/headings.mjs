// Headings of Markdown as the reference implementation of CommonMark has them, and as browsers have those in HTML.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { Parser } = require("commonmark");
const { parseFragment } = require("parse5");

/** What is compared of a heading: its letters and digits. */
export const lettersOf = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** The headings of Markdown without front matter, in order; those without a letter are left out. */
export function headingsOf(markdown) {
  const found = [];
  let title;
  const walker = new Parser().parse(markdown).walker();
  for (let event = walker.next(); event; event = walker.next()) {
    const { node, entering } = event;
    if (node.type === "heading") {
      if (entering) title = "";
      else {
        found.push(title);
        title = undefined;
      }
    } else if (entering && title !== undefined) title += node.type === "html_inline" ? "" : (node.literal ?? "");
    else if (entering && node.type === "html_block") found.push(...headingsIn(parseFragment(node.literal)));
  }
  return found.map(lettersOf).filter((text) => text !== "");
}

function headingsIn(node) {
  return /^h[1-6]$/.test(node.tagName ?? "") ? [textOf(node)] : (node.childNodes ?? []).flatMap(headingsIn);
}

function textOf(node) {
  return node.value ?? (node.childNodes ?? []).map(textOf).join("");
}
