/** The kinds of drift, as the JSON report names them. */
export const KINDS = [
  "collection-removed",
  "collection-renamed",
  "item-removed",
  "item-metadata-changed",
  "item-changed",
  "file-removed",
  "file-failed",
  "file-stuck",
  "file-changed",
  "documents-removed",
  "document-missing",
  "document-changed",
  "foreign-items",
  "retrieval-failed",
  "resource-removed",
  "resource-changed",
] as const;

export type Kind = (typeof KINDS)[number];

/** One thing that is otherwise in the API than the stack's state says. */
export interface Finding {
  readonly kind: Kind;
  /** The resource's URN. */
  readonly urn: string;
  /** Its name in the program. */
  readonly resource: string;
  /** What it is, as in `Collection`. */
  readonly type: string;
  /** A sentence for a person, free of control characters. */
  readonly message: string;
}

/** What an `up` would do although nothing drifted: the program was changed and not deployed. */
export interface PlannedChange {
  readonly urn: string;
  readonly resource: string;
  readonly type: string;
  /** The engine's word, as in `create`, `update`, `replace`, `delete`. */
  readonly step: string;
}

/** Something that could not be looked at. */
export interface Unchecked {
  /** Not there where it is about the whole stack. */
  readonly urn?: string;
  readonly resource?: string;
  readonly reason: string;
}

/** What came out of looking for drift. `docs/drift.schema.json` describes it as JSON. */
export interface DriftReport {
  readonly version: 1;
  readonly project: string;
  readonly stack: string;
  /** `failed` where anything could not be checked, whatever else was found. */
  readonly status: "clean" | "drift" | "failed";
  /** How many resources were compared. */
  readonly checked: number;
  readonly findings: readonly Finding[];
  /** Not there where it was not asked for. */
  readonly plan?: readonly PlannedChange[];
  readonly unchecked: readonly Unchecked[];
  /** What is worth knowing and no drift, such as a file that is still being ingested. */
  readonly notes: readonly string[];
}

/**
 * The exit code that a report stands for: 0 nothing, 7 drift or a planned change, 1 where something could not be
 * checked.
 */
export function exitCodeOf({ status, plan = [] }: DriftReport): 0 | 1 | 7 {
  if (status === "failed") return 1;
  return status === "drift" || plan.length > 0 ? 7 : 0;
}
