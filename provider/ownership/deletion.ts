import type { Timer } from "../api/interruption.js";
import { NotFoundError } from "../client/http/errors.js";
import type { Report } from "../engine/report.js";

/** How often a deletion is asked for. */
const TRIES = 4;
/** In milliseconds. */
const PAUSE = 1_000;

/** Something that is to go. */
export interface Deletion {
  /** As in `item "kb/1"`. */
  readonly what: string;
  readonly remove: () => Promise<void>;
  /** Whether the API still shows it. */
  readonly isThere: () => Promise<boolean>;
}

/**
 * Deletes something, and does not take the answer for the deed: a proxy's page and a copy that lags behind answer, too.
 *
 * @throws Error where it is still there in the end; caused by a `NotFoundError` where the API denies that in the answer
 * to the deletion, as one does that has no such operation.
 */
export async function requireGone(
  { clock }: { readonly clock: Timer },
  { what, remove, isThere }: Deletion,
): Promise<void> {
  let refusal: unknown;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    refusal = await remove().then(() => undefined, onlyNotFound);
    if (!(await isThere())) return;
    await clock.sleep(PAUSE * attempt);
    if (!(await isThere())) return;
  }
  const answer =
    refusal === undefined
      ? `answers the deletion of the ${what} as done`
      : `answers that there is no ${what} to delete`;
  throw new Error(`The API ${answer}, but still shows it. Run "pulumi up" or "pulumi destroy" again in a moment.`, {
    cause: refusal,
  });
}

function onlyNotFound(error: unknown): NotFoundError {
  if (NotFoundError.isInstance(error)) return error;
  throw error;
}

/** Tells whoever deploys that something was not deleted, and why. */
export function kept({ report }: { readonly report: Report }, what: string, why: string): Promise<void> {
  return report(`Kept the ${what}: ${why}.`);
}

/** The command that deletes something which a deployment has kept. */
export function deletionCommand(...ids: readonly string[]): string {
  return `npx vultr-inference delete ${ids.map((id) => `"${id}"`).join(" ")}`;
}
