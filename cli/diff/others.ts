import { isAsset, rebuildAll, received } from "../../local/engine/programs.js";
import { PROVIDER_KEY, REPLACE_ON_CHANGES } from "../../provider/engine/values.js";
import { kindOf, nameOf } from "../seen.js";
import type { Declared } from "./program/recorder.js";
import type { Pair, Version } from "./version.js";
import type { OtherDiff } from "./report.js";

/** What the classes add to what a program says. */
const DERIVED = ["owner", "resourceUrn", PROVIDER_KEY, REPLACE_ON_CHANGES];

/** The collections, items, files and retrieval tests that are declared otherwise. */
export function otherChanges(
  pairs: readonly Pair[],
  before: Version | undefined,
  after: Version,
  formerly: ReadonlyMap<string, string>,
): OtherDiff[] {
  return pairs.flatMap(({ urn, was, is }): OtherDiff[] => {
    const ignored = is?.ignored ?? [];
    const type = kindOf((is ?? was)?.type ?? "");
    if (type === "Documents") return [];
    const change =
      was === undefined
        ? "added"
        : is === undefined
          ? "removed"
          : said(was, before ?? after, ignored) === said(is, after, ignored, formerly)
            ? undefined
            : "changed";
    return change === undefined ? [] : [{ urn, resource: nameOf(urn), type, change }];
  });
}

/** What stands for an input whose content may be long. */
const HASHES: Readonly<Record<string, string>> = { contentHash: "content", casesHash: "cases" };

/** All that a declaration says, in one text. @param ignored what the option `ignoreChanges` names. */
function said(
  { inputs, madeOf }: Declared,
  { workDir, root }: Version,
  ignored: readonly string[],
  formerly?: ReadonlyMap<string, string>,
): string {
  if (ignored.includes("*")) return "";
  const counts = ([name]: readonly [string, unknown]): boolean =>
    !DERIVED.includes(name) && !ignored.includes(name) && !ignored.includes(HASHES[name] ?? name);
  const own = Object.entries(hashed(inputs, workDir)).filter(counts);
  const sources = Object.entries(madeOf)
    .filter(counts)
    .map(([name, urns]) => [name, urns.map((urn) => formerly?.get(urn) ?? urn)] as const);
  // A path within the version's files is the same wherever these lie.
  return JSON.stringify([own.sort(byName), sources.sort(byName)]).replaceAll(`${root}/`, "");
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : Number(a > b);
}

/** Assets by their content; those that cannot be read as they are. */
function hashed(inputs: Declared["inputs"], workDir: string): Declared["inputs"] {
  try {
    return rebuildAll(received(inputs, workDir), (value) => (isAsset(value) ? (value["hash"] ?? null) : value));
  } catch {
    return inputs;
  }
}
