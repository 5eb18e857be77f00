import type { StepEventMetadata } from "@pulumi/pulumi/automation";
import { clean } from "../../provider/text/clean.js";
import { documentsFindings } from "./documents.js";
import type { Finding, Kind } from "./report.js";
import { isOurs, kindOf, nameOf } from "../seen.js";
import { changedIn, outputsOf, told, type Outputs } from "./values.js";

/** What a step says: what drifted, and what is worth a note. */
export interface Said {
  readonly findings: readonly (readonly [Kind, string])[];
  readonly notes?: readonly string[];
  /** A file whose ingestion goes on; only its age tells whether that is drift. */
  readonly going?: true;
}

const NOTHING: Said = { findings: [] };

/** Reads a step of a refresh. */
export function read(step: StepEventMetadata): Said {
  const { type, op } = step;
  if (type === "pulumi:pulumi:Stack" || type.startsWith("pulumi:providers:")) return NOTHING;
  if (!isOurs(type)) return op === "same" || op === "refresh" ? NOTHING : ofAnother(step);
  const label = labelOf(step);
  const before = outputsOf(step.old);
  const after = outputsOf(step.new);
  if (op === "delete") return { findings: [removed(step, label)] };
  const changed = changedIn(step);
  switch (kindOf(type)) {
    case "Collection":
      return changed.includes("name")
        ? one("collection-renamed", `${label} was renamed from ${told(before["name"])} to ${told(after["name"])}.`)
        : unexplained(step, label, changed);
    case "Item":
      return itemSaid(step, label, changed, before, after);
    case "File":
      return fileSaid(label, changed, before, after);
    case "Documents":
      return (step.new?.inputs as Outputs | undefined)?.["sourceIgnored"] === true
        ? asNotes(documentsFindings(label, before, after))
        : { findings: documentsFindings(label, before, after) };
    case "RetrievalTest":
      return NOTHING;
    default:
      return unexplained(step, label, changed);
  }
}

/** Makes a finding of what a step said. */
export function finding({ urn, type }: Pick<StepEventMetadata, "urn" | "type">, kind: Kind, message: string): Finding {
  return { kind, urn, resource: nameOf(urn), type: kindOf(type), message: clean(message) };
}

function one(kind: Kind, message: string): Said {
  return { findings: [[kind, message]] };
}

/** `Item "returns"`. */
export function labelOf({ type, urn }: Pick<StepEventMetadata, "urn" | "type">): string {
  return `${kindOf(type)} "${nameOf(urn)}"`;
}

function removed({ type, old }: StepEventMetadata, label: string): readonly [Kind, string] {
  const outputs = outputsOf(old);
  const title = outputs["name"] ?? outputs["description"] ?? outputs["filename"];
  const named = title === undefined ? label : `${label} (${told(title)})`;
  const kinds: Readonly<Record<string, Kind>> = {
    Collection: "collection-removed",
    Item: "item-removed",
    File: "file-removed",
    Documents: "documents-removed",
  };
  return [kinds[kindOf(type)] ?? "resource-removed", `${named} was removed.`];
}

/**
 * Documents whose source is ignored are left as they are, so that nothing is to be fixed. What is in the collection
 * besides is another matter.
 */
function asNotes(found: Said["findings"]): Said {
  const isForeign = ([kind]: Said["findings"][number]): boolean => kind === "foreign-items";
  const notes = found
    .filter((one) => !isForeign(one))
    .map(([, message]) => `${message} It is left so, since the option ignoreChanges names source.`);
  return { findings: found.filter(isForeign), notes };
}

function itemSaid(
  step: StepEventMetadata,
  label: string,
  changed: readonly string[],
  before: Outputs,
  after: Outputs,
): Said {
  if (changed.includes("contentHash")) return one("item-changed", `${label} has another content.`);
  const tag = !changed.includes("owner")
    ? ""
    : after["owner"] === ""
      ? "its tag was removed"
      : "its tag is another resource's";
  const title = changed.includes("description")
    ? `its description was changed from ${told(before["description"])} to ${told(after["description"])}`
    : "";
  const both = [title, tag].filter((part) => part !== "").join(", and ");
  return both === "" ? unexplained(step, label, changed) : one("item-metadata-changed", `${label}: ${both}.`);
}

function fileSaid(label: string, changed: readonly string[], before: Outputs, after: Outputs): Said {
  const name = `${label} (${told(after["filename"])})`;
  const { status, error } = after;
  if (status === "failed")
    return one("file-failed", `${name}: its ingestion failed${error === undefined ? "" : `: ${told(error)}`}.`);
  if (status !== "completed")
    return { ...NOTHING, going: true, notes: [`${name} is still being ingested (${told(status)}).`] };
  if (before["status"] !== "completed")
    return { ...NOTHING, notes: [`${name} has been ingested since the last deployment.`] };
  if (!changed.includes("items")) return NOTHING;
  return one(
    "file-changed",
    `${name}: it has ${told(after["items"])} items, where there were ${told(before["items"])}.`,
  );
}

/** What the engine calls a change, and this program has no word for: it is told all the same. */
function unexplained({ op, new: fresh }: StepEventMetadata, label: string, changed: readonly string[]): Said {
  const isInitializationFailure = (fresh?.initErrors ?? []).length > 0;
  if (op === "same" || op === "refresh" || (isInitializationFailure && changed.length === 0)) return NOTHING;
  return one(
    "resource-changed",
    `${label} differs${changed.length === 0 ? " in something secret" : ` in ${changed.map(clean).join(", ")}`}.`,
  );
}

function ofAnother(step: StepEventMetadata): Said {
  const label = labelOf(step);
  if (step.op === "delete") return one("resource-removed", `${label} was removed.`);
  const keys = step.keys ?? [];
  return one("resource-changed", `${label} differs${keys.length === 0 ? "" : ` in ${keys.map(clean).join(", ")}`}.`);
}
