import { childrenOf, isContainer, type Block, type Definition, type Entry, type Field, type Table } from "../tree.js";
import type { Section } from "./sections.js";
import { estimateTokensBetween, estimateTokensIn } from "../../text/tokens.js";
import { GLUED, LOOSE, TIED, type Glue, type Head, type Unit } from "./unit.js";

/**
 * A section's text, and the units that it may be split between, made when they are asked for: most sections fit whole.
 */
export interface Layout {
  readonly text: string;
  readonly units: () => readonly Unit[];
}

/** Writes a section down: its headings, and its blocks as units of units. */
export function layOut({ headings, body }: Section): Layout {
  const page = new Page();
  const drafts = headings.map(({ text, tight }, index) =>
    page.leaf(text, tight === true, "lines", index === 0 ? LOOSE : GLUED),
  );
  for (const block of body)
    drafts.push(...page.block(block, drafts.length > 0 && drafts.length === headings.length ? GLUED : LOOSE, [], 0));
  return page.finish(drafts);
}

/** A unit before it is known what it takes, and where it ends. */
interface Draft {
  readonly leaf?: number;
  readonly inner?: readonly Draft[];
  readonly fields?: readonly Field[];
  readonly kind: Unit["kind"];
  readonly glue: Glue;
  readonly heads: readonly Head[];
  readonly depth: number;
}

/** Deeper nesting is split at as if it were no deeper. */
const DEEPEST = 30;

/** So many characters at a text's end are looked at: a label, as a bold line is one, has no more. */
const LABEL = 80;

class Page {
  readonly #parts: string[] = [];
  readonly #starts: number[] = [];
  #length = 0;
  #last = "";
  #isBelowCode = false;
  #isLabel = false;

  /** Writes a text on a line of its own, and says which leaf it is. */
  leaf(text: string, tight: boolean, kind: Unit["kind"], glue: Glue, heads: readonly Head[] = [], depth = 0): Draft {
    if (this.#length > 0) this.#put(tight ? "\n" : "\n\n");
    const isTied =
      this.#isLabel ||
      leadsUp(this.#last) ||
      (kind === "lines" ? goesOn(this.#last) : this.#isBelowCode && GOING_ON.test(text));
    const tied: Glue = glue === LOOSE && isTied ? TIED : glue;
    this.#starts.push(this.#length);
    this.#put(text);
    this.#last = kind === "prose" ? text.slice(-LABEL) : "";
    this.#isBelowCode = kind === "lines";
    this.#isLabel = false;
    return { leaf: this.#starts.length - 1, kind, glue: tied, heads, depth };
  }

  #put(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
  }

  /** The units of a block; none where it says nothing. */
  block(block: Block, glue: Glue, heads: readonly Head[], depth: number): Draft[] {
    const tight = block.tight === true;
    if (block.kind === "table") return this.#group(this.#table(block, glue, heads, depth + 1), heads, depth);
    if (block.kind === "entry") return this.#entry(block, glue, heads, depth);
    if (block.kind === "definition") return this.#group(this.#definition(block, glue, heads, depth + 1), heads, depth);
    if (isContainer(block))
      return this.#group(this.#all(childrenOf(block), glue, heads, depth + 1, tight), heads, depth);
    if (block.text.trim() === "") return [];
    if (block.kind !== "code") {
      const leaf = this.leaf(block.text, tight, "prose", glue, heads, depth);
      this.#isLabel = depth === 0 && isLabel(block.text);
      return [leaf];
    }
    const { text, opening } = block;
    const start = this.#nextStart(tight);
    const own = opening === undefined ? heads : [...heads, new Repeated(`${opening}\n`, start + opening.length + 1)];
    return [this.leaf(text, tight, "lines", glue, own, depth)];
  }

  #nextStart(tight: boolean): number {
    return this.#length === 0 ? 0 : this.#length + (tight ? 1 : 2);
  }

  #group(inner: Draft[], heads: readonly Head[], depth: number): Draft[] {
    const [first] = inner;
    if (!first || inner.length === 1) return inner;
    return [{ inner, kind: "prose", glue: first.glue, heads, depth: Math.min(depth, DEEPEST) }];
  }

  /** The first block stands as tight as what it is in. */
  #all(blocks: readonly Block[], glue: Glue, heads: readonly Head[], depth: number, tight: boolean): Draft[] {
    const found: Draft[] = [];
    blocks.forEach((block, index) => {
      const placed = index === 0 && tight && block.tight !== true ? { ...block, tight } : block;
      found.push(...this.block(placed, found.length === 0 ? glue : LOOSE, heads, depth));
    });
    return found;
  }

  #table({ caption, head, rows, tight = false }: Table, glue: Glue, heads: readonly Head[], depth: number): Draft[] {
    const lines = [caption, head].filter((part) => part !== undefined && part.trim() !== "").join("\n");
    const found: Draft[] = [];
    let own = heads;
    if (lines !== "") {
      found.push(this.leaf(lines, tight, "lines", glue, heads, depth));
      own = [...heads, new Repeated(`${compact(lines)}\n`, this.#length)];
    }
    for (const row of rows) {
      if (row.trim() === "") continue;
      const first = found.length === 0;
      found.push(
        this.leaf(
          row,
          first ? tight : true,
          "prose",
          first ? glue : found.length === 1 && lines !== "" ? GLUED : LOOSE,
          own,
          depth,
        ),
      );
    }
    return found;
  }

  /** One leaf for all of its fields, since most entries fit whole: a table may have hundreds of thousands of fields. */
  #entry({ fields, tight = false }: Entry, glue: Glue, heads: readonly Head[], depth: number): Draft[] {
    if (fields.length === 0) return [];
    const written = fields.map(({ name, value }) => (name === undefined ? value : `${name}: ${value}`)).join("\n");
    return [{ ...this.leaf(written, tight, "prose", glue, heads, depth), fields }];
  }

  #definition({ term, blocks, tight = false }: Definition, glue: Glue, heads: readonly Head[], depth: number): Draft[] {
    if (term.trim() === "") return this.#all(blocks, glue, heads, depth, tight);
    const first = this.leaf(term, tight, "lines", glue, heads, depth);
    return [first, ...this.#all(blocks, GLUED, [...heads, new Repeated(`${term}\n`, this.#length)], depth, true)];
  }

  finish(drafts: readonly Draft[]): Layout {
    const text = this.#parts.join("");
    return { text, units: () => this.#units(drafts, text) };
  }

  #units(drafts: readonly Draft[], text: string): Unit[] {
    const weights = estimateTokensBetween(text, [...this.#starts, text.length]);
    const make = ({ leaf = 0, inner, fields, kind, glue, heads, depth }: Draft): Unit => {
      if (fields)
        return this.#entryUnit(leaf, fields, text, { weight: weights[leaf] ?? 0, kind, glue, heads, depth, step: 0 });
      const units = inner?.map(make);
      const start = units ? units[0]?.start : this.#starts[leaf];
      const end = units ? units.at(-1)?.end : this.#starts[leaf + 1];
      const weight = units ? units.reduce((sum, unit) => sum + unit.weight, 0) : weights[leaf];
      return {
        start: start ?? 0,
        end: end ?? text.length,
        weight: weight ?? 0,
        kind,
        glue,
        heads,
        depth,
        step: 0,
        inner: units,
      };
    };
    return drafts.map(make);
  }

  #entryUnit(leaf: number, fields: readonly Field[], text: string, shared: Omit<Unit, "start" | "end">): Unit {
    const [start = 0, end = text.length] = this.#starts.slice(leaf, leaf + 2);
    return { ...shared, start, end, inner: () => fieldUnits(fields, text, { ...shared, start, end }) };
  }
}

/** The units of an entry: one for each of its fields, whose name is repeated above what follows of it. */
function fieldUnits(
  fields: readonly Field[],
  text: string,
  { start, end, glue, heads, depth, ...shared }: Unit,
): Unit[] {
  const leads = fields.map(({ name }) => (name === undefined ? "" : `${name}: `));
  const starts: number[] = [];
  let at = start;
  for (const [index, { value }] of fields.entries()) {
    starts.push(at);
    at += (leads[index]?.length ?? 0) + value.length + 1;
  }
  const offsets = [...starts, end];
  return estimateTokensBetween(text, offsets).map((weight, index) => {
    const [from = start, to = end] = offsets.slice(index, index + 2);
    const lead = leads[index] ?? "";
    const own = lead === "" ? heads : [...heads, new Repeated(lead, from + lead.length)];
    const deep = Math.min(depth + 1 + (fields[index]?.level ?? 0), DEEPEST);
    return { ...shared, start: from, end: to, weight, glue: index === 0 ? glue : LOOSE, heads: own, depth: deep };
  });
}

/** A head that is weighed when it may be repeated, as few are. */
class Repeated implements Head {
  #weight: number | undefined;

  constructor(
    readonly text: string,
    readonly end: number,
  ) {}

  get weight(): number {
    return (this.#weight ??= estimateTokensIn(this.text, 0, this.text.length));
  }
}

/** Tables are often drawn with spaces and dashes, which say nothing the second time. */
function compact(head: string): string {
  return head.replace(/(\S)[ \t]{2,}/gu, "$1 ").replace(/-{4,}/gu, "---");
}

/** A short line by itself that is no sentence, as many a heading is written: it names what follows. */
function isLabel(text: string): boolean {
  if (text.includes("\n")) return false;
  // Most ends are a point, which costs nothing to see.
  if (text.length < LABEL && !text.endsWith(".") && UNENDED.test(text)) return true;
  return text.length < LABEL * 2 && OPENING.test(text);
}

const UNENDED = /\p{L}[^\n]*[^\s.!?。！？।۔؟…"'”’»)\]」』]\s*$/u;

/** What opens a note or a tab in Markdown of generators of sites. */
const OPENING = /^\s*(?:!!!|\?\?\?\+?|===|:{3,})\s*\S/u;

/** A sentence that goes on in the code below it, and one that goes on below code. */
const goesOn = (text: string): boolean => /[\p{Ll}\p{Lo},]\s*$/u.test(text.slice(-8));
const GOING_ON = /^\p{Ll}\S*\s/u;

/** What ends in a colon, or is nothing but a bold line, leads up to what follows. */
function leadsUp(text: string): boolean {
  return /[:：]["'”’)\]*_]*\s*$/u.test(text.slice(-8)) || /^\s*(?:\*\*|__)[^*_\n]+(?:\*\*|__)\s*$/u.test(text);
}
