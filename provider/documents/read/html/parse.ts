import type { DefaultTreeAdapterMap, DefaultTreeAdapterTypes, TreeAdapter } from "parse5" with { "resolution-mode": "import" };
import { DocumentError } from "../../document-error.js";

export type Element = DefaultTreeAdapterTypes.Element;
export type Node = DefaultTreeAdapterTypes.ChildNode;

/** What a document may be nested at most: twice what browsers bear. */
const DEEPEST = 1000;

/** What is looked at of an element's attributes; others take memory only. */
const ATTRIBUTES = new Set(["aria-hidden", "aria-level", "class", "colspan", "content", "hidden", "href", "id", "name", "open", "reversed", "role", "rowspan", "start", "style", "type"]);

/** Makes of HTML what browsers make of it. Both throw DocumentError where it is nested too deeply. */
export interface HtmlParser {
  readonly document: (source: string) => readonly Node[];
  /** For what stands within a page. */
  readonly fragment: (source: string) => readonly Node[];
}

/** Loads the parser. */
export async function htmlParser(): Promise<HtmlParser> {
  const { defaultTreeAdapter, parse, parseFragment } = await import("parse5");
  return {
    document: (source) => guarded((isPlaced) => parse(source, { treeAdapter: bounded(defaultTreeAdapter), sourceCodeLocationInfo: isPlaced })),
    fragment: (source) => guarded((isPlaced) => parseFragment(source, { treeAdapter: bounded(defaultTreeAdapter), sourceCodeLocationInfo: isPlaced })),
  };
}

function guarded(parse: (isPlaced: boolean) => DefaultTreeAdapterTypes.ParentNode): readonly Node[] {
  try {
    return parse(false).childNodes;
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    throw new DocumentError(`is nested more than ${DEEPEST} levels deep${lineOf(() => parse(true))}: flatten it, or exclude it`);
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

function bounded(adapter: TreeAdapter<DefaultTreeAdapterMap>): TreeAdapter<DefaultTreeAdapterMap> {
  let depth = 0;
  return {
    ...adapter,
    createElement: (tagName, namespace, attributes) => adapter.createElement(tagName, namespace, attributes.filter(({ name }) => ATTRIBUTES.has(name))),
    onItemPush(element) {
      if (++depth > DEEPEST) throw new TooDeep(element);
    },
    onItemPop() {
      depth--;
    },
  };
}

export function isElement(node: Node): node is Element {
  return "tagName" in node;
}

/** An attribute's value; empty where it has none. */
export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

/** What an element says that it is. */
export function roleOf(element: Element): string {
  return attribute(element, "role")?.trim().toLowerCase() ?? "";
}

/** All elements among nodes and in them, in order. @param into whether those in one are wanted. */
export function* elements(nodes: readonly Node[], into: (element: Element) => boolean = () => true): Generator<Element> {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    yield node;
    if (into(node)) yield* elements(node.childNodes, into);
  }
}
