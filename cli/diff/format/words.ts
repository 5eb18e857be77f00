import { shown, sizesInWords } from "../../../provider/resources/documents/review.js";
import { count, number } from "../../../provider/text/quantity.js";
import { BETWEEN } from "../../../provider/ownership/title.js";
import type { Change, DiffReport, DocumentDiff, Kind, ResourceDiff, SectionDiff } from "../report.js";

/** The signs of previews, and one for what only moves. */
export const SIGNS: Readonly<Record<Kind, string>> = { added: "+", changed: "~", removed: "-", moved: ">" };

/** `3 → 2 chunks, 40 → 31 tokens; to embed: 1 chunk, 15 tokens`. */
export function documentInWords({ change, movedFrom, chunks, tokens }: DocumentDiff): string {
  const from = movedFrom.length === 0 ? "" : `, moved from ${movedFrom.map(shown).join(", ")}`;
  if (change === "removed") return sizes(chunks, tokens);
  if (chunks.toEmbed === 0) return `${change === "changed" ? `${sizes(chunks, tokens)}; ` : ""}nothing to embed${from}`;
  const isWhole = chunks.before === 0 && chunks.toEmbed === chunks.after;
  const embedded = sizesInWords({ chunks: chunks.toEmbed, tokens: tokens.toEmbed });
  return `${sizes(chunks, tokens)}${isWhole ? "" : `; to embed: ${embedded}`}${from}`;
}

/** A section's headings in a line. What stands before the first heading has none. */
export function sectionName({ headings }: SectionDiff): string {
  return headings.length === 0 ? "(before the first heading)" : headings.join(BETWEEN);
}

export function sectionInWords({ chunks, tokens, change }: SectionDiff): string {
  return change === "moved" ? "nothing to embed" : sizes(chunks, tokens);
}

function sizes(chunks: Change, tokens: Change): string {
  return `${span(chunks, "chunk")}, ${span(tokens, "token")}`;
}

/** `340 → 352 chunks`; of what comes or goes the one number. */
function span({ before, after }: Change, noun: string): string {
  return before === after || before === 0 || after === 0
    ? count(Math.max(before, after), noun)
    : `${number(before)} → ${count(after, noun)}`;
}

/** `120 → 121 documents, 340 → 352 chunks, 90,120 → 93,400 tokens`. */
export function sumsInWords({ documentCount, chunks, tokens }: ResourceDiff): string {
  const whole = ({ before, after }: Change, noun: string): string =>
    before === after ? count(after, noun) : `${number(before)} → ${count(after, noun)}`;
  return [whole(documentCount, "document"), whole(chunks, "chunk"), whole(tokens, "token")].join(", ");
}

/** What it comes to, in a line. */
export function headline({ resources, others, status }: DiffReport): string {
  const differing = resources.filter((resource) => !isUnchanged(resource));
  if (differing.length === 0) {
    const same =
      "No document " +
      `differs${status === "failed" || status === "unknown" ? ", as far as they could be compared" : ""}`;
    return others.length === 0
      ? same
      : `${same}; ${count(others.length, "other resource")} ${others.length === 1 ? "does" : "do"}`;
  }
  const documents = differing.flatMap((resource) => resource.documents);
  const kinds = (["added", "changed", "moved", "removed"] as const).flatMap((kind) => {
    const size = documents.filter(({ change }) => change === kind).length;
    return size === 0 ? [] : [`${number(size)} ${kind}`];
  });
  const total = (of: (resource: ResourceDiff) => number): number =>
    differing.reduce((sum, resource) => sum + of(resource), 0);
  const [chunks, tokens] = [total((resource) => resource.chunks.toEmbed), total((resource) => resource.tokens.toEmbed)];
  const cost =
    chunks === 0 ? "nothing to embed" : `${count(chunks, "chunk")} to embed, about ${count(tokens, "token")}`;
  return `Documents: ${[...kinds, cost].join(", ")}`;
}

/** Whether a resource's documents are what they were, in number and content. */
export function isUnchanged({ documents, documentCount, chunks, tokens }: ResourceDiff): boolean {
  return (
    documents.length === 0 &&
    documentCount.before === documentCount.after &&
    chunks.before === chunks.after &&
    chunks.toEmbed === 0 &&
    tokens.before === tokens.after
  );
}

/** A message with the resource that it is about. */
export function about(resource: string | undefined, message: string): string {
  return resource === undefined ? message : `${resource}: ${message}`;
}
