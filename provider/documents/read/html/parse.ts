import type { DefaultTreeAdapterMap, DefaultTreeAdapterTypes, TreeAdapter } from "parse5" with {
  "resolution-mode": "import",
};
import { DocumentError } from "../../document-error.js";

export type Node = DefaultTreeAdapterTypes.ChildNode;

/** An element, with what was found out about it. */
export interface Element extends DefaultTreeAdapterTypes.Element {
  isBlock: boolean | undefined;
  isLeftOut: boolean | undefined;
}

/** What a document may be nested at most: twice what browsers bear. */
const DEEPEST = 1000;

/** What is looked at of an element's attributes; others take memory only. */
const ATTRIBUTES = new Set([
  "alt",
  "alttext",
  "aria-hidden",
  "aria-level",
  "class",
  "colspan",
  "content",
  "hidden",
  "href",
  "http-equiv",
  "id",
  "name",
  "open",
  "rel",
  "reversed",
  "role",
  "rowspan",
  "start",
  "style",
  "type",
  "value",
]);

/** A page, with the elements that say what it is called and where it is about that, in their order. */
export interface ParsedPage {
  readonly nodes: readonly Node[];
  readonly landmarks: readonly Element[];
}

const LANDMARKS = new Set(["title", "meta", "h1", "main", "article"]);

/** Makes of HTML what browsers make of it. Both throw DocumentError where it is nested too deeply. */
export interface HtmlParser {
  readonly document: (source: string) => ParsedPage;
  /** For what stands within a page. */
  readonly fragment: (source: string) => readonly Node[];
}

/** A reference to a character by so large a number that the parser cannot hold it. */
const NO_CHARACTER = /&#(?:x[\da-f]{99,}|\d{99,});?/giu;

let parser: Promise<HtmlParser> | undefined;

/** Loads the parser when it is first asked for. */
export function htmlParser(): Promise<HtmlParser> {
  return (parser ??= load());
}

async function load(): Promise<HtmlParser> {
  const { defaultTreeAdapter, parse, parseFragment } = await import("parse5");
  const { treeAdapter, restart, landmarks } = bounded(defaultTreeAdapter);
  const guardedBy = (parseWith: typeof parse | typeof parseFragment) => (source: string) => {
    const text = source.replace(NO_CHARACTER, "\uFFFD");
    return guarded((sourceCodeLocationInfo) => {
      restart();
      return parseWith(text, { treeAdapter, sourceCodeLocationInfo });
    });
  };
  const nodesOf = guardedBy(parse);
  const document = (source: string): ParsedPage => {
    const nodes = nodesOf(source);
    return { nodes, landmarks: landmarks() };
  };
  return { document, fragment: guardedBy(parseFragment) };
}

function guarded(parse: (isPlaced: boolean) => DefaultTreeAdapterTypes.ParentNode): readonly Node[] {
  try {
    return parse(false).childNodes;
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    throw new DocumentError(
      `is nested more than ${DEEPEST} levels deep${lineOf(() => parse(true))}: flatten it, or exclude it`,
    );
  }
}

class TooDeep extends Error {
  constructor(readonly element: DefaultTreeAdapterTypes.Node) {
    super("nested too deeply");
  }
}

/** Says on which line it gets too deep. Places are not kept otherwise: they take as much memory as the rest. */
function lineOf(again: () => unknown): string {
  try {
    again();
    return "";
  } catch (error) {
    const line = error instanceof TooDeep ? error.element.sourceCodeLocation?.startLine : undefined;
    return line === undefined ? "" : ` (line ${line})`;
  }
}

/** An adapter for all documents, one after the other: the parser is fastest where it always meets the same. */
function bounded(adapter: TreeAdapter<DefaultTreeAdapterMap>): {
  readonly treeAdapter: TreeAdapter<DefaultTreeAdapterMap>;
  readonly restart: () => void;
  readonly landmarks: () => readonly Element[];
} {
  let depth = 0;
  let landmarks: Element[] = [];
  const treeAdapter: TreeAdapter<DefaultTreeAdapterMap> = {
    ...adapter,
    createElement: (tagName, namespaceURI, attributes): Element => {
      const attrs = attributes.length === 0 ? attributes : attributes.filter(({ name }) => ATTRIBUTES.has(name));
      const element: Element = {
        nodeName: tagName,
        tagName,
        attrs,
        namespaceURI,
        childNodes: [],
        parentNode: null,
        isBlock: undefined,
        isLeftOut: undefined,
      };
      if (LANDMARKS.has(tagName) || (attrs.length > 0 && roleOf(element) === "main")) landmarks.push(element);
      return element;
    },
    onItemPush(element) {
      if (++depth > DEEPEST) throw new TooDeep(element);
    },
    onItemPop() {
      depth--;
    },
  };
  const restart = (): void => {
    depth = 0;
    landmarks = [];
  };
  return { treeAdapter, restart, landmarks: () => landmarks };
}

export function isElement(node: Node): node is Element {
  return "tagName" in node;
}

/** An attribute's value; empty where it has none. */
export function attribute({ attrs }: Pick<Element, "attrs">, name: string): string | undefined {
  for (const one of attrs) if (one.name === name) return one.value;
  return undefined;
}

/** What an element says that it is. */
export function roleOf(element: Pick<Element, "attrs">): string {
  return attribute(element, "role")?.trim().toLowerCase() ?? "";
}

/** What an element is in, from the innermost; without the document. */
export function ancestorsOf(element: Element): Element[] {
  const found: Element[] = [];
  for (let parent = element.parentNode; parent && "tagName" in parent; parent = parent.parentNode)
    found.push(parent as Element);
  return found;
}

/** The first element among nodes and in them that is wanted. @param into whether those in one are looked at. */
export function firstOf(
  nodes: readonly Node[],
  wanted: (element: Element) => boolean,
  into: (element: Element) => boolean = () => true,
): Element | undefined {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    const found = wanted(node) ? node : into(node) ? firstOf(node.childNodes, wanted, into) : undefined;
    if (found) return found;
  }
  return undefined;
}

/**
 * All elements among nodes and in them that are wanted, in order, but those within one that is.
 *
 * @param into whether those in one are looked at.
 */
export function outermost(
  nodes: readonly Node[],
  wanted: (element: Element) => boolean,
  into: (element: Element) => boolean,
): Element[] {
  const found: Element[] = [];
  const visit = (node: Node): void => {
    if (!isElement(node)) return;
    if (wanted(node)) found.push(node);
    else if (into(node)) node.childNodes.forEach(visit);
  };
  nodes.forEach(visit);
  return found;
}
