/** Before and after. */
export interface Change {
  readonly before: number;
  readonly after: number;
}

/** Before and after, and what of it is embedded again. */
export interface Cost extends Change {
  readonly toEmbed: number;
}

/** Of a document or a section. `moved`: all its content was there under other names, and costs nothing. */
export type Kind = "added" | "changed" | "removed" | "moved";

/** What becomes of the part of a document that stands under one heading. */
export interface SectionDiff {
  /** The headings from the outside in; empty for what stands before the first. */
  readonly headings: readonly string[];
  readonly change: Kind;
  readonly chunks: Cost;
  readonly tokens: Cost;
}

/** What becomes of one document. */
export interface DocumentDiff {
  readonly name: string;
  readonly change: Kind;
  /** Documents from which chunks move here. */
  readonly movedFrom: readonly string[];
  /** Those that change, in the document's order; those that go come last. */
  readonly sections: readonly SectionDiff[];
  readonly chunks: Cost;
  /** By the estimate. */
  readonly tokens: Cost;
}

/** What becomes of one `Documents` resource. */
export interface ResourceDiff {
  readonly urn: string;
  /** Its name in the program. */
  readonly resource: string;
  /** Those that change; empty for a secret source, whose sums are told alone. */
  readonly documents: readonly DocumentDiff[];
  readonly documentCount: Change;
  readonly chunks: Cost;
  readonly tokens: Cost;
}

/** Another resource of this provider that is declared otherwise. */
export interface OtherDiff {
  readonly urn: string;
  readonly resource: string;
  /** As in `Item`. */
  readonly type: string;
  readonly change: "added" | "changed" | "removed";
}

/** Something that a deployment would refuse, or that whoever reviews should know. */
export interface Problem {
  readonly kind:
    | "over-budget"
    | "delete-guard"
    | "unreadable"
    | "invalid"
    | "program-failed"
    | "unknown"
    | "replaced"
    | "removed"
    | "not-asked"
    | "outside"
    | "ignored";
  /** `error` where a deployment would fail, or the versions could not be compared. */
  readonly severity: "error" | "warning";
  /** Not there where it is about the whole program. */
  readonly resource?: string;
  readonly message: string;
}

/** How a question of a retrieval test is answered by what is deployed. */
export interface QuestionResult {
  /** The question; its place, as in `cases[2]`, where the cases are secret. */
  readonly query: string;
  readonly holds: boolean;
  /** Whether the branch brings it: then what answers it may not be deployed yet. */
  readonly isNew: boolean;
}

/** How a retrieval test of the branch stands against the deployed collection. */
export interface TestResult {
  readonly resource: string;
  /** Whether enough is answered. Not there where it could not be asked. */
  readonly holds?: boolean;
  readonly message: string;
  readonly questions: readonly QuestionResult[];
}

/** What a branch does to the knowledge base. `docs/diff.schema.json` describes it as JSON. */
export interface DiffReport {
  readonly version: 1;
  readonly project: string;
  readonly stack: string;
  readonly base: { readonly ref: string; readonly commit: string };
  /**
   * `failed` where a deployment would fail or the versions could not be compared; `unknown` where no difference is
   * known.
   */
  readonly status: "same" | "changed" | "unknown" | "failed";
  readonly resources: readonly ResourceDiff[];
  readonly others: readonly OtherDiff[];
  readonly problems: readonly Problem[];
  /** With `--live`. */
  readonly tests?: readonly TestResult[];
}

/** The exit code that a report stands for: changes are no error. A test is one only where it could not be asked. */
export function exitCodeOf({ status, tests = [] }: DiffReport): 0 | 1 {
  return status === "failed" || tests.some(({ holds }) => holds === undefined) ? 1 : 0;
}
