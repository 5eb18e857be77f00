import { driftInWords, type DocumentDrift } from "../../provider/resources/documents/drift.js";
import { readManifest } from "../../provider/resources/documents/manifest.js";
import type { Kind } from "./report.js";
import { told, type Outputs } from "./values.js";

type Found = readonly [Kind, string];

/** What a refresh found to be otherwise with documents. It is the same however often it is found. */
export function documentsFindings(label: string, before: Outputs, after: Outputs): readonly Found[] {
  return [...contents(label, after), ...foreign(label, before, after)];
}

function contents(label: string, { drift, confidential, manifest }: Outputs): readonly Found[] {
  if (drift === undefined || drift === null) return [];
  // The engine shows a text in the place of what is secret.
  if (confidential === true || typeof drift !== "object")
    return [["document-changed", `${label}: documents that are secret differ.`]];
  const known = readManifest(typeof manifest === "string" ? manifest : undefined);
  return Object.entries(drift as Readonly<Record<string, DocumentDrift>>).map(([name, found]): Found => {
    const kinds = Object.keys(found).filter((kind) => kind !== "sections");
    const isGone = kinds.join() === "missing" && found.missing === known.get(name)?.chunks.length;
    if (isGone) return ["document-missing", `${label}: the document ${told(name)} is missing.`];
    return ["document-changed", `${label}: the document ${told(name)} has ${driftInWords(found)}.`];
  });
}

/** What is counted is no drift where the last deployment counted as many, unless it is to be deleted. */
function foreign(label: string, before: Outputs, after: Outputs): readonly Found[] {
  const count = (side: Outputs): number => (typeof side["unmanagedItems"] === "number" ? side["unmanagedItems"] : 0);
  const isToGo = after["unmanaged"] === "prune" && after["unmanagedIds"] !== undefined;
  const now = count(after);
  if (!isToGo && now <= count(before)) return [];
  return [
    [
      "foreign-items",
      `${label}: ${now === 1 ? "1 foreign item is" : `${now} foreign items are`} in the collection, which ` +
        "nothing manages.",
    ],
  ];
}
