import { readDescription } from "./tag.js";

/** What an item's description says. */
export interface Label {
  /** What stands behind the tag of the resource that manages the item, if one does. */
  readonly title: string;
  /** Stands for the document that the item is a chunk of. Not there for items that are none. */
  readonly document?: string;
  /** Whether the title is made of something secret, so that it is not to be shown. */
  readonly isSecret: boolean;
  /** Whether a tag of this provider stands before the title. */
  readonly isTagged: boolean;
}

export function labelOf(description: string): Label {
  const { tag, title } = readDescription(description);
  return {
    title,
    isTagged: tag !== undefined,
    isSecret: tag?.secret === true,
    ...(tag?.chunk && { document: tag.chunk.document }),
  };
}

/**
 * Whether an item may have a manager: a tag that somebody has written around, or that was cut, is none any more, and
 * says as much.
 */
export function mayBeManaged(description: string): boolean {
  return /\[vi:[di]/iu.test(description);
}

export function titleOf(description: string): string {
  return labelOf(description).title;
}

/** What a title is made of: a document and the headings within it. */
export const BETWEEN = " › ";
