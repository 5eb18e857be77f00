import { toldId } from "../../client/http/path.js";
import type { File } from "../../client/index.js";
import { InitializationFailure } from "../../engine/initialization-failure.js";
import type { Context } from "../../session/context.js";
import { unlessNotFound } from "../../api/not-found.js";
import { parseMemberId } from "../../ownership/member-id.js";
import { addOnce, isRefusal } from "../../api/create-once.js";
import { sameText } from "../../ownership/comparable.js";
import type { Creation } from "../../ownership/journal.js";
import type { Begun } from "../../ownership/ownership.js";
import { calledIn } from "./ingestion.js";
import type { Inputs, State } from "./schema.js";
import { openSource, type OpenSource } from "./source.js";
import { stateOf, type Held } from "./state.js";

/**
 * Uploads a file, or takes over one: the one that the inputs name, which a replacement never does, or the one that an
 * interrupted run has uploaded for this very resource.
 *
 * @throws Error where the source is not what was checked, or there is nothing to take over.
 */
export async function upload(context: Context, inputs: Inputs, held: Held, begun: Begun, abandoned: readonly Creation[]): Promise<File> {
  const { adopt, owner } = inputs;
  if (adopt !== undefined && !(owner !== undefined && context.ownership.isKnown(owner))) {
    const file = await adopted(context, inputs, adopt);
    begun.answered(file);
    return file;
  }
  const { fitting, others } = await leftBehind(context, inputs, abandoned);
  const file = fitting ?? (await add(context, inputs, held, begun));
  if (fitting) begun.answered(fitting);
  for (const id of others) await deleteFile(context, id);
  return file;
}

/** What interrupted runs have uploaded for this resource. */
interface LeftBehind {
  /** What is to be there. */
  readonly fitting?: File | undefined;
  /** What is not: `<collection id>/<file id>`. */
  readonly others: readonly string[];
}

/** The files that runs have uploaded for this resource which did not get to note them in the state. */
async function leftBehind({ client }: Context, inputs: Inputs, abandoned: readonly Creation[]): Promise<LeftBehind> {
  let fitting: File | undefined;
  const others: string[] = [];
  for (const creation of abandoned) {
    const [left] = leftBy(creation);
    if (left === undefined) continue;
    const { collectionId, memberId } = parseMemberId("file", left);
    const file = await unlessNotFound(client.files.get(collectionId, memberId));
    if (!file) continue;
    const fits = fitting === undefined && collectionId === inputs.collectionId && creation.contentHash === inputs.contentHash && sameText(file.filename, inputs.filename);
    if (fits) fitting = file;
    else others.push(left);
  }
  return { fitting, others };
}

/** What a creation has uploaded, as far as the API has answered: `<collection id>/<file id>`. What was taken over was there before. */
export function leftBy({ id, sent, collectionId = "" }: Creation): readonly string[] {
  return id === undefined || sent !== true ? [] : [`${collectionId}/${id}`];
}

/** Deletes a file. @param id - as `<collection id>/<file id>`. */
export async function deleteFile({ client }: Context, id: string): Promise<void> {
  const { collectionId, memberId } = parseMemberId("file", id);
  await unlessNotFound(client.files.delete(collectionId, memberId));
}

/** Files of one name are made one after the other, so that none is mistaken for another whose answer was lost. */
async function add(context: Context, inputs: Inputs, held: Held, begun: Begun): Promise<File> {
  const source = await openSource(inputs.source, { followLinks: inputs.followLinks });
  try {
    return await addOpen(context, inputs, held, begun, source);
  } finally {
    source.close();
  }
}

async function addOpen(context: Context, inputs: Inputs, held: Held, begun: Begun, source: OpenSource): Promise<File> {
  const { client, files, turns, ownership } = context;
  const { collectionId, filename } = inputs;
  const file = await turns.take(`file ${collectionId} ${filename}`, async () => {
    const before = new Map(await files.fresh(collectionId));
    const isStranger = (other: File): boolean => sameText(other.filename, filename) && !ownership.isHeld(`${collectionId}/${other.id}`);
    for (const { id } of [...before.values()].filter(isStranger)) {
      context.log.warn(
        `A file ${context.confidential ? "of this name" : `named "${filename}"`} exists already in the collection "${collectionId}" ("${toldId(id)}"), and another one is uploaded. ` +
          `Unless this deployment deletes it in the end, set adopt: "${toldId(id)}" to manage it instead.`,
      );
    }
    context.progress(`${calledIn(context, inputs)}uploading`);
    const isNew = (other: File): boolean => !before.has(other.id) && isStranger(other);
    const added = await addOnce(context, {
      what: `file ${context.confidential ? "" : `"${filename}" `}of the collection "${collectionId}"`,
      send: () => {
        begun.sending();
        return client.files.add(collectionId, { filename, source: source.bytes }, { once: true });
      },
      find: async () => {
        const [only, ...others] = [...(await files.fresh(collectionId)).values()].filter(isNew);
        return others.length === 0 ? only : undefined;
      },
      // Whatever it calls it: what was not there before is what was sent.
      isNew: (other) => !before.has(other.id) && !ownership.isHeld(`${collectionId}/${other.id}`),
    }).catch((error: unknown) => {
      if (isRefusal(error)) begun.refused();
      throw error;
    });
    begun.answered(added);
    return added;
  });
  if (await source.isUnchanged()) return file;
  // What was uploaded has no known hash, and so it is replaced.
  const state = { ...stateOf(inputs, held, file), contentHash: undefined };
  throw new InitializationFailure<State>(`${collectionId}/${file.id}`, state, 'source changed while it was being uploaded. The next "pulumi up" uploads it again.');
}

async function adopted({ client, confidential, ownership }: Context, { collectionId, filename }: Inputs, id: string): Promise<File> {
  if (ownership.isHeld(`${collectionId}/${id}`)) throw new Error(`adopt: the file "${id}" is another resource's of this stack already. Declare it once only.`);
  const file = await unlessNotFound(client.files.get(collectionId, id));
  if (!file) throw new Error(`adopt: there is no file "${id}" in the collection "${collectionId}" to take over. To upload a new one, leave it out.`);
  if (file.filename === filename) return file;
  if (confidential) throw new Error(`adopt: the file "${id}" has another name than the declared one, and the API cannot rename it. Set filename to the name that it has.`);
  throw new Error(
    `adopt: the file "${id}" is named "${file.filename}" and not "${filename}", and the API cannot rename it. ` +
      `Set filename: "${file.filename}", or leave adopt out to upload a new one.`,
  );
}
