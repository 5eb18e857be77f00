import { addOnce, isRefusal } from "../../api/create-once.js";
import { unlessNotFound } from "../../api/not-found.js";
import { NotFoundError, ValidationError } from "../../client/http/errors.js";
import { toldId } from "../../client/http/path.js";
import type { File, FileSource } from "../../client/index.js";
import { InitializationFailure } from "../../engine/initialization-failure.js";
import type { Asset } from "../../inputs/content.js";
import { hashOf, openLocal, type PathRules } from "../../inputs/files/local-file.js";
import { chunks } from "../../inputs/files/open.js";
import { sameText } from "../../ownership/comparable.js";
import { kept } from "../../ownership/deletion.js";
import type { Creation } from "../../ownership/journal.js";
import { parseMemberId, requireAdoptable } from "../../ownership/member.js";
import type { Begun } from "../../ownership/ownership.js";
import type { Context } from "../../session/context.js";
import { messageOf } from "../../text/error-message.js";
import { calledIn, stateOf, type Held } from "./ingestion.js";
import type { Inputs, State } from "./schema.js";

/**
 * Uploads a file, or takes over one: the one that the inputs name, which a replacement never does, or the one that an
 * interrupted run has uploaded for this very resource.
 *
 * @throws Error where the source is not what was checked, or there is nothing to take over.
 */
export async function upload(
  context: Context,
  inputs: Inputs,
  held: Held,
  begun: Begun,
  abandoned: readonly Creation[],
): Promise<File> {
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
    const isHere = collectionId === inputs.collectionId && creation.contentHash === inputs.contentHash;
    if (fitting === undefined && isHere && sameText(file.filename, inputs.filename)) fitting = file;
    else others.push(left);
  }
  return { fitting, others };
}

/**
 * What a creation has uploaded, as far as the API has answered: `<collection id>/<file id>`. What was taken over was
 * there before.
 */
export function leftBy({ id, sent, collectionId = "" }: Creation): readonly string[] {
  return id === undefined || sent !== true ? [] : [`${collectionId}/${id}`];
}

/** Deletes a file. @param id - as `<collection id>/<file id>`. */
export async function deleteFile(context: Context, id: string): Promise<void> {
  const { collectionId, memberId } = parseMemberId("file", id);
  await whereOffered(context, id, unlessNotFound(context.client.files.delete(collectionId, memberId)));
}

/** Carries the deletion of a file out. A service that deletes no files is told of, and stops nothing. */
export async function whereOffered(context: Context, id: string, deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (!isUnoffered(error)) throw error;
    await kept(
      context,
      `file "${id}"`,
      "this service deletes no files; its items are found until the collection is deleted",
    );
  }
}

/** Whether a deletion was refused by its method, or by a 404 though the list goes on to show the file. */
function isUnoffered(error: unknown): boolean {
  if (ValidationError.isInstance(error)) return error.status === 405;
  return error instanceof Error && NotFoundError.isInstance(error.cause);
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
  const { turns } = context;
  const { collectionId, filename } = inputs;
  const file = await turns.take(`file ${collectionId} ${filename}`, () => send(context, inputs, begun, source));
  if (await source.isUnchanged()) return file;
  // What was uploaded has no known hash, and so it is replaced.
  const state = { ...stateOf(inputs, held, file), contentHash: undefined };
  const reason = 'source changed while it was being uploaded. The next "pulumi up" uploads it again.';
  throw new InitializationFailure<State>(`${collectionId}/${file.id}`, state, reason);
}

async function send(context: Context, inputs: Inputs, begun: Begun, source: OpenSource): Promise<File> {
  const { client, files, ownership, confidential, progress } = context;
  const { collectionId, filename } = inputs;
  const before = new Map(await files.fresh(collectionId));
  const isHeld = ({ id }: File): boolean => ownership.isHeld(`${collectionId}/${id}`);
  const isStranger = (other: File): boolean => sameText(other.filename, filename) && !isHeld(other);
  warnOfStrangers(context, inputs, [...before.values()].filter(isStranger));
  progress(`${calledIn(context, inputs)}uploading`);
  const added = await addOnce(context, {
    what: `file ${confidential ? "" : `"${filename}" `}of the collection "${collectionId}"`,
    send: () => {
      begun.sending();
      return client.files.add(collectionId, { filename, source: source.bytes }, { once: true });
    },
    find: async () => {
      const isNew = (other: File): boolean => !before.has(other.id) && isStranger(other);
      const [only, ...others] = [...(await files.fresh(collectionId)).values()].filter(isNew);
      return others.length === 0 ? only : undefined;
    },
    // Whatever it calls it: what was not there before is what was sent.
    isNew: (other) => !before.has(other.id) && !isHeld(other),
  }).catch((error: unknown) => {
    if (isRefusal(error)) begun.refused();
    throw error;
  });
  begun.answered(added);
  return added;
}

function warnOfStrangers(
  { log, confidential }: Context,
  { collectionId, filename }: Inputs,
  strangers: readonly File[],
): void {
  const what = confidential ? "of this name" : `named "${filename}"`;
  for (const { id } of strangers) {
    log.warn(
      `A file ${what} exists already in the collection "${collectionId}" ("${toldId(id)}"), and another one is ` +
        "uploaded. " +
        `Unless this deployment deletes it in the end, set adopt: "${toldId(id)}" to manage it instead.`,
    );
  }
}

async function adopted(context: Context, { collectionId, filename }: Inputs, memberId: string): Promise<File> {
  const { client, confidential, ownership } = context;
  const which = `adopt: the file "${memberId}"`;
  if (ownership.isHeld(`${collectionId}/${memberId}`)) {
    throw new Error(`${which} belongs to another resource of this stack already. Declare it once only.`);
  }
  const found = await unlessNotFound(client.files.get(collectionId, memberId));
  const file = requireAdoptable("file", { collectionId, memberId }, found);
  if (file.filename === filename) return file;
  const refused = "the API cannot rename it. Set filename";
  if (confidential)
    throw new Error(`${which} has another name than the declared one, and ${refused} to the name that it has.`);
  const names = `is named "${file.filename}" and not "${filename}"`;
  throw new Error(`${which} ${names}, and ${refused}: "${file.filename}", or leave adopt out to upload a new one.`);
}

/** A document at hand. */
export interface OpenSource {
  readonly bytes: FileSource;
  /** Whether it still is what was checked. */
  readonly isUnchanged: () => Promise<boolean>;
  readonly close: () => void;
}

/**
 * Opens what is to be uploaded: what is checked, sent and checked again is one and the same file, whatever is put in
 * its place.
 *
 * @throws Error where the file cannot be read, or has changed since it was checked.
 */
export async function openSource(source: Asset, rules: PathRules): Promise<OpenSource> {
  if (source.text !== undefined) {
    const bytes = Buffer.from(source.text, "utf8");
    return { bytes, isUnchanged: () => Promise.resolve(true), close: () => undefined };
  }
  const file = opened(source.path ?? "", rules);
  const isUnchanged = async (): Promise<boolean> => source.hash === (await hashOf(file).catch(() => undefined));
  if (await isUnchanged()) {
    return { bytes: { size: file.size, read: () => chunks(file) }, isUnchanged, close: () => file.close() };
  }
  file.close();
  throw new Error('source changed while it was being deployed. Nothing was uploaded; run "pulumi up" again.');
}

function opened(path: string, rules: PathRules): ReturnType<typeof openLocal> {
  try {
    return openLocal(path, rules);
  } catch (error) {
    throw new Error(`source ${messageOf(error)}.`, { cause: error });
  }
}
