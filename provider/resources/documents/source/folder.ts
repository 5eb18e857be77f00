import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { boundaryAround, isWithin } from "../../../inputs/files/boundary.js";
import { linkProblem } from "../../../inputs/files/local-file.js";
import { openFile, readAll, type OpenFile } from "../../../inputs/files/open.js";
import { DocumentError } from "../../../documents/document-error.js";
import { isText, requireSize } from "../../../documents/read/decode.js";
import { endingOf } from "../../../documents/read/kinds.js";
import { globProblems, globsOf } from "./globs.js";
import { nameProblem, twins } from "./names.js";
import { sorted, type Listed, type SourceProblem } from "./source-document.js";
import { walk } from "./walk.js";

/** A folder of documents, or those of it that the globs say. */
export interface FolderSource {
  /** Relative ones count from the program's folder. */
  readonly folder: string;
  /**
   * Globs, relative to the folder, of what belongs to it; by default every document that can be read. One that names a
   * folder means all that is in it.
   */
  readonly include?: readonly string[] | undefined;
  /** Globs of what does not. */
  readonly exclude?: readonly string[] | undefined;
  /** Whether links within the repository may lead out of it. */
  readonly followLinks?: boolean | undefined;
}

/**
 * The documents in a folder.
 *
 * @param base what its path counts from. @param property what the program calls it. @param globs what `include` and
 * `exclude` belong to.
 */
export function listFolder(source: FolderSource, base: string, property: string, globs: string): Listed {
  const reason = folderProblem(source, base);
  const wrong = [
    ...(reason === undefined ? [] : [{ property, documents: [], reason }]),
    ...globProblems(source, globs),
  ];
  if (wrong.length > 0) return { documents: [], problems: wrong, unread: [] };
  const root = realpathSync(resolve(base, source.folder));
  const around = boundaryAround(base);
  // What lies elsewhere was spelled out by the program, but not what links in it lead to: those stay in its own
  // repository.
  const boundary = source.followLinks === true ? undefined : isWithin(around, root) ? around : boundaryAround(root);
  const { files: all, problems, others } = walk(root, globsOf(source), boundary);
  const files = all.filter(({ name, real }) => endingOf(name) !== "" || isTextFile(real));
  const names = files.map(({ name }) => name);
  const about = (documents: readonly string[], why: string | undefined): SourceProblem[] =>
    why === undefined ? [] : [{ property, documents, reason: why }];
  const found = [
    ...problems.flatMap(({ name, reason: why }) => about([name], why)),
    ...names.flatMap((name) => about([name], nameProblem(name))),
    ...twins(names).flatMap((pair) =>
      about(pair.names, `differ in ${pair.by} alone, and so are one file on some machines: rename one of them`),
    ),
  ];
  const documents = files.map(({ name, real }) => ({ name: name.normalize("NFC"), bytes: () => read(real) }));
  const kept = new Set(files);
  return {
    documents: sorted(documents),
    problems: found,
    unread: [...others, ...all.filter((file) => !kept.has(file)).map(({ name }) => name)],
  };
}

/** Of a file without an ending, only its bytes tell. What cannot be read is said when it is to be. */
function isTextFile(real: string): boolean {
  try {
    return isText(read(real));
  } catch {
    return !isLarge(real);
  }
}

function isLarge(real: string): boolean {
  try {
    requireSize(statSync(real).size);
    return false;
  } catch {
    return true;
  }
}

/** Why a path does not lead to a folder that can be listed. */
function folderProblem({ folder, followLinks }: FolderSource, base: string): string | undefined {
  if (folder.trim() === "") return "is empty, but must be the path of a folder";
  try {
    const path = resolve(base, folder);
    if (!statSync(path).isDirectory())
      return "is a file, but must be a folder: to deploy one document, name its folder and set include";
    accessSync(path, constants.R_OK | constants.X_OK);
    return linkProblem(path, { followLinks }, base);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR")
      return `does not exist: relative paths count from the program's folder, ${base}`;
    if (code === "ELOOP") return "is a circular symbolic link";
    return unreadable(code);
  }
}

function unreadable(code: string): string {
  return code === "EACCES" || code === "EPERM"
    ? "may not be read by the user who runs the deployment: change its permissions, or exclude it"
    : `cannot be read (${code})`;
}

/** At once: waiting for each file by itself takes ten times as long as reading it. */
function read(real: string): Uint8Array {
  let file: OpenFile | undefined;
  try {
    file = openFile(real);
    requireSize(file.size);
    return readAll(file);
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    const code = codeOf(error);
    if (code === "ENOTTHAT" || code === "ELOOP")
      throw new DocumentError('was replaced by another file while it was being read. Run "pulumi up" again');
    throw new DocumentError(
      code === "ENOENT" ? 'was deleted while it was being read. Run "pulumi up" again' : unreadable(code),
    );
  } finally {
    file?.close();
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
