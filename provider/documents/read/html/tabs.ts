import { attribute, isElement, outermost, roleOf, type Element, type Node } from "./parse.js";

/** One of several views of which a page shows one at a time, with what a reader chooses it by. */
export interface Tab {
  readonly label: Element;
  readonly content: readonly Node[];
}

const STRIP = /(?:^|\s)(?:tabs|tabbed-labels|tab-?list|nav-tabs)(?=\s|$)/iu;

/** Tabs, and behind which node theirs end. */
export interface Tabs {
  readonly tabs: readonly Tab[];
  readonly end: number;
}

export const NO_TABS: Tabs = { tabs: [], end: 0 };

/** Whether an element may be a strip of labels, or a label by itself. */
export function isStrip(element: Element): boolean {
  if (element.tagName === "label") return true;
  return element.attrs.length > 0 && (roleOf(element) === "tablist" || STRIP.test(attribute(element, "class") ?? ""));
}

/**
 * The tabs that a strip of labels opens, or a label of its own, with what stands behind it.
 *
 * @param nodes those among which the strip is.
 * @returns no tabs where it opens none.
 */
export function tabsOf(nodes: readonly Node[], at: number): Tabs {
  const strip = nodes[at];
  if (!strip || !isElement(strip)) return NO_TABS;
  const isLone = strip.tagName === "label";
  const labels = isLone ? [strip] : labelsIn(strip);
  const followers = followersOf(nodes, at, labels.length);
  const { panels, last } = isLone ? loneOf(followers) : panelsOf(followers, labels.length);
  return panels.length === 0
    ? NO_TABS
    : {
        tabs: labels.map((label, index) => ({ label, content: panels[index]?.childNodes ?? [] })),
        end: nodes.indexOf(last as Node, at) + 1,
      };
}

/** So many elements behind a node. A form can have labels by the thousand: none looks further than it must. */
function followersOf(nodes: readonly Node[], at: number, count: number): Element[] {
  const found: Element[] = [];
  for (let next = at + 1; next < nodes.length && found.length < count; next++) {
    const node = nodes[next];
    if (node && isElement(node)) found.push(node);
  }
  return found;
}

function labelsIn(strip: Element): readonly Element[] {
  const tabs = outermost(
    strip.childNodes,
    (element) => roleOf(element) === "tab",
    () => true,
  );
  return tabs.length > 0 ? tabs : strip.childNodes.filter(isElement).filter(({ tagName }) => tagName === "label");
}

/** Elements that are shown, one at a time, and the last one that is not to be read again. */
interface Panels {
  readonly panels: readonly Element[];
  readonly last?: Element | undefined;
}

/** A label between a switch and what that shows: such tabs have no strip. */
function loneOf([panel]: readonly Element[]): Panels {
  const isPanel = panel && /(?:^|[\s-])tab-(?:content|panel|pane)(?=\s|$)/iu.test(attribute(panel, "class") ?? "");
  return isPanel === true ? { panels: [panel], last: panel } : { panels: [] };
}

/** As many as there are labels, side by side or within one element. */
function panelsOf(followers: readonly Element[], count: number): Panels {
  if (count === 0) return { panels: [] };
  const marked = followers.slice(0, count);
  if (marked.length === count && marked.every((element) => roleOf(element) === "tabpanel"))
    return { panels: marked, last: marked.at(-1) };
  const [outer] = followers;
  const inner = outer?.childNodes.filter(isElement) ?? [];
  return inner.length === count ? { panels: inner, last: outer } : { panels: [] };
}
