import type { File } from "../../client/index.js";
import { diff, type Difference } from "../../diff.js";
import type { Properties } from "../../values.js";
import { fields, type Inputs, type State } from "./schema.js";

/** Whether ingestion goes on. Words that nobody has documented count as that. */
export function isGoing(status: unknown): boolean {
  return status !== "completed" && status !== "failed";
}

/** What a state holds besides what the API says of the file. */
export type Held = Pick<State, "owner" | "claim" | "origin" | "account">;

/** What the state holds of a file that this resource made. @param error - stands in where the API says nothing itself. */
export function stateOf(inputs: Inputs, held: Held, file: File, error?: string): State {
  const { collectionId, filename, contentHash } = inputs;
  const { owner, claim, origin, account } = held;
  const { id: fileId, status, items, tokens } = file;
  return { collectionId, fileId, filename, contentHash, status, items, tokens, error: file.error ?? error, owner, claim, origin, account };
}

/** What the state shall hold of a file that was looked up. What went wrong in a wait stands until ingestion ends. */
export function asFound(collectionId: string, state: Partial<State>, file: File): State {
  const { id: fileId, status, items, tokens } = file;
  const error = file.error ?? (isGoing(status) ? state.error : undefined);
  const { contentHash, owner, claim, origin, account } = state;
  return { collectionId, fileId, filename: state.filename ?? file.filename, contentHash, status, items, tokens, error, owner, claim, origin, account };
}

/** Whether a file in the list is as the state says. */
export function isUnchanged(state: Partial<State>, file: File): boolean {
  return state.status === file.status && state.items === file.items && state.tokens === file.tokens && state.error === asFound("", state, file).error;
}

/**
 * Besides changes of the inputs: a file whose ingestion failed is made anew, and one that is to be waited for is waited
 * for as long as ingestion goes on. How far ingestion is makes no other difference.
 */
export function difference(state: Properties, inputs: Properties): Difference {
  const { changes, replaces } = diff(fields, state, inputs);
  const broken = state["status"] === "failed" || (state["error"] ?? undefined) !== undefined;
  if (broken) return { changes: true, replaces: replaces.length > 0 ? replaces : ["status"] };
  return { changes: changes || (inputs["waitForIngestion"] !== false && isGoing(state["status"])), replaces };
}
