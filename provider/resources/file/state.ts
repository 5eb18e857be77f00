import type { File } from "../../client/index.js";
import { clean, shorten } from "../../text/clean.js";
import { diff, type Difference } from "../../pulumi/diff.js";
import { sameText } from "../../ownership/comparable.js";
import type { Properties } from "../../engine/values.js";
import { fields, type Inputs, type State } from "./schema.js";

/** Whether ingestion goes on. Words that nobody has documented count as that. */
export function isGoing(status: unknown): boolean {
  return status !== "completed" && status !== "failed";
}

const KNOWN = ["enqueued", "processing", "completed", "failed"];
/** In characters. */
const LONGEST_STATUS = 40;
const LONGEST_ERROR = 500;

/** A file with what the API says of it in the form in which it may be kept and shown. */
export function told({ error, ...file }: File, confidential: boolean | undefined): File {
  const { status } = file;
  if (confidential !== true) return { ...file, status: shorten(clean(status), LONGEST_STATUS), ...(error !== undefined && { error: shorten(clean(error), LONGEST_ERROR) }) };
  return { ...file, status: KNOWN.includes(status) ? status : "another", ...(error !== undefined && { error: "the API says why, which is not shown since the file is secret" }) };
}

/** What a state holds besides what the API says of the file. */
export type Held = Pick<State, "owner" | "claim" | "origin" | "account">;

/** What the state holds of a file that this resource made. @param error - stands in where the API says nothing itself. */
export function stateOf(inputs: Inputs, held: Held, file: File, error?: string): State {
  const { collectionId, filename, contentHash, confidential } = inputs;
  const { owner, claim, origin, account } = held;
  const { id: fileId, status, items, tokens, error: said } = told(file, confidential);
  const filenameInApi = sameText(file.filename, filename) ? undefined : clean(file.filename);
  return { collectionId, fileId, filename, filenameInApi, contentHash, status, items, tokens, error: said ?? error, confidential, owner, claim, origin, account };
}

/** What the state shall hold of a file that was looked up. What went wrong in a wait stands until ingestion ends. */
export function asFound(collectionId: string, state: Partial<State>, file: File): State {
  const { contentHash, owner, claim, origin, account, confidential } = state;
  const { id: fileId, status, items, tokens, error: said } = told(file, confidential);
  const error = said ?? (isGoing(status) ? state.error : undefined);
  return { collectionId, fileId, filename: state.filename ?? clean(file.filename), filenameInApi: state.filenameInApi, contentHash, status, items, tokens, error, confidential, owner, claim, origin, account };
}

/** Whether a file in the list is as the state says. */
export function isUnchanged(state: Partial<State>, file: File): boolean {
  const found = asFound("", state, file);
  return state.status === found.status && state.items === file.items && state.tokens === file.tokens && state.error === found.error;
}

/**
 * Besides changes of the inputs: a file whose ingestion failed is recreated, and one that is to be waited for is waited
 * for as long as ingestion goes on. How far ingestion is makes no other difference.
 */
export function difference(state: Properties, inputs: Properties): Difference {
  const { changes, replaces } = diff(fields, state, inputs);
  const broken = state["status"] === "failed" || (state["error"] ?? undefined) !== undefined;
  if (broken) return { changes: true, replaces: replaces.length > 0 ? replaces : ["status"] };
  return { changes: changes || (inputs["waitForIngestion"] !== false && isGoing(state["status"])), replaces };
}
