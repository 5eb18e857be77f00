import type { ItemRecord } from "../storage/records.js";

/** Who keeps an item as it is, told by the tag in front of its description. */
export interface Manager {
  /**
   * `Item` or `Documents` for resources of a stack, `file` for the chunks of an upload, `nobody` for what was made by
   * hand.
   */
  readonly kind: "Item" | "Documents" | "file" | "nobody";
  /** What tells one resource from another, or the file's id; empty for nobody. */
  readonly owner: string;
  /** The description without the tag. */
  readonly title: string;
}

/** `[vi:i:<owner>:…]` for an item, `[vi:d:<owner>:…]` for a chunk of a document. */
const MARK = /^\[vi:([id])s?:([\w-]{12})(?::[\w.-]+)+\](?: |$)/u;

export function managedBy({ description, fileId }: Pick<ItemRecord, "description" | "fileId">): Manager {
  const [mark = "", letter, owner = ""] = MARK.exec(description) ?? [];
  const title = description.slice(mark.length);
  if (mark !== "") return { kind: letter === "i" ? "Item" : "Documents", owner, title };
  return fileId === null ? { kind: "nobody", owner: "", title } : { kind: "file", owner: fileId, title };
}
