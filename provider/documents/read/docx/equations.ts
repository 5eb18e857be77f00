import type { DOMParser as Parser } from "@xmldom/xmldom";
import { fraction, grouped, root, script } from "../equation.js";

type Xml = ReturnType<Parser["parseFromString"]>["childNodes"][number];

/** A paragraph's wrapping of equations, with its settings; an equation is within it. */
const WRAPPING = /<\/?m:oMathPara(?:\s[^>]*)?>|<m:oMathParaPr(?:\s[^>]*)?(?:\/>|>.*?<\/m:oMathParaPr>)/gsu;
const EQUATION = /<m:oMath(?:\s[^>]*)?>.*?<\/m:oMath>/gsu;

/** Whether a part of a Word document has equations in it. */
export function hasEquations(xml: string): boolean {
  return xml.includes("<m:oMath");
}

/** Writes the equations of a part of a Word document as text in a line, where a reader of Word documents finds it. */
export async function withEquations(xml: string): Promise<string> {
  const { DOMParser } = await import("@xmldom/xmldom");
  const parser = new DOMParser({ errorHandler: () => undefined });
  return xml.replace(WRAPPING, "").replace(EQUATION, (equation) => {
    const { documentElement } = parser.parseFromString(`<x xmlns:m="m" xmlns:w="w">${equation}</x>`, "text/xml");
    const text = written(Array.from(documentElement.childNodes)).replace(/\s+/gu, " ").trim();
    return `<w:r><w:t xml:space="preserve">${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</w:t></w:r>`;
  });
}

function written(nodes: readonly Xml[]): string {
  return nodes.map((node) => write(node)).join("");
}

/** The parts of an element by their names, each with what is in it. */
function partsOf(element: Xml): (name: string) => string {
  return (name) => written(namedIn(element, `m:${name}`).flatMap(({ childNodes }) => Array.from(childNodes)));
}

function namedIn(element: Xml, name: string): Xml[] {
  return Array.from(element.childNodes).filter(({ nodeName }) => nodeName === name);
}

/** A setting of an element, as the sign of a sum. */
function setting(element: Xml, settings: string, name: string, otherwise: string): string {
  const [found] = namedIn(element, settings).flatMap((node) => namedIn(node, name));
  return (found as unknown as Element | undefined)?.getAttribute("m:val") ?? otherwise;
}

const WRITTEN: Readonly<Record<string, (element: Xml) => string>> = {
  "m:f": (element) => {
    const part = partsOf(element);
    return fraction(part("num"), part("den"));
  },
  "m:sSup": (element) => base(element) + scripts(element, undefined, "sup"),
  "m:sSub": (element) => base(element) + scripts(element, "sub", undefined),
  "m:sSubSup": (element) => base(element) + scripts(element, "sub", "sup"),
  "m:sPre": (element) => scripts(element, "sub", "sup") + base(element),
  "m:rad": (element) => {
    const part = partsOf(element);
    return root(part("e"), part("deg"));
  },
  "m:nary": (element) =>
    `${setting(element, "m:naryPr", "m:chr", "∫")}${scripts(element, "sub", "sup")} ${partsOf(element)("e")}`,
  "m:d": (element) => {
    const within = namedIn(element, "m:e").map(({ childNodes }) => written(Array.from(childNodes)));
    const [begin, end] = [setting(element, "m:dPr", "m:begChr", "("), setting(element, "m:dPr", "m:endChr", ")")];
    return begin + within.join(setting(element, "m:dPr", "m:sepChr", "|")) + end;
  },
  "m:func": (element) => {
    const part = partsOf(element);
    const argument = part("e");
    return `${part("fName")}${argument.startsWith("(") ? "" : " "}${argument}`;
  },
  "m:limLow": (element) => `${base(element)}_${grouped(partsOf(element)("lim"))}`,
  "m:limUpp": (element) => `${base(element)}^${grouped(partsOf(element)("lim"))}`,
  "m:acc": (element) => base(element) + setting(element, "m:accPr", "m:chr", "\u0302"),
  "m:m": (element) => {
    const rows = namedIn(element, "m:mr").map((row) =>
      namedIn(row, "m:e")
        .map(({ childNodes }) => written(Array.from(childNodes)))
        .join(", "),
    );
    return `[${rows.join("; ")}]`;
  },
  "m:eqArr": (element) =>
    namedIn(element, "m:e")
      .map(({ childNodes }) => written(Array.from(childNodes)))
      .join("; "),
};

function base(element: Xml): string {
  return partsOf(element)("e");
}

function scripts(element: Xml, below: "sub" | undefined, above: "sup" | undefined): string {
  const part = partsOf(element);
  const text = (name: string | undefined): string => (name === undefined ? "" : part(name));
  return script("_", text(below)) + script("^", text(above));
}

function write(node: Xml): string {
  const { nodeName } = node;
  if (nodeName === "m:t" || nodeName === "w:t") return node.textContent ?? "";
  // Settings have no text, but a phantom's or a box's content has.
  return WRITTEN[nodeName]?.(node) ?? (nodeName.endsWith("Pr") ? "" : written(Array.from(node.childNodes)));
}
