import { readDescription } from "./marker.js";
import { readPieceDescription } from "./piece-marker.js";

/** What an item's description says behind the mark of the resource that manages it, if one does. */
export function titleOf(description: string): string {
  const piece = readPieceDescription(description);
  return piece.marker ? piece.title : readDescription(description).title;
}

/** What a title is made of: a document and the headings within it. */
export const BETWEEN = " › ";
