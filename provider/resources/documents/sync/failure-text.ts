import { clean, shorten } from "../../../text/clean.js";
import { interrupted } from "../../../api/interruption.js";
import { shown } from "../review.js";
import { count, number } from "../../../text/quantity.js";
import type { Done } from "./carry-out.js";
import type { Failure } from "./upload.js";

/** So many are told one by one. */
const SHOWN = 5;

/** What went wrong with a sync. */
export interface Failures extends Pick<Done, "failures" | "removal" | "doubt"> {
  /** Why it is not settled what nothing manages. */
  readonly unmanaged: string | undefined;
  /** How many chunks were to be there. */
  readonly total: number;
  readonly confidential: boolean | undefined;
  /** Whether the person who deploys has interrupted it. */
  readonly isInterrupted: boolean;
}

/** What is not as it should be, why, and what to do; nothing where all is well. */
export function failureText({
  failures: all,
  removal: { failures: removal },
  doubt,
  unmanaged,
  total,
  confidential,
  isInterrupted,
}: Failures): string | undefined {
  // What was not begun needs no line of its own.
  const failures = isInterrupted ? all.filter(({ reason }) => reason !== interrupted().message) : all;
  const lines = failures
    .slice(0, SHOWN)
    .map(({ desired, reason }) => `- ${confidential ? "a chunk" : placeOf(desired)}: ${reason}`);
  const more = failures.length > SHOWN ? [`- and ${count(failures.length - SHOWN, "more chunk")}`] : [];
  if (isInterrupted && all.length > 0) {
    const headline =
      `Interrupted: ${number(total - all.length)} of ${count(total, "chunk")} are done, and nothing was deleted. ` +
      `The next "pulumi up" does the rest, and uploads nothing twice.`;
    return [headline, ...lines, ...more].join("\n");
  }
  if (failures.length > 0) {
    const headline =
      `${number(failures.length)} of ${count(total, "chunk")} could not be uploaded; the others are there, and ` +
      "nothing was deleted.";
    return [
      headline,
      ...lines,
      ...more,
      'What is named here can be fixed; then "pulumi up" uploads the rest, and nothing twice.',
    ].join("\n");
  }
  const [first] = removal;
  if (!first && doubt !== undefined)
    return (
      `All documents are there, but it is not known whether anything exists twice: ${doubt} Run "pulumi up" ` + "again."
    );
  if (!first && unmanaged !== undefined) return `All documents are there, but ${unmanaged} Run "pulumi up" again.`;
  if (!first) return undefined;
  return (
    `All documents are there, but ${count(removal.length, "chunk")} that ${removal.length === 1 ? "is" : "are"} no ` +
    `longer declared could not be deleted: ${first.reason} Run "pulumi up" again.`
  );
}

function placeOf({ name, chunk }: Failure["desired"]): string {
  return [shown(name), ...chunk.headings.slice(-1).map((heading) => shorten(clean(heading), 60))].join(" › ");
}
