import { checkInputs, type CheckFailure } from "../../provider/pulumi/check.js";
import { check } from "../../provider/resources/documents/check.js";
import type { PreparedDocuments } from "../../provider/documents/prepared.js";
import { undeclared } from "../../provider/inputs/declared-source.js";
import { blocking, scan, type ScannedDocument } from "../../provider/resources/documents/scan.js";
import { fields, type Inputs, type SourceInput } from "../../provider/resources/documents/schema.js";
import { writeSizes, type Sizes } from "../../provider/resources/documents/sizes.js";
import { checkedSource, splitOptionsOf, sourceOf } from "../../provider/resources/documents/source-input.js";
import type { SourceProblem } from "../../provider/resources/documents/source/source.js";
import { isUnknown } from "../../provider/engine/values.js";
import { received } from "../../local/engine/programs.js";
import type { Declared } from "./program/recorder.js";

/** What one version of a program declares as the documents of one resource. */
export interface DocumentSet {
  readonly documents: ReadonlyMap<string, ScannedDocument>;
  /** What is wrong with the source. Where nothing of it could be listed, there are no documents either. */
  readonly problems: readonly SourceProblem[];
  /** Whether the source is known only while it is deployed. */
  readonly isUnknown: boolean;
  readonly confidential: boolean;
  readonly tokenBudget: number | undefined;
}

/**
 * @param workDir - the program's folder, from which relative paths count.
 * @param prepared - what was read and split already.
 * @param known - sizes of those that were split before.
 */
export async function documentSet(
  { inputs: sent }: Declared,
  workDir: string,
  prepared: PreparedDocuments,
  known?: ReadonlyMap<string, Sizes>,
): Promise<DocumentSet> {
  const { inputs, failures } = checkInputs(fields, undeclared(received(sent, workDir)));
  const {
    source: given,
    maxTokens,
    overlapTokens,
    confidential = false,
    tokenBudget,
    onUnreadable,
  } = inputs as Partial<Inputs>;
  const set = {
    documents: new Map<string, ScannedDocument>(),
    problems: failures.map(ofProperty),
    isUnknown: false,
    confidential,
    tokenBudget,
  };
  if (isUnknown([given, maxTokens, overlapTokens])) return { ...set, isUnknown: true };
  if (failures.length > 0) return set;
  const { source, problems } = checkedSource(given as SourceInput, prepared);
  if (problems.length > 0) return { ...set, problems: problems.map(ofProperty) };
  const scanned = await scan(
    sourceOf(source, prepared),
    splitOptionsOf({ maxTokens, overlapTokens }),
    prepared,
    known,
    workDir,
  );
  return {
    ...set,
    documents: new Map(scanned.documents.map((document) => [document.name, document])),
    problems: blocking(scanned.problems, onUnreadable),
  };
}

/** What is wrong with a property, rather than with a document. */
function ofProperty(failure: CheckFailure): SourceProblem {
  return { ...failure, documents: [] };
}

/** What a preview would refuse about a resource, after a deployment of what there was before. */
export async function refusals(
  { inputs }: Declared,
  workDir: string,
  prepared: PreparedDocuments,
  before: DocumentSet | undefined,
): Promise<readonly CheckFailure[]> {
  const deployed = before && {
    owner: "deployed",
    documents: Object.fromEntries(Array.from(before.documents, ([name, document]) => [name, writeSizes(document)])),
  };
  const { failures } = await check(
    deployed ?? {},
    received(inputs, workDir),
    { report: () => Promise.resolve(), prepared },
    workDir,
  );
  return failures;
}
