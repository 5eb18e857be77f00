import { readManifest } from "../../provider/resources/documents/manifest.js";
import type { Kind } from "./report.js";
import { told, type Outputs } from "./values.js";

/** How a refresh names what nothing manages, among the documents. */
const FOREIGN = "items that nothing manages";

/**
 * What a refresh found to be otherwise with documents. It is the same however often it is found.
 */
export function documentsFindings(label: string, before: Outputs, after: Outputs): (readonly [Kind, string])[] {
  const { drift } = after;
  if (typeof drift === "string" || (typeof drift === "object" && drift !== null && Object.values(drift).some((line) => typeof line !== "string"))) {
    return [secretOnes(label)];
  }
  const lines = Object.entries((drift ?? {}) as Record<string, string>);
  const sizes = sizesOf(after["manifest"]);
  const own = lines.filter(([name]) => name !== FOREIGN);
  const found = after["confidential"] === true && own.length > 0 ? [secretOnes(label)] : own.map(([name, words]) => said(label, name, words, sizes.get(name)));
  return [...found, ...foreign(label, lines.some(([name]) => name === FOREIGN), { before: before["unmanagedItems"], after: after["unmanagedItems"] })];
}

function secretOnes(label: string): readonly [Kind, string] {
  return ["document-changed", `${label}: documents that are secret differ.`];
}

function said(label: string, name: string, words: string, size: number | undefined): readonly [Kind, string] {
  const [, missing, rest = ""] = /^(\d+) chunks? missing(?: \([^)]*\))?(.*)$/u.exec(words) ?? [];
  if (size !== undefined && Number(missing) === size && rest === "") return ["document-missing", `${label}: the document ${told(name)} is missing.`];
  return ["document-changed", `${label}: the document ${told(name)} has ${words}.`];
}

/** What is counted is no drift where the last deployment counted as many, unless it is to be deleted. */
function foreign(label: string, isToGo: boolean, { before, after }: { readonly before: unknown; readonly after: unknown }): (readonly [Kind, string])[] {
  const count = typeof after === "number" ? after : 0;
  if (!isToGo && count <= (typeof before === "number" ? before : 0)) return [];
  return [["foreign-items", `${label}: ${count === 1 ? "1 foreign item is" : `${count} foreign items are`} in the collection, which nothing manages.`]];
}

function sizesOf(manifest: unknown): ReadonlyMap<string, number> {
  if (typeof manifest !== "string") return new Map();
  return new Map(Array.from(readManifest(manifest), ([name, { chunks }]) => [name, chunks.length]));
}
