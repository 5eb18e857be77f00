import { createHash } from "node:crypto";
import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { ENDINGS } from "../../provider/documents/read/kinds.js";
import { listDocuments } from "../../provider/resources/documents/source/source.js";

/** The project's root: the folder of its package.json, three levels above this file once it is compiled. */
export const ROOT = dirname(dirname(dirname(__dirname)));

/** Whether this is a clone of the project, which has documents and examples of its own, and not the package of npm. */
export const isClone = existsSync(join(ROOT, "examples/quickstart"));

/** How the command is called. */
const COMMAND = `${isClone ? "npm start --" : "npx pulumi-vultr-inference try"} <folder>`;

/** What is deployed: a folder of documents, and what is asked of it. */
export interface Source {
  /** Absolute, without symbolic links. */
  readonly folder: string;
  /** The folder in a stack's name: unique for each folder. */
  readonly slug: string;
  /** The collection's name. */
  readonly name: string;
  /** Nothing: the program asks its own. */
  readonly questions?: readonly string[];
}

const GENERAL_QUESTIONS = ["What is this about?", "How do I get started?", "What do I do when something goes wrong?"];

/** @throws Error where the folder does not exist. */
export function chooseSource(folder: string | undefined, questions: readonly string[]): Source {
  if (folder === undefined && !isClone) throw new Error(`Name the folder of your documents: ${COMMAND}`);
  const own = folder === undefined;
  const path = resolve(folder ?? join(ROOT, "docs"));
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    const wrong = found
      ? "is a file. Put the document into a folder of its own and name that"
      : "does not exist. Name the folder of your documents";
    throw new Error(`"${folder ?? path}" ${wrong}: ${COMMAND}`);
  }
  const real = realpathSync(path);
  const word =
    basename(real)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/gu, "-")
      .replaceAll(/^-+|-+$/gu, "") || "documents";
  const hash = createHash("sha256").update(real).digest("hex").slice(0, 6);
  const slug = own ? "own-docs" : `${word.slice(0, 40)}-${hash}`;
  // The API makes a collection's id of the first 14 letters and digits of its name, and most folders are called docs.
  const name = own ? "Quickstart" : `${word.slice(0, 8).replace(/-$/u, "")} ${hash}`;
  const asked = questions.length > 0 ? questions : own ? undefined : GENERAL_QUESTIONS;
  return { folder: real, slug, name, ...(asked && { questions: asked }) };
}

/** @throws Error where a folder holds nothing to deploy: before a stack and a collection are made for it. */
export function requireDocuments({ folder }: Source): void {
  const { documents, problems, unread } = listDocuments(folder);
  if (documents.length > 0 || problems.length > 0) return;
  const kinds = [...new Set(unread.map((name) => extname(name).toLowerCase() || "no ending"))].sort();
  const there =
    unread.length === 0
      ? "It is empty, or hidden or ignored by git is all that is in it."
      : `What is in it is of other kinds: ${kinds.slice(0, 5).join(", ")}${kinds.length > 5 ? ", …" : ""}.`;
  throw new Error(
    `"${folder}" has no document that can be read. ${there} Name a folder with files that end in ` +
      `${ENDINGS.join(", ")}: ${COMMAND}`,
  );
}
