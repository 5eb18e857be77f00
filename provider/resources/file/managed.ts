import type { Properties } from "../../values.js";

/** By `<collection id>/<file id>`, the files that this process has seen in the state or made itself. */
const managed = new Set<string>();

/** Notes that a file is a resource's: its likes are not strangers, and no other resource may take it over. */
export function remember(state: Properties): void {
  const { collectionId, fileId } = state;
  if (typeof collectionId === "string" && typeof fileId === "string") managed.add(`${collectionId}/${fileId}`);
}

/** What programs declare, by `keyOf`, in place of a file that they have already. */
const replacements = new Set<string>();

const keyOf = ({ collectionId, filename, contentHash, adopt }: Properties): string => JSON.stringify([collectionId, filename, contentHash, adopt]);

/** Notes that these inputs are for a file that replaces another one of the same resource. */
export function rememberReplacement(inputs: Properties): void {
  replacements.add(keyOf(inputs));
}

/** Whether a file is to replace another one of the same resource, which only `diff` gets to know. */
export function isReplacement(inputs: Properties): boolean {
  return replacements.has(keyOf(inputs));
}

/** Whether a file is known to be a resource's. */
export function isManaged(collectionId: string, fileId: string): boolean {
  return managed.has(`${collectionId}/${fileId}`);
}
