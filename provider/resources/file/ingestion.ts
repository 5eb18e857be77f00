import { unlessNotFound } from "../../api/not-found.js";
import type { File } from "../../client/index.js";
import { InitializationFailure } from "../../engine/initialization-failure.js";
import { sameText } from "../../ownership/comparable.js";
import type { Context } from "../../session/context.js";
import { clean, shorten } from "../../text/clean.js";
import { messageOf } from "../../text/error-message.js";
import type { Inputs, State } from "./schema.js";

/** Whether ingestion goes on. Words that nobody has documented count as that. */
export function isGoing(status: unknown): boolean {
  return status !== "completed" && status !== "failed";
}

const KNOWN = ["enqueued", "processing", "completed", "failed"];
/** In characters. */
const LONGEST_STATUS = 40;
const LONGEST_ERROR = 500;
const SECRET_ERROR = "the API says why, which is not shown since the file is secret";

/** A file with what the API says of it in the form in which it may be kept and shown. */
export function told({ error, ...file }: File, confidential: boolean | undefined): File {
  const { status } = file;
  if (confidential === true) {
    return {
      ...file,
      status: KNOWN.includes(status) ? status : "another",
      ...(error !== undefined && { error: SECRET_ERROR }),
    };
  }
  const shown = error === undefined ? {} : { error: shorten(clean(error), LONGEST_ERROR) };
  return { ...file, status: shorten(clean(status), LONGEST_STATUS), ...shown };
}

/** What a state holds besides what the API says of the file. */
export type Held = Pick<State, "owner" | "claim" | "origin" | "account">;

/** What the state keeps of what the API says of a file. */
type Told = Pick<State, "fileId" | "status" | "items" | "tokens" | "error">;

function toldIn(file: File, confidential: boolean | undefined): Told {
  const { id: fileId, status, items, tokens, error } = told(file, confidential);
  return { fileId, status, items, tokens, error };
}

/**
 * What the state holds of a file that this resource made.
 *
 * @param error - stands in where the API says nothing itself.
 */
export function stateOf(inputs: Inputs, held: Held, file: File, error?: string): State {
  const { collectionId, filename, contentHash, confidential } = inputs;
  const { owner, claim, origin, account } = held;
  const said = toldIn(file, confidential);
  const filenameInApi = sameText(file.filename, filename) ? undefined : clean(file.filename);
  const own = { collectionId, filename, filenameInApi, contentHash, confidential, owner, claim, origin, account };
  return { ...own, ...said, error: said.error ?? error };
}

/** What the state shall hold of a file that was looked up. What went wrong in a wait stands until ingestion ends. */
export function asFound(collectionId: string, state: Partial<State>, file: File): State {
  const { contentHash, filenameInApi, owner, claim, origin, account, confidential } = state;
  const said = toldIn(file, confidential);
  const filename = state.filename ?? clean(file.filename);
  const own = { collectionId, filename, filenameInApi, contentHash, confidential, owner, claim, origin, account };
  return { ...own, ...said, error: said.error ?? (isGoing(said.status) ? state.error : undefined) };
}

/** Whether a file in the list is as the state says. */
export function isUnchanged(state: Partial<State>, file: File): boolean {
  const { status, items, tokens, error } = asFound("", state, file);
  return state.status === status && state.items === items && state.tokens === tokens && state.error === error;
}

const DEFAULT_TIMEOUT_SECONDS = 600;
/** In milliseconds: short documents take a moment, long ones minutes. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 10_000;
/** How long a new file may stay invisible, in milliseconds. */
const VISIBLE_WITHIN = 30_000;

/**
 * Waits until the API has made items of a file, unless the inputs say not to.
 *
 * @throws InitializationFailure where ingestion fails or takes too long, which the next deployment answers with a new
 * file; or where the API does not say how far it is, and the next deployment asks again.
 */
export async function settle(context: Context, inputs: Inputs, held: Held, file: File): Promise<State> {
  if (inputs.waitForIngestion === false) return stateOf(inputs, held, file);
  const { clock } = context;
  const began = clock.now();
  const timeout = inputs.ingestionTimeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
  const deadline = began + timeout * 1000;
  let current = told(file, inputs.confidential);
  for (let pause = FIRST_PAUSE; isGoing(current.status); pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    const now = clock.now();
    if (now >= deadline) throw late(inputs, held, current, timeout);
    context.progress(`${calledIn(context, inputs)}${current.status} (${Math.round((now - began) / 1000)} s)`);
    await clock.sleep(Math.min(pause, deadline - now)).catch((error: unknown) => {
      throw untold(inputs, held, current, error);
    });
    current = await look(context, inputs, held, current, clock.now() - began < VISIBLE_WITHIN);
  }
  if (current.status === "failed") throw failed(inputs, held, current);
  context.progress(`${calledIn(context, inputs)}ingested`);
  return stateOf(inputs, held, current);
}

/** What begins a status line about a file. */
export function calledIn({ confidential }: Context, { filename }: Inputs): string {
  return confidential ? "" : `${filename}: `;
}

async function look({ client }: Context, inputs: Inputs, held: Held, last: File, isNew: boolean): Promise<File> {
  const asked = unlessNotFound(client.files.get(inputs.collectionId, last.id));
  const found = await asked.catch((error: unknown) => {
    throw untold(inputs, held, last, error);
  });
  if (found) return told(found, inputs.confidential);
  if (isNew) return last;
  throw broken(
    inputs,
    held,
    last,
    "was uploaded, but the API does not find it any more",
    'Run "pulumi up" again to upload it again.',
  );
}

function untold(inputs: Inputs, held: Held, last: File, error: unknown): InitializationFailure<State> {
  const { id, name } = named(inputs, last);
  const what = `was uploaded, but its ingestion status could not be read: ${messageOf(error)}`;
  return new InitializationFailure(
    id,
    stateOf(inputs, held, last),
    `${name} ${what} The next "pulumi up" looks again.`,
  );
}

const ANEW = 'the next "pulumi up" uploads it again and deletes this one.';

function failed(inputs: Inputs, held: Held, file: File): InitializationFailure<State> {
  const why = file.error?.replace(/\.$/u, "") ?? "the API does not say why";
  return broken(inputs, held, file, `could not be ingested: ${why}`, `Fix the document or leave it out: ${ANEW}`);
}

function late(inputs: Inputs, held: Held, file: File, seconds: number): InitializationFailure<State> {
  const what = `was not ingested within ${seconds} s: the API still calls it "${file.status}"`;
  const look = `run "pulumi refresh" later to see whether it is ingested after all`;
  return broken(inputs, held, file, what, `Raise ingestionTimeoutSeconds, or ${look}; otherwise ${ANEW}`);
}

/** The state keeps the reason where the API itself has none to give. */
function broken(inputs: Inputs, held: Held, file: File, what: string, advice: string): InitializationFailure<State> {
  const { id, name } = named(inputs, file);
  const state = stateOf(inputs, held, file, isGoing(file.status) ? `It ${what}` : undefined);
  return new InitializationFailure(id, state, `${name} ${what}. ${advice}`);
}

function named({ collectionId, filename, confidential }: Inputs, { id }: File): { id: string; name: string } {
  const name =
    confidential === true ? `The file ${collectionId}/${id}` : `The file "${filename}" (${collectionId}/${id})`;
  return { id: `${collectionId}/${id}`, name };
}
