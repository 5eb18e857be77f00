import { isAbsolute, relative, resolve } from "node:path";
import type { CheckFailure } from "../../provider/pulumi/check.js";
import { PreparedDocuments } from "../../provider/documents/prepared.js";
import { clean } from "../../provider/text/clean.js";
import { budgetProblem } from "../../provider/resources/documents/guards.js";
import { reasonOf } from "../../provider/resources/documents/source/source-document.js";
import { isOurs, kindOf, nameOf } from "../seen.js";
import { dynamicUrn } from "../../plugin/resources.js";
import { compare, isListed } from "./compare.js";
import { documentSet, refusals, type DocumentSet } from "./documents.js";
import type { Declared } from "./program/recorder.js";
import { otherChanges } from "./others.js";
import type { OtherDiff, Problem, ResourceDiff } from "./report.js";
import type { Pair, Version } from "./version.js";

interface Compared {
  readonly resources: readonly ResourceDiff[];
  readonly others: readonly OtherDiff[];
  readonly problems: readonly Problem[];
}

/** Compares what two versions of a program declare. */
export async function comparePrograms(before: Version | undefined, after: Version): Promise<Compared> {
  const prepared = new PreparedDocuments();
  const pairs = pairsOf(before?.resources ?? [], after.resources);
  // Where a program did not run to its end, what it did not come to is not known, which is not the same as gone.
  const isWhole = before?.failure === undefined && after.failure === undefined;
  const known = isWhole ? pairs : pairs.filter(({ was, is }) => was !== undefined && is !== undefined);
  const formerly = new Map(known.flatMap(({ was, is }) => (was && is ? [[is.urn, was.urn] as const] : [])));
  const problems: Problem[] = [...failureOf(before), ...failureOf(after)];
  const resources: ResourceDiff[] = [];
  for (const { urn, was, is } of known.filter(isDocuments)) {
    if (was && is && isIgnored(is)) {
      problems.push({
        kind: "ignored",
        severity: "warning",
        resource: nameOf(urn),
        message:
          "The option ignoreChanges names its source: a deployment leaves its documents as they are, and they " +
          "are not compared.",
      });
      continue;
    }
    const old = was && before && (await documentSet(was, before.workDir, prepared));
    const fresh = is && (await documentSet(is, after.workDir, prepared, old?.documents));
    const isReplaced = was !== undefined && is !== undefined && collectionOf(was) !== collectionOf(is, formerly);
    const listed = old && isListed(old) ? old : undefined;
    problems.push(
      ...(is && fresh ? await problemsOf(is, fresh, listed, after, prepared) : []),
      ...notices(urn, before, old, fresh, isReplaced),
    );
    if (old?.isUnknown === true || (fresh && !isListed(fresh))) continue;
    const diff = await compare({ urn, before: listed, after: fresh, isReplaced });
    resources.push(diff);
    const tooMuch = listed && fresh && !isReplaced ? budgetProblem(diff.tokens.toEmbed, fresh.tokenBudget) : undefined;
    if (tooMuch !== undefined)
      problems.push({
        kind: "over-budget",
        severity: "error",
        resource: nameOf(urn),
        message: `tokenBudget ${tooMuch}.`,
      });
  }
  return { resources, others: otherChanges(known, before, after, formerly), problems };
}

/**
 * The provider's own resources. An alias says what a renamed one was called; a program may have gone from one language
 * to another, and its resources to the plugin.
 */
function pairsOf(before: readonly Declared[], after: readonly Declared[]): Pair[] {
  const old = new Map(before.filter(isOne).map((one) => [dynamicUrn(one.urn), one]));
  const pairs = after.filter(isOne).map((is): Pair => {
    const was = [is.urn, ...is.formerly].map((urn) => old.get(dynamicUrn(urn))).find((one) => one !== undefined);
    if (was) old.delete(dynamicUrn(was.urn));
    return { urn: is.urn, is, ...(was && { was }) };
  });
  return [...pairs, ...[...old.values()].map((was) => ({ urn: was.urn, was }))].sort((a, b) =>
    a.urn < b.urn ? -1 : Number(a.urn > b.urn),
  );
}

function isOne({ type }: Declared): boolean {
  return isOurs(type);
}

function isDocuments({ was, is }: Pair): boolean {
  return kindOf((is ?? was)?.type ?? "") === "Documents";
}

/** Whether the documents stay as they are deployed, whatever their source is. */
function isIgnored({ ignored }: Declared): boolean {
  return ignored.includes("source") || ignored.includes("*");
}

/** What says which collection documents are in: its id, or the resource that makes it. */
function collectionOf({ inputs, madeOf }: Declared, formerly?: ReadonlyMap<string, string>): string {
  const made = (madeOf["collectionId"] ?? []).map((urn) => formerly?.get(urn) ?? urn);
  return made.length > 0 ? made.join(" ") : JSON.stringify(inputs["collectionId"]);
}

function failureOf(version: Version | undefined): Problem[] {
  if (version?.failure === undefined) return [];
  return [
    {
      kind: "program-failed",
      severity: "error",
      message: `${version.label} could not be run: ${withoutRoot(version.failure, version)}`,
    },
  ];
}

/** A message without the place of a temporary copy, which says nothing to anybody. */
function withoutRoot(message: string, { root }: Version): string {
  return clean(message.replaceAll(`${root}/`, "").replaceAll(root, "."));
}

/** What would make a deployment fail. */
async function problemsOf(
  is: Declared,
  fresh: DocumentSet,
  old: DocumentSet | undefined,
  { workDir }: Version,
  prepared: PreparedDocuments,
): Promise<Problem[]> {
  const kind = ({ property }: CheckFailure): Problem["kind"] => {
    if (property === "tokenBudget" && fresh.problems.length === 0) return "over-budget";
    if (!property.startsWith("source")) return "invalid";
    return fresh.problems.length > 0 ? "unreadable" : "delete-guard";
  };
  const failures = await refusals(is, workDir, prepared, old);
  return failures.map((failure) => ({
    kind: kind(failure),
    severity: "error",
    resource: nameOf(is.urn),
    message: clean(`${failure.property} ${failure.reason}.`),
  }));
}

/** What a reader should know, though a deployment goes on. */
function notices(
  urn: string,
  before: Version | undefined,
  old: DocumentSet | undefined,
  fresh: DocumentSet | undefined,
  isReplaced: boolean,
): Problem[] {
  const warn = (kind: Problem["kind"], message: string): Problem => ({
    kind,
    severity: "warning",
    resource: nameOf(urn),
    message: clean(message),
  });
  const found: Problem[] = [];
  if (old?.isUnknown === true || fresh?.isUnknown === true)
    found.push(warn("unknown", "Its source is known only while it is deployed, so it is not compared."));
  if (before && old) {
    const follows = isListed(old) ? "It is not compared." : "All documents count as new.";
    const said = old.problems.map(
      (problem) => `${problem.property} ${withoutRoot(reasonOf(problem, old.confidential), before)}`,
    );
    found.push(...said.map((problem) => warn("unreadable", `${before.label}: ${problem}. ${follows}`)));
  }
  if (isReplaced) found.push(warn("replaced", "It goes to another collection: all documents are embedded again."));
  if (old !== undefined && fresh === undefined && old.documents.size > 0)
    found.push(warn("removed", "The program declares it no more: all its documents are deleted."));
  return found;
}

/** Documents that are not of the repository are the same for both versions, however they were then. */
export function sourcesOutside({ resources, workDir, root }: Version): Problem[] {
  return resources
    .filter(({ type }) => isOurs(type) && kindOf(type) === "Documents")
    .flatMap(({ urn, inputs: { source } }): Problem[] => {
      const folder =
        typeof source === "string"
          ? source
          : typeof source === "object" && source !== null && "folder" in source
            ? source["folder"]
            : undefined;
      if (typeof folder !== "string") return [];
      const path = relative(root, resolve(workDir, folder));
      if (!path.startsWith("..") && !isAbsolute(path)) return [];
      return [
        {
          kind: "outside",
          severity: "warning",
          resource: nameOf(urn),
          message: clean(
            `Its documents lie outside of the repository ("${folder}"), so what is there now is compared with itself.`,
          ),
        },
      ];
    });
}
