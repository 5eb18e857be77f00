import { DocumentError } from "../document-error.js";

/** Characters of a name, or of a path of names, that is written beside each value. */
const LONGEST_NAME = 120;
/** Characters of all values together, with their names. */
const LONGEST = 32 * 1024 * 1024;

/** The end of a name that is too long to be written beside each value. */
export function shortened(name: string): string {
  return name.length <= LONGEST_NAME ? name : `…${name.slice(-LONGEST_NAME).replace(/^[\udc00-\udfff]/u, "")}`;
}

/**
 * Counts what is written of a document's values, each with its name: a small document could become a huge one by it.
 *
 * @returns a function that passes on what it counts, and throws DocumentError where it becomes too much.
 */
export function counted(): (text: string) => string {
  let length = 0;
  return (text) => {
    length += text.length;
    if (length > LONGEST)
      throw new DocumentError(
        "would have more than 32 MiB with a name beside each value: split it into several documents, or shorten " +
          "the names",
      );
    return text;
  };
}
