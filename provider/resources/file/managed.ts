import type { Properties } from "../../values.js";

/** By `<collection id>/<file id>`, the files that this process has seen in the state or made itself. */
const managed = new Set<string>();

/** Notes that a file is a resource's: its likes are not strangers, and no other resource may take it over. */
export function remember(state: Properties): void {
  const { collectionId, fileId } = state;
  if (typeof collectionId === "string" && typeof fileId === "string") managed.add(`${collectionId}/${fileId}`);
}

/** Whether a file is known to be a resource's. */
export function isManaged(collectionId: string, fileId: string): boolean {
  return managed.has(`${collectionId}/${fileId}`);
}
