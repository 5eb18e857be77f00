import { z } from "zod";
import { checkInputs, type CheckFailure, type CheckResult } from "../../pulumi/check.js";
import { computed } from "../../pulumi/fields.js";
import type { Report } from "../../engine/report.js";
import type { LocalContext } from "../../session/context.js";
import { isUnknown, UNKNOWN, type Properties } from "../../engine/values.js";
import { isIgnored, undeclared } from "../../inputs/declared-source.js";
import { budgetProblem, byText, DEFAULT_MAX_DELETE_PERCENT, deleteProblem, type Deletion } from "./guards.js";
import { noticesOf, reviewOfNew } from "./review.js";
import { blocking, scan, type Scan, type ScannedDocument } from "./scan.js";
import { fields, type Inputs, type SourceInput } from "./schema.js";
import { readSizes, writeSizes, type Sizes } from "./sizes.js";
import { reasonOf, sameFingerprint } from "./source/source.js";
import { checkedSource, splitOptionsOf, sourceOf } from "./source-input.js";

/**
 * Validates the inputs, scans the source, and adds what it found: `documents` and `tokens`. What is deployed for the
 * first time is told here, since the engine asks for no difference then.
 *
 * @param folder what relative paths count from; by default the working directory.
 */
export async function check(
  olds: Properties,
  news: Properties,
  { report, prepared }: Pick<LocalContext, "report" | "prepared">,
  folder?: string,
): Promise<CheckResult> {
  if (isIgnored(olds, news)) return checkIgnored(olds, news);
  const { inputs, failures } = checkInputs(fields, undeclared(news));
  const { unmanaged = "ignore", verify = "tags", confidential } = inputs;
  const isNew = olds["documents"] === undefined;
  const base = {
    ...inputs,
    unmanaged,
    verify,
    sourceIgnored: isNew ? inputs["sourceIgnored"] : undefined,
    manifest: confidential === true ? "" : undefined,
  };
  const isMeasured = !failures.some(({ property }) => property === "maxTokens" || property === "overlapTokens");
  const wrong = [...failures, ...(isMeasured ? overlapProblem(inputs) : [])];
  if (wrong.length > 0) return { inputs: base, failures: wrong };
  if (isUnknown(whatIsScanned(inputs)))
    return { inputs: { ...base, documents: UNKNOWN, tokens: UNKNOWN }, failures: [] };

  const { source, problems: ofTexts } = checkedSource(inputs["source"] as SourceInput, prepared);
  const declared = { ...inputs, source } as unknown as Inputs;
  const before = readSizes(olds["documents"]);
  const scanned: Scan =
    ofTexts.length > 0
      ? { documents: [], problems: ofTexts, warnings: [], unread: [] }
      : await scan(sourceOf(source, prepared), splitOptionsOf(declared), prepared, before, folder);
  const { documents } = scanned;
  // Where nothing else would be deployed, why is what has to be known.
  const onUnreadable = mayDeploy(documents, declared) ? declared.onUnreadable : "fail";
  const told = blocking(scanned.problems, onUnreadable).map((problem) => ({
    property: problem.property,
    reason: reasonOf(problem, confidential === true),
  }));
  const found = told.length > 0 ? told : guardFailures(declared, before, documents, olds["owner"] === undefined);
  if (found.length === 0) await tell(scanned, declared, before, isNew, report);
  return {
    inputs: {
      ...base,
      source,
      documents: Object.fromEntries(documents.map((document) => [document.name, writeSizes(document)])),
      tokens: tokensOf(documents),
    },
    failures: found,
  };
}

/** The source is neither read nor judged: all that is known of the documents is what was deployed. */
function checkIgnored(olds: Properties, news: Properties): CheckResult {
  const { source, documents, tokens, confidential } = olds;
  const { inputs, failures } = checkInputs({ ...fields, source: computed(z.unknown()) }, news);
  const { unmanaged = "ignore", verify = "tags" } = inputs;
  const shown = {
    property: "source",
    reason:
      "was secret when it was deployed, and the option ignoreChanges keeps it as it was: keep it secret, or take " +
      "it out of ignoreChanges",
  };
  return {
    inputs: {
      ...inputs,
      unmanaged,
      verify,
      source,
      documents,
      tokens,
      confidential,
      sourceIgnored: true,
      manifest: confidential === true ? "" : undefined,
    },
    failures: confidential === true && inputs["confidential"] !== true ? [...failures, shown] : failures,
  };
}

/** Shows what is deployed for the first time, and what is not deployed of the source. */
async function tell(
  scanned: Scan,
  declared: Inputs,
  before: ReadonlyMap<string, Sizes>,
  isNew: boolean,
  report: Report,
): Promise<void> {
  const urn = declared.resourceUrn;
  if (isNew) await report(reviewOfNew(scanned.documents, declared), { urn });
  const { warnings, notices } = noticesOf(scanned, declared);
  if (warnings !== undefined) await report(warnings, { urn, severity: "warning" });
  const isChanged = scanned.documents.some(
    ({ name, fingerprint }) => !sameFingerprint(fingerprint, before.get(name)?.fingerprint),
  );
  if (notices !== undefined && isChanged) await report(notices, { urn });
}

/** What the documents hang on. */
function whatIsScanned({ source, maxTokens, overlapTokens }: Properties): unknown {
  return [source, maxTokens, overlapTokens];
}

function tokensOf(documents: readonly Sizes[]): number {
  return documents.reduce((sum, { tokens }) => sum + tokens, 0);
}

function overlapProblem({ maxTokens, overlapTokens }: Properties): CheckFailure[] {
  if (typeof overlapTokens !== "number") return [];
  const most = Math.ceil(splitOptionsOf({ ...(typeof maxTokens === "number" && { maxTokens }) }).maxTokens / 2) - 1;
  return overlapTokens <= most
    ? []
    : [{ property: "overlapTokens", reason: `must be less than half of maxTokens, at most ${most}` }];
}

/** The deployed documents of which nothing is left, under no other name either. */
function contentThatGoes(
  before: ReadonlyMap<string, Sizes>,
  documents: readonly ScannedDocument[],
): Pick<Deletion, "deleted" | "empty" | "of"> {
  const [withText, empty] = byText(documents);
  const contents = new Set(documents.map((document) => document.fingerprint));
  const held = Array.from(before).filter(([, { chunks }]) => chunks > 0);
  const deleted = held.filter(([name, { fingerprint }]) => !withText.has(name) && !contents.has(fingerprint));
  return { deleted: deleted.map(([name]) => name), empty, of: held.length };
}

/** Whether there are documents, or need be none. */
function mayDeploy(
  documents: readonly ScannedDocument[],
  { maxDeletePercent = DEFAULT_MAX_DELETE_PERCENT }: Pick<Inputs, "maxDeletePercent">,
): boolean {
  return documents.length > 0 || maxDeletePercent >= 100;
}

/** What the documents may not do: of an existing resource, `diff` knows what they cost exactly. */
function guardFailures(
  declared: Inputs,
  before: ReadonlyMap<string, Sizes>,
  documents: readonly ScannedDocument[],
  isNew: boolean,
): CheckFailure[] {
  const { source, maxDeletePercent = DEFAULT_MAX_DELETE_PERCENT, tokenBudget, confidential } = declared;
  const property = typeof source === "object" && "texts" in source ? "source.texts" : "source";
  if (!mayDeploy(documents, declared)) {
    const reason =
      "has no documents that can be read: fix the path or the globs. If it is to be empty, set maxDeletePercent: 100";
    return [{ property, reason }];
  }
  const problem = deleteProblem({ ...contentThatGoes(before, documents), confidential }, maxDeletePercent);
  if (problem !== undefined) return [{ property, reason: problem }];
  const budget = isNew ? budgetProblem(tokensOf(documents), tokenBudget) : undefined;
  return budget === undefined ? [] : [{ property: "tokenBudget", reason: budget }];
}
