import { VultrInferenceError, type File } from "../../client/index.js";
import { HalfMade, type Context } from "../../lifecycle.js";
import { unlessNotFound } from "../../not-found.js";
import { isManaged, isReplacement, remember } from "./managed.js";
import type { Inputs, State } from "./schema.js";
import { isUnchanged, openSource } from "./source.js";
import { stateOf } from "./state.js";

/**
 * Uploads a file, or takes over the one that the inputs name, which a replacement never does.
 *
 * @throws Error where the source is not what was checked, or there is nothing to take over.
 */
export async function upload(context: Context, inputs: Inputs): Promise<File> {
  const { adopt, collectionId } = inputs;
  const file = adopt === undefined || isReplacement(inputs) ? await add(context, inputs) : await adopted(context, inputs, adopt);
  remember({ collectionId, fileId: file.id });
  return file;
}

/** Files of one name are made one after the other, so that none is mistaken for another whose answer was lost. */
async function add(context: Context, inputs: Inputs): Promise<File> {
  const { collectionId, filename, source } = inputs;
  const bytes = await openSource(source);
  const file = await context.turns.take(`file ${collectionId} ${filename}`, async () => {
    const before = await strangers(context, inputs);
    for (const { id } of before) {
      context.log.warn(
        `A file named "${filename}" exists already in the collection "${collectionId}" ("${id}"), and another one is uploaded. ` +
          `Unless this deployment deletes it in the end, set adopt: "${id}" to manage it instead.`,
      );
    }
    context.status(`${filename}: uploading`);
    const added = await context.client.files.add(collectionId, { filename, source: bytes }).catch((error: unknown) => leftBehind(context, inputs, before, error));
    remember({ collectionId, fileId: added.id });
    return added;
  });
  if (await isUnchanged(source)) return file;
  // What was uploaded has no known hash, and so it is replaced.
  const state = { ...stateOf(inputs, file), contentHash: undefined };
  throw new HalfMade<State>(`${collectionId}/${file.id}`, state, `source: the file "${source.path ?? ""}" changed while it was being uploaded. The next "pulumi up" uploads it anew.`);
}

/** The file that came up meanwhile, where an upload was not answered. What was there before is no proof of anything. */
async function leftBehind(context: Context, inputs: Inputs, before: readonly File[], error: unknown): Promise<File> {
  if (!VultrInferenceError.isInstance(error) || !error.ambiguous) throw error;
  const known = new Set(before.map(({ id }) => id));
  const [only, ...others] = (await strangers(context, inputs)).filter(({ id }) => !known.has(id));
  if (only && others.length === 0) return only;
  throw error;
}

/** Files of this name that are no resource's, as far as this process knows. */
async function strangers({ files }: Context, { collectionId, filename }: Inputs): Promise<File[]> {
  const listed = await files.fresh(collectionId);
  return [...listed.values()].filter((file) => file.filename === filename && !isManaged(collectionId, file.id));
}

async function adopted({ client }: Context, { collectionId, filename }: Inputs, id: string): Promise<File> {
  if (isManaged(collectionId, id)) throw new Error(`adopt: the file "${id}" is another resource's of this stack already. Declare it once only.`);
  const file = await unlessNotFound(client.files.get(collectionId, id));
  if (!file) throw new Error(`adopt: there is no file "${id}" in the collection "${collectionId}" to take over. To upload a new one, leave it out.`);
  if (file.filename === filename) return file;
  throw new Error(
    `adopt: the file "${id}" is named "${file.filename}" and not "${filename}", and the API cannot rename it. ` +
      `Set filename: "${file.filename}", or leave adopt out to upload a new one.`,
  );
}
