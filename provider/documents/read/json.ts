import { DocumentError } from "../document-error.js";
import type { DocumentTree } from "../tree.js";
import { entriesOf, entryWriter, nestedTooDeeply } from "./entries.js";
import { faultIn } from "./json-fault.js";

// Numbers of so many digits, as long ids are, would not come out as they went in.
const LONG_NUMBER = /\d{16}/u;
const STRING_OR_LONG_NUMBER = /"(?:[^"\\]+|\\.)*"|-?\d[\d.]{15,}(?:e[+-]?\d+)?/giu;

/**
 * The entries of a list or an object, each as `path: value` lines.
 *
 * @throws DocumentError where it is not JSON, or too much is written.
 */
export function json(source: string): DocumentTree {
  return { blocks: source.trim() === "" ? [] : entriesOf(parseJson(source)) };
}

/**
 * One JSON value a line, each an entry.
 *
 * @throws DocumentError that tells of all lines that are not JSON, or where too much is written.
 */
export function jsonLines(source: string): DocumentTree {
  const write = entryWriter();
  const faults: number[] = [];
  const blocks = source.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [write(["", valueOf(line)])];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      faults.push(index + 1);
      return [];
    }
  });
  if (faults.length > 0) throw notJson(faults);
  return { blocks };
}

/** @throws DocumentError where it is not JSON. */
export function parseJson(source: string): unknown {
  try {
    return valueOf(source);
  } catch (error) {
    // The engine's message may quote what the document says, and does not always say where.
    throw error instanceof SyntaxError ? notJson([source.slice(0, faultIn(source)).split("\n").length]) : error;
  }
}

function valueOf(source: string): unknown {
  try {
    const value: unknown = JSON.parse(source);
    return LONG_NUMBER.test(source)
      ? JSON.parse(source.replace(STRING_OR_LONG_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`)))
      : value;
  } catch (error) {
    throw error instanceof RangeError ? nestedTooDeeply() : error;
  }
}

function notJson([first, ...others]: readonly number[]): DocumentError {
  return new DocumentError(
    `is not JSON (line ${first}${others.length === 0 ? "" : ` and ${others.length} more`}): fix it, or exclude it`,
  );
}
