import { clean } from "../decode.js";
import { isLeftOut, isPermalink } from "./left-out.js";
import { equationOf } from "./math.js";
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
  ...[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
  ],
  ...[
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
  ],
  ...[
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "xmp",
  ],
]);

/** Whether an element is a block, or has one in it. */
export function isBlock(node: Node): node is Element {
  return (
    isElement(node) &&
    (node.isBlock ??= BLOCKS.has(node.tagName) || roleOf(node) === "heading" || node.childNodes.some(isBlock))
  );
}

/** Stands for the end of a line until white space is in one: line ends of the source are white space. */
const BREAK = "\v";

const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;
const INVISIBLES = new RegExp(INVISIBLE, "gu");

/** Nearly all texts have single spaces between plain letters and signs, and are done. */
const UNPLAIN = /[^!-~ ]| {2}|^ | $/u;

/** The text of nodes as a reader sees it: white space in one, lines where they are broken. */
export function textOf(nodes: readonly Node[], reading: Reading): string {
  const text = collected(nodes, reading);
  if (reading.isPre) return seen(text).replaceAll(BREAK, "\n");
  if (!UNPLAIN.test(text)) return text;
  const lines = seen(text)
    .replace(/[ \t\n\f\r\u00a0]+/gu, " ")
    .replace(/ ?\v ?/gu, "\n")
    .trim();
  return reading.isLine ? lines.replace(/\s+/gu, " ") : lines;
}

/** Without what only says where a word may be broken, or which way it is written. */
function seen(text: string): string {
  const cleaned = clean(text);
  return INVISIBLE.test(cleaned) ? cleaned.replaceAll(INVISIBLES, "") : cleaned;
}

function collected(nodes: readonly Node[], reading: Reading): string {
  let text = "";
  for (const node of nodes) text += "value" in node ? node.value : isElement(node) ? textIn(node, reading) : "";
  return text;
}

function textIn(element: Element, reading: Reading): string {
  if (isLeftOut(element, reading.isWhole) || isPermalink(element, reading.owner)) return "";
  const { tagName, childNodes } = element;
  if (tagName === "br") return BREAK;
  if (tagName === "math") return equationOf(element);
  if (tagName === "q") return `“${textOf(childNodes, reading)}”`;
  if (tagName === "sup" || tagName === "sub") return raised(textOf(childNodes, { ...reading, isLine: true }), tagName);
  const text = collected(childNodes, reading);
  if (reading.isPre || !BLOCKS.has(tagName)) return text;
  const apart = tagName === "td" || tagName === "th" || reading.isLine ? " " : BREAK;
  return apart + text + apart;
}

const RAISED: Readonly<Record<string, string>> = {
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
  "+": "⁺",
  "-": "⁻",
  "−": "⁻",
  n: "ⁿ",
  i: "ⁱ",
};
const LOWERED: Readonly<Record<string, string>> = {
  0: "₀",
  1: "₁",
  2: "₂",
  3: "₃",
  4: "₄",
  5: "₅",
  6: "₆",
  7: "₇",
  8: "₈",
  9: "₉",
};

/** Digits that are raised or lowered stay so: 10³ is not 103. Words, as in 1st, stand as they are. */
function raised(text: string, kind: "sup" | "sub"): string {
  const signs = kind === "sup" ? RAISED : LOWERED;
  const written = Array.from(text, (sign) => signs[sign]);
  if (written.every((sign) => sign !== undefined)) return written.join("");
  return kind === "sup" && /^[\d+\-−(]|^\p{L}$/u.test(text)
    ? `^${/^[\p{L}\p{N}]+$/u.test(text) ? text : `(${text})`}`
    : text;
}
