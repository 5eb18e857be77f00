import { clean, shorten, visibleJson } from "../../provider/text/clean.js";
import { count } from "../../provider/text/quantity.js";
import { table } from "../table.js";
import type { Language } from "./languages.js";
import type { Survey } from "./survey.js";

/** How it is printed what an account holds, and what was written. */
export type Format = "text" | "json";

/** A stack that was written. */
export interface Written {
  /** The folder, as a shell is told it. */
  readonly folder: string;
  /** Ids of the collections that the stack takes over. */
  readonly collections: readonly string[];
  readonly items: number;
  /** Paths in the folder. */
  readonly files: readonly string[];
  /** Sentences about what was left alone, and why. */
  readonly left: readonly string[];
}

/** What a language needs after the packages. */
const INSTALLS: Readonly<Record<string, readonly string[]>> = {
  python: ["pulumi install"],
  go: ["pulumi install", "go mod tidy"],
};

/** What an account holds. */
export function holdings(surveys: readonly Survey[], format: Format): string {
  const rows = surveys.map(({ collection, free, managed, unclear, files }) => ({
    id: collection.id,
    name: collection.name,
    items: free.length + unclear.length,
    ofStacks: managed.length,
    files,
  }));
  if (format === "json") return `${visibleJson({ version: 1, collections: rows }, 2)}\n`;
  if (rows.length === 0) return "The account has no collections.\n";
  const lines = rows.map(({ id, name, items, ofStacks, files }) => [
    clean(id),
    shorten(clean(name), 40),
    ...[items, ofStacks, files].map(String),
  ]);
  return table([["ID", "NAME", "ITEMS", "OF STACKS", "FILES"], ...lines])
    .map((line) => `${line}\n`)
    .join("");
}

/** What was written, and what to do with it. */
export function written(stack: Written, language: Language, format: Format): string {
  if (format === "json") return `${visibleJson({ version: 1, ...stack }, 2)}\n`;
  const { folder, collections, items, left } = stack;
  return [
    `Wrote a stack with ${count(collections.length, "collection")} and ${count(items, "item")} to ${folder}.`,
    ...(left.length > 0 ? ["", "Left alone:", ...left.map((sentence) => `  - ${sentence}`)] : []),
    "",
    "Look at it, and then:",
    `  cd ${folder} && ${["npm install", ...(INSTALLS[language] ?? [])].join(" && ")}`,
    "  pulumi stack init prod",
    "  pulumi preview        shows what is taken over: no upload, no replacement, no deletion",
    "",
  ].join("\n");
}
