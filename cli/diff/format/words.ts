import { shown, sizesInWords } from "../../../provider/resources/documents/review.js";
import { count, number } from "../../../provider/resources/documents/words.js";
import type { DiffReport, DocumentDiff, ResourceDiff } from "../report.js";

/** The signs of previews, and one for what only moves. */
export const SIGNS: Readonly<Record<DocumentDiff["change"], string>> = { added: "+", changed: "~", removed: "-", moved: ">" };

const SECTIONS_SHOWN = 6;

/** `2 of 9 pieces, 610 tokens: Linux; without macOS`. */
export function documentInWords({ change, movedFrom, sections, pieces, tokens }: DocumentDiff): string {
  if (change === "removed") return count(pieces.before, "piece");
  const cost =
    pieces.toEmbed === 0
      ? "nothing to embed"
      : change === "added"
        ? sizesInWords({ pieces: pieces.toEmbed, tokens: tokens.toEmbed })
        : `${number(pieces.toEmbed)} of ${count(pieces.after, "piece")}, ${count(tokens.toEmbed, "token")}`;
  const from = movedFrom.length === 0 ? "" : `, moved from ${movedFrom.map(shown).join(", ")}`;
  const parts = [list(sections.changed), sections.removed.length === 0 ? "" : `without ${list(sections.removed)}`].filter((part) => part !== "");
  return `${cost}${from}${parts.length === 0 ? "" : `: ${parts.join("; ")}`}`;
}

function list(names: readonly string[]): string {
  const more = names.length > SECTIONS_SHOWN ? [`${number(names.length - SECTIONS_SHOWN)} more`] : [];
  return [...names.slice(0, SECTIONS_SHOWN), ...more].join(", ");
}

/** `120 → 121 documents, 340 → 352 pieces, 90,120 → 93,400 tokens`. */
export function sumsInWords({ documentCount, pieces, tokens }: ResourceDiff): string {
  const span = ({ before, after }: { readonly before: number; readonly after: number }, noun: string): string =>
    before === after ? count(after, noun) : `${number(before)} → ${count(after, noun)}`;
  return [span(documentCount, "document"), span(pieces, "piece"), span(tokens, "token")].join(", ");
}

/** What it comes to, in a line. */
export function headline({ resources, status }: DiffReport): string {
  const documents = resources.flatMap((resource) => resource.documents);
  const kinds = (["added", "changed", "moved", "removed"] as const).flatMap((kind) => {
    const size = documents.filter(({ change }) => change === kind).length;
    return size === 0 ? [] : [`${number(size)} ${kind}`];
  });
  const pieces = resources.reduce((sum, resource) => sum + resource.pieces.toEmbed, 0);
  const tokens = resources.reduce((sum, resource) => sum + resource.tokens.toEmbed, 0);
  const isSame = resources.every(isUnchanged);
  if (isSame) return status === "failed" ? "No document differs, as far as it could be compared" : "No document differs";
  const cost = pieces === 0 ? "nothing to embed" : `${count(pieces, "piece")} to embed, about ${count(tokens, "token")}`;
  return `Documents: ${[...kinds, cost].join(", ")}`;
}

/** Whether a resource's documents are what they were, in number and content. */
export function isUnchanged({ documents, documentCount, pieces, tokens }: ResourceDiff): boolean {
  return documents.length === 0 && documentCount.before === documentCount.after && pieces.before === pieces.after && pieces.toEmbed === 0 && tokens.before === tokens.after;
}
