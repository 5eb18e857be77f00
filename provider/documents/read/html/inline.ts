import { clean } from "../decode.js";
import { isLeftOut, isPermalink } from "./left-out.js";
import { isElement, roleOf, type Element, type Node } from "./parse.js";

/** How text is taken from nodes. */
export interface Reading {
  /** Whether what is left out otherwise counts. */
  readonly isWhole: boolean;
  /** The heading or the term whose text it is. */
  readonly owner?: Element;
  /** Whether white space stays. */
  readonly isPre?: boolean;
  /** Whether lines stay. */
  readonly isLine?: boolean;
}

const BLOCKS = new Set([
  ...["address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset"],
  ...["figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main"],
  ...["menu", "nav", "ol", "option", "p", "plaintext", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp"],
]);

const known = new WeakMap<Element, boolean>();

/** Whether an element is a block, or has one in it. */
export function isBlock(node: Node): node is Element {
  if (!isElement(node)) return false;
  if (BLOCKS.has(node.tagName)) return true;
  const before = known.get(node);
  if (before !== undefined) return before;
  const found = roleOf(node) === "heading" || node.childNodes.some(isBlock);
  known.set(node, found);
  return found;
}

/** The text of nodes as a reader sees it: white space in one, lines where they are broken. */
export function textOf(nodes: readonly Node[], reading: Reading): string {
  const parts: string[] = [];
  for (const node of nodes) collect(node, reading, parts);
  const text = clean(parts.join("")).replace(/[\u00ad\u200b\u2060\ufeff]/gu, "");
  if (reading.isPre) return text;
  const lines = text.replace(/[ \t\u00a0]+/gu, " ").replace(/ ?\n ?/gu, "\n").trim();
  return reading.isLine ? lines.replace(/\s+/gu, " ") : lines;
}

function collect(node: Node, reading: Reading, parts: string[]): void {
  if ("value" in node) parts.push(reading.isPre ? node.value : node.value.replace(/[ \t\n\f\r]+/gu, " "));
  if (!isElement(node) || isLeftOut(node, reading.isWhole) || isPermalink(node, reading.owner)) return;
  const { tagName } = node;
  if (tagName === "br") parts.push("\n");
  else if (tagName === "q") parts.push("“", textOf(node.childNodes, reading), "”");
  else if (tagName === "sup" || tagName === "sub") parts.push(raised(textOf(node.childNodes, { ...reading, isLine: true }), tagName));
  else {
    const apart = BLOCKS.has(tagName) && !reading.isPre ? (tagName === "td" || tagName === "th" || reading.isLine ? " " : "\n") : "";
    parts.push(apart);
    for (const child of node.childNodes) collect(child, reading, parts);
    parts.push(apart);
  }
}

const RAISED: Readonly<Record<string, string>> = { 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹", "+": "⁺", "-": "⁻", "−": "⁻", n: "ⁿ", i: "ⁱ" };
const LOWERED: Readonly<Record<string, string>> = { 0: "₀", 1: "₁", 2: "₂", 3: "₃", 4: "₄", 5: "₅", 6: "₆", 7: "₇", 8: "₈", 9: "₉" };

/** Digits that are raised or lowered stay so: 10³ is not 103. Words, as in 1st, stand as they are. */
function raised(text: string, kind: "sup" | "sub"): string {
  const signs = kind === "sup" ? RAISED : LOWERED;
  const written = Array.from(text, (sign) => signs[sign]);
  if (written.every((sign) => sign !== undefined)) return written.join("");
  return kind === "sup" && /^[\d+\-−(]|^\p{L}$/u.test(text) ? `^${/^[\p{L}\p{N}]+$/u.test(text) ? text : `(${text})`}` : text;
}
