import { createHash } from "node:crypto";
import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** The project's root: the folder of its package.json, three levels above this file once it is compiled. */
export const ROOT = dirname(dirname(dirname(__dirname)));

/** Whether this is a clone of the project, which has documents and examples of its own, and not the package of npm. */
export const isClone = existsSync(join(ROOT, "examples/quickstart"));

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
  if (folder === undefined && !isClone)
    throw new Error("Name the folder of your documents: npx pulumi-vultr-inference try <folder>");
  const own = folder === undefined;
  const path = resolve(folder ?? join(ROOT, "docs"));
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(
      `"${folder ?? path}" is not a folder. Name one that holds Markdown or text files: ` +
        `${isClone ? "npm start --" : "npx pulumi-vultr-inference try"} <folder>`,
    );
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
