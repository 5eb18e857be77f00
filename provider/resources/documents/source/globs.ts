import { extname } from "node:path/posix";
import picomatch from "picomatch";
import { ENDINGS, endingOf, isEnding } from "../../../documents/read/kinds.js";
import type { SourceProblem } from "./source-document.js";

/** Which of a folder's files are its documents. */
export interface Globs {
  /** Whether a file belongs to it, by its path relative to the folder. */
  readonly includes: (name: string) => boolean;
  /** Whether something, and so all that is in it, is left out. */
  readonly excludes: (name: string) => boolean;
}

/** Whether a file is of a kind that is read, as far as its name tells: without an ending, its bytes do. */
export function isReadable(name: string): boolean {
  const ending = endingOf(name);
  return ending === "" || isEnding(ending);
}

/** Takes everything unless told otherwise. */
export function globsOf({
  include,
  exclude,
}: {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}): Globs {
  const included = include === undefined ? () => true : matcher(include);
  const excluded = exclude === undefined ? () => false : matcher(exclude);
  return { includes: included, excludes: excluded };
}

/** A glob that names a folder means all that is in it. The case of a name's ending does not matter. */
function matcher(globs: readonly string[]): (name: string) => boolean {
  const plain = globs.map((glob) => glob.replace(/^\.\//u, "").replace(/\/$/u, "").normalize("NFC"));
  const matches = picomatch(plain.flatMap((glob) => [glob, `${glob}/**`]));
  return (name) => {
    const ending = extname(name);
    const stem = name.slice(0, name.length - ending.length);
    return (
      matches(name) || (ending !== "" && (matches(stem + ending.toLowerCase()) || matches(stem + ending.toUpperCase())))
    );
  };
}

/** What is wrong with the globs themselves. @param property whose `include` and `exclude` they are. */
export function globProblems(
  {
    include = [],
    exclude = [],
  }: { readonly include?: readonly string[] | undefined; readonly exclude?: readonly string[] | undefined },
  property: string,
): SourceProblem[] {
  return [
    ...include.flatMap((glob, index) =>
      problem(`${property}.include[${index}]`, placeProblem(glob) ?? endingProblem(glob)),
    ),
    ...exclude.flatMap((glob, index) => problem(`${property}.exclude[${index}]`, placeProblem(glob))),
  ];
}

function problem(property: string, reason: string | undefined): SourceProblem[] {
  return reason === undefined ? [] : [{ property, documents: [], reason }];
}

function placeProblem(glob: string): string | undefined {
  if (glob.trim() === "") return 'is empty, but must be a glob such as "guides/**/*.md"';
  if (glob.startsWith("!")) return `cannot begin with "!": name in exclude what is to be left out`;
  if (glob.startsWith("/") || glob.split("/").includes("..")) return `must be relative to the folder and stay in it`;
  return undefined;
}

function endingProblem(glob: string): string | undefined {
  const ending = /^\.([a-z0-9]+)$/iu.exec(extname(glob))?.[1]?.toLowerCase();
  if (ending === undefined || /\d/u.test(ending) || isEnding(ending)) return undefined;
  return `names files that cannot be read; these can: ${ENDINGS.join(", ")}`;
}
