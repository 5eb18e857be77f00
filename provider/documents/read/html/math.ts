import { fraction, grouped, root, script } from "../equation.js";
import { attribute, isElement, type Element, type Node } from "./parse.js";

/** Signs that are not seen: of a function, of a product, of a list, of a sum. */
const FUNCTION = /\u2061/gu;
const UNSEEN = /[\u2062-\u2064]/gu;

/** MathML as it is written in a line: a fraction is not two numbers side by side, nor a power a digit more. */
export function equationOf(element: Element): string {
  return written(element.childNodes).trim() || (attribute(element, "alttext") ?? "");
}

function written(nodes: readonly Node[]): string {
  return nodes.map((node) => (isElement(node) ? write(node) : "value" in node ? signs(node.value) : "")).join("");
}

function signs(text: string): string {
  return text.replace(/\s+/gu, " ").replace(/^ | $/gu, "").replace(FUNCTION, " ").replace(UNSEEN, "");
}

type Parts = readonly [first: string, second: string, third: string];

const WRITTEN: ReadonlyMap<string, (parts: Parts) => string> = new Map([
  ["mfrac", ([above, below]: Parts) => fraction(above, below)],
  ["msup", ([base, above]: Parts) => base + script("^", above)],
  ["msub", ([base, below]: Parts) => base + script("_", below)],
  ["msubsup", ([base, below, above]: Parts) => base + script("_", below) + script("^", above)],
  ["munder", ([base, below]: Parts) => base + script("_", below)],
  ["mover", ([base, above]: Parts) => base + (/^[^\p{L}\p{N}]$/u.test(above) ? above : script("^", above))],
  ["munderover", ([base, below, above]: Parts) => base + script("_", below) + script("^", above)],
  ["mroot", ([text, degree]: Parts) => root(text, degree)],
]);

function write(element: Element): string {
  const { tagName, childNodes } = element;
  const children = childNodes.filter(isElement);
  const write = WRITTEN.get(tagName);
  if (write) {
    const [first = "", second = "", third = ""] = children.map((child) => written([child]));
    return write([first, second, third]);
  }
  if (tagName === "msqrt") return root(written(childNodes), "");
  if (tagName === "mspace") return " ";
  if (tagName === "mtable")
    return `[${children
      .map((row) =>
        row.childNodes
          .filter(isElement)
          .map((cell) => written(cell.childNodes))
          .join(", "),
      )
      .join("; ")}]`;
  if (tagName === "mfenced") return grouped(children.map((child) => written([child])).join(", "));
  return tagName === "annotation" || tagName === "annotation-xml" || tagName === "mphantom" ? "" : written(childNodes);
}
