import type { File } from "../../client/index.js";
import { HalfMade, type Context } from "../../lifecycle.js";
import { unlessNotFound } from "../../not-found.js";
import { addOnce } from "../../once.js";
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
  return (await leftBehind(context, inputs, abandoned)) ?? add(context, inputs, held, begun);
}

/** The file that a run has uploaded for this resource which did not get to note it in the state. */
async function leftBehind({ client }: Context, { collectionId, filename }: Inputs, abandoned: readonly Creation[]): Promise<File | undefined> {
  for (const { id } of abandoned) {
    const file = id === undefined ? undefined : await unlessNotFound(client.files.get(collectionId, id));
    if (file && sameText(file.filename, filename)) return file;
  }
  return undefined;
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
        `A file ${context.confidential ? "of this name" : `named "${filename}"`} exists already in the collection "${collectionId}" ("${id}"), and another one is uploaded. ` +
          `Unless this deployment deletes it in the end, set adopt: "${id}" to manage it instead.`,
      );
    }
    context.status(`${calledIn(context, inputs)}uploading`);
    const isNew = (other: File): boolean => !before.has(other.id) && isStranger(other);
    const added = await addOnce(context, {
      what: `file ${context.confidential ? "" : `"${filename}" `}of the collection "${collectionId}"`,
      send: () => client.files.add(collectionId, { filename, source: source.bytes }, { once: true }),
      find: async () => {
        const [only, ...others] = [...(await files.fresh(collectionId)).values()].filter(isNew);
        return others.length === 0 ? only : undefined;
      },
      isNew,
    });
    begun.answered(added);
    return added;
  });
  if (await source.isUnchanged()) return file;
  // What was uploaded has no known hash, and so it is replaced.
  const state = { ...stateOf(inputs, held, file), contentHash: undefined };
  throw new HalfMade<State>(`${collectionId}/${file.id}`, state, 'source changed while it was being uploaded. The next "pulumi up" uploads it anew.');
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
