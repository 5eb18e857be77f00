import { changeInWords } from "../../../provider/resources/documents/review.js";
import { count, number } from "../../../provider/resources/documents/words.js";
import type { DiffReport, DocumentDiff, ResourceDiff } from "../report.js";

/** The signs of previews, and one for what only moves. */
export const SIGNS: Readonly<Record<DocumentDiff["change"], string>> = { added: "+", changed: "~", removed: "-", moved: ">" };

/** What becomes of a document, in the words of a preview. */
export function documentInWords({ change, movedFrom, sections, pieces, tokens }: DocumentDiff): string {
  if (change === "removed") return count(pieces.before, "piece");
  return changeInWords({ isNew: change !== "changed", toEmbed: { pieces: pieces.toEmbed, tokens: tokens.toEmbed }, of: pieces.after, from: movedFrom, sections });
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
