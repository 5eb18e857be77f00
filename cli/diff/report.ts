/** Before and after. */
export interface Change {
  readonly before: number;
  readonly after: number;
}

/** What becomes of one document. */
export interface DocumentDiff {
  readonly name: string;
  /** `moved`: all its content was there under other names, and costs nothing. */
  readonly change: "added" | "changed" | "removed" | "moved";
  /** Documents from which pieces move here. */
  readonly movedFrom: readonly string[];
  /** The innermost headings of the pieces that are embedded, and of those that only go. */
  readonly sections: { readonly changed: readonly string[]; readonly removed: readonly string[] };
  readonly pieces: Change & { readonly toEmbed: number };
  /** By the estimate. */
  readonly tokens: Change & { readonly toEmbed: number };
}

/** What becomes of one `Documents` resource. */
export interface ResourceDiff {
  readonly urn: string;
  /** Its name in the program. */
  readonly resource: string;
  /** Those that change; empty for a secret source, whose sums are told alone. */
  readonly documents: readonly DocumentDiff[];
  readonly documentCount: Change;
  readonly pieces: Change & { readonly toEmbed: number };
  readonly tokens: Change & { readonly toEmbed: number };
}

/** What would make a deployment fail, or could not be found out. */
export interface Problem {
  readonly kind: "over-budget" | "delete-guard" | "unreadable" | "unknown" | "program-failed";
  /** Not there where it is about the whole program. */
  readonly resource?: string;
  readonly message: string;
}

/** How a retrieval test of the deployed stack stands now. */
export interface TestResult {
  readonly resource: string;
  readonly holds: boolean;
  readonly message: string;
}

/** What a branch does to the documents. `docs/diff.schema.json` describes it as JSON. */
export interface DiffReport {
  readonly version: 1;
  readonly project: string;
  readonly base: { readonly ref: string; readonly commit: string };
  /** `failed` where a deployment would fail, or something could not be compared. */
  readonly status: "same" | "changed" | "failed";
  readonly resources: readonly ResourceDiff[];
  readonly problems: readonly Problem[];
  /** With `--live`. */
  readonly tests?: readonly TestResult[];
}

/** The exit code that a report stands for: changes are no error, a problem or a test that does not hold is. */
export function exitCodeOf({ status, tests = [] }: DiffReport): 0 | 1 {
  return status === "failed" || tests.some(({ holds }) => !holds) ? 1 : 0;
}
