import { escapedUnits, visibleJson } from "../../../text/clean.js";

const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/** Why a document cannot have this name, in words that follow it; nothing where it can. */
export function nameProblem(name: string): string | undefined {
  if (name.trim() === "") return "is empty";
  // Between programs, the engine and providers names become keys of objects, where this one is lost.
  if (name === "__proto__") return 'is "__proto__", which JavaScript keeps for itself: rename it';
  if (CONTROL.test(name)) return "has a line break or another control character in its name: rename it";
  if (/[\uFFFD]|\p{Cs}/u.test(name)) return "has a name that is not valid Unicode: rename it";
  return undefined;
}

/** Names that some machines take for one, in a form that shows how they differ. */
export interface Twins {
  readonly names: readonly [string, string];
  /** What tells them apart. */
  readonly by: "their case" | "the Unicode form of their characters";
}

/** Finds names that are one in NFC or without regard to case: file systems differ in whether they are the same file. */
export function twins(names: readonly string[]): Twins[] {
  const seen = new Map<string, string>();
  const found: Twins[] = [];
  for (const name of names) {
    const key = name.normalize("NFC").toLowerCase();
    const other = seen.get(key);
    if (other === undefined) seen.set(key, name);
    else
      found.push({
        names: [other, name],
        by: other.normalize("NFC") === name.normalize("NFC") ? "the Unicode form of their characters" : "their case",
      });
  }
  return found;
}

/** A name in quotes, in which nothing invisible stays so. */
export function quote(name: string): string {
  return visibleJson(name).replace(/[\p{M}\uFFFD]/gu, escapedUnits);
}
