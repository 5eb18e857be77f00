import { isAsset, rebuildAll, received } from "../../local/engine/programs.js";
import { kindOf, nameOf } from "../seen.js";
import type { Declared } from "./program/recorder.js";
import type { Pair, Version } from "./programs.js";
import type { OtherDiff } from "./report.js";

/** What the classes add to what a program says. */
const DERIVED = ["owner", "resourceUrn", "__provider"];

/** The collections, items, files and retrieval tests that are declared otherwise. */
export function otherChanges(pairs: readonly Pair[], before: Version | undefined, after: Version, formerly: ReadonlyMap<string, string>): OtherDiff[] {
  return pairs.flatMap(({ urn, was, is }): OtherDiff[] => {
    const type = kindOf((is ?? was)?.type ?? "");
    if (type === "Documents") return [];
    const change = was === undefined ? "added" : is === undefined ? "removed" : said(was, before ?? after) === said(is, after, formerly) ? undefined : "changed";
    return change === undefined ? [] : [{ urn, resource: nameOf(urn), type, change }];
  });
}

/** All that a declaration says, in one text. */
function said({ inputs, madeOf }: Declared, { workDir, root }: Version, formerly?: ReadonlyMap<string, string>): string {
  const own = Object.entries(hashed(inputs, workDir)).filter(([name]) => !DERIVED.includes(name));
  const sources = Object.entries(madeOf).map(([name, urns]) => [name, urns.map((urn) => formerly?.get(urn) ?? urn)] as const);
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
