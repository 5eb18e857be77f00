// Headings of Markdown as the reference implementation of CommonMark has them, and as browsers have those in HTML.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { Parser } = require("commonmark");
const { parseFragment } = require("parse5");

/** What is compared of a heading: its letters and digits. */
export const lettersOf = (text) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/**
 * The headings of Markdown without front matter, in order; those without a letter are left out. Pictures count where
 * there is nothing else.
 */
export function headingsOf(markdown) {
  const found = [];
  let title;
  let pictured = 0;
  let alternative = "";
  const walker = new Parser().parse(markdown).walker();
  for (let event = walker.next(); event; event = walker.next()) {
    const { node, entering } = event;
    if (node.type === "heading") {
      if (entering) title = alternative = "";
      else {
        found.push(title.trim() || alternative);
        title = undefined;
      }
    } else if (node.type === "image") pictured += entering ? 1 : -1;
    else if (entering && title !== undefined && node.type !== "html_inline") {
      if (pictured > 0) alternative += node.literal ?? "";
      else title += node.literal ?? (/break$/.test(node.type) ? " " : "");
    } else if (entering && node.type === "html_block") found.push(...headingsIn(parseFragment(node.literal)));
  }
  return found.map(lettersOf).filter((text) => text !== "");
}

function headingsIn(node) {
  return /^h[1-6]$/.test(node.tagName ?? "")
    ? [textOf(node).trim() || alternativeOf(node)]
    : (node.childNodes ?? []).flatMap(headingsIn);
}

function textOf(node) {
  return node.value ?? (node.childNodes ?? []).map(textOf).join("");
}

function alternativeOf(node) {
  const own = node.tagName === "img" ? node.attrs.find(({ name }) => name === "alt")?.value : undefined;
  return own ?? (node.childNodes ?? []).map(alternativeOf).find((text) => text !== "") ?? "";
}
