import type { File } from "../../client/index.js";
import { InitializationFailure } from "../../engine/initialization-failure.js";
import type { Context } from "../../session/context.js";
import { messageOf } from "../../text/error-message.js";
import { unlessNotFound } from "../../api/not-found.js";
import type { Inputs, State } from "./schema.js";
import { isGoing, stateOf, told, type Held } from "./state.js";

const DEFAULT_TIMEOUT_SECONDS = 600;
/** In milliseconds: short documents take a moment, long ones minutes. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 10_000;
/** How long a new file may stay invisible, in milliseconds. */
const VISIBLE_WITHIN = 30_000;

/**
 * Waits until the API has made items of a file, unless the inputs say not to.
 *
 * @throws InitializationFailure where ingestion fails or takes too long, which the next deployment answers with a new file; or where
 * the API does not say how far it is, and the next deployment asks again.
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
  throw broken(inputs, held, last, "was uploaded, but the API does not find it any more", 'Run "pulumi up" again to upload it again.');
}

function untold(inputs: Inputs, held: Held, last: File, error: unknown): InitializationFailure<State> {
  const { id, name } = named(inputs, last);
  return new InitializationFailure(id, stateOf(inputs, held, last), `${name} was uploaded, but how far its ingestion is could not be told: ${messageOf(error)} The next "pulumi up" looks again.`);
}

const ANEW = 'the next "pulumi up" uploads it again and deletes this one.';

function failed(inputs: Inputs, held: Held, file: File): InitializationFailure<State> {
  const why = file.error?.replace(/\.$/u, "") ?? "the API does not say why";
  return broken(inputs, held, file, `could not be ingested: ${why}`, `Fix the document or leave it out: ${ANEW}`);
}

function late(inputs: Inputs, held: Held, file: File, seconds: number): InitializationFailure<State> {
  const what = `was not ingested within ${seconds} s: the API still calls it "${file.status}"`;
  return broken(inputs, held, file, what, `Raise ingestionTimeoutSeconds, or run "pulumi refresh" later to see whether it is ingested after all; otherwise ${ANEW}`);
}

/** The state keeps the reason where the API itself has none to give. */
function broken(inputs: Inputs, held: Held, file: File, what: string, advice: string): InitializationFailure<State> {
  const { id, name } = named(inputs, file);
  return new InitializationFailure(id, stateOf(inputs, held, file, isGoing(file.status) ? `It ${what}` : undefined), `${name} ${what}. ${advice}`);
}

function named({ collectionId, filename, confidential }: Inputs, { id }: File): { id: string; name: string } {
  const name = confidential === true ? `The file ${collectionId}/${id}` : `The file "${filename}" (${collectionId}/${id})`;
  return { id: `${collectionId}/${id}`, name };
}
