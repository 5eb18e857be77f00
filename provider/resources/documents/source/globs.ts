import { extname } from "node:path/posix";
import picomatch from "picomatch";
import { ENDINGS, endingOf } from "../extract/extract.js";
import type { SourceProblem } from "./source-document.js";

/** Which of a folder's files are its documents. */
export interface Globs {
  /** Whether a file belongs to it, by its path relative to the folder. */
  readonly takes: (name: string) => boolean;
  /** Whether something, and so all that is in it, is left out. */
  readonly excludes: (name: string) => boolean;
}

/** Takes every document that can be read unless told otherwise. */
export function globsOf({ include, exclude }: { readonly include?: readonly string[] | undefined; readonly exclude?: readonly string[] | undefined }): Globs {
  const included = include === undefined ? () => true : matcher(include);
  const excluded = exclude === undefined ? () => false : matcher(exclude);
  return { takes: (name) => ENDINGS.includes(endingOf(name)) && included(name), excludes: excluded };
}

/** A glob that names a folder means all that is in it. */
function matcher(globs: readonly string[]): (name: string) => boolean {
  const plain = globs.map((glob) => glob.replace(/^\.\//u, "").replace(/\/$/u, "").normalize("NFC"));
  return picomatch(plain.flatMap((glob) => [glob, `${glob}/**`]));
}

/** What is wrong with the globs themselves. @param property whose `include` and `exclude` they are. */
export function globProblems({ include = [], exclude = [] }: { readonly include?: readonly string[] | undefined; readonly exclude?: readonly string[] | undefined }, property: string): SourceProblem[] {
  return [
    ...include.flatMap((glob, index) => problem(`${property}.include[${index}]`, placeProblem(glob) ?? endingProblem(glob))),
    ...exclude.flatMap((glob, index) => problem(`${property}.exclude[${index}]`, placeProblem(glob))),
  ];
}

function problem(property: string, reason: string | undefined): SourceProblem[] {
  return reason === undefined ? [] : [{ property, documents: [], reason }];
}

function placeProblem(glob: string): string | undefined {
  if (glob.trim() === "") return "is empty, but must be a glob such as \"guides/**/*.md\"";
  if (glob.startsWith("!")) return `cannot begin with "!": name in exclude what is to be left out`;
  if (glob.startsWith("/") || glob.split("/").includes("..")) return `must be relative to the folder and stay in it`;
  return undefined;
}

function endingProblem(glob: string): string | undefined {
  const ending = /^\.([a-z0-9]+)$/iu.exec(extname(glob))?.[1]?.toLowerCase();
  if (ending === undefined || /\d/u.test(ending) || ENDINGS.includes(ending)) return undefined;
  return `names files that cannot be read; these can: ${ENDINGS.join(", ")}`;
}
