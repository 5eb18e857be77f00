import type { File } from "../../client/index.js";
import type { Context } from "../../session/context.js";
import type { Lifecycle } from "../../pulumi/lifecycle.js";
import { parseMemberId } from "../../ownership/member-id.js";
import { unlessNotFound } from "../../api/not-found.js";
import { kept, requireGone } from "../../ownership/deletion.js";
import { settleAbandoned } from "../../ownership/abandoned.js";
import { placeIn, requireAbsence, requirePlace } from "../../ownership/place.js";
import { sameText } from "../../ownership/comparable.js";
import { check } from "./check.js";
import { settle } from "./ingestion.js";
import type { Inputs, State } from "./schema.js";
import { asFound, difference, isUnchanged } from "./state.js";
import { deleteFile, leftBy, upload } from "./upload.js";

/** A file of a collection: a document that the API cuts into items by itself, behind the upload. It never changes. */
export const lifecycle = {
  check,
  diff: difference,

  async create(context, inputs) {
    const { ownership, places } = context;
    const { collectionId, contentHash, owner = "" } = inputs;
    const beginning = { kind: "file", owner, ...places.current, collectionId, contentHash } as const;
    if (context.confidential) ownership.hasSecretFile(collectionId);
    await requirePlace(context, collectionId);
    const abandoned = await ownership.abandoned(beginning);
    return ownership.create(beginning, abandoned, async (begun) => {
      const held = { owner: inputs.owner, claim: begun.claim, ...places.current };
      const file = await upload(context, inputs, held, begun, abandoned);
      return { id: `${collectionId}/${file.id}`, state: await settle(context, inputs, held, file) };
    });
  },

  async read(context, id, state) {
    const { collectionId, memberId } = parseMemberId("file", id);
    const listed = state.fileId === undefined ? undefined : (await unlessNotFound(context.files.recent(collectionId)))?.get(memberId);
    const { places } = context;
    if (listed && isUnchanged(state, listed)) return { id, state: { ...(state as State), ...found(context, state) } };
    const file = await unlessNotFound(context.client.files.get(collectionId, memberId));
    if (file) return { id, state: { ...asFound(collectionId, state, file), ...(state.fileId === undefined ? places.current : found(context, state)) } };
    if (state.fileId === undefined) throw new Error(`There is no file "${id}" to read. An id is <collection id>/<file id>, as the API knows them.`);
    await requireAbsence(context, `file "${id}"`, placeIn(state));
    return "not-found";
  },

  /** Nothing of a file can be changed: all there is to do is to look at it again. */
  async update(context, id, state, inputs) {
    const { collectionId, memberId } = parseMemberId("file", id);
    const file = await unlessNotFound(context.client.files.get(collectionId, memberId));
    if (file && sameText(file.filename, state.filenameInApi ?? state.filename ?? "")) found(context, state);
    await requirePlace(context, collectionId, placeIn(state));
    if (!file) throw new Error(`The file "${id}" is gone from the API. Run "pulumi up --refresh" to upload it again.`);
    await settleAbandoned(context, "file", inputs.owner, async (creation) => {
      for (const left of leftBy(creation)) if (left !== id) await deleteFile(context, left);
    });
    return settle(context, inputs, { owner: inputs.owner ?? state.owner, claim: state.claim, ...context.places.current }, file);
  },

  async delete(context, id, state) {
    const { collectionId, memberId } = parseMemberId("file", id);
    const { client, files, ownership } = context;
    const what = `file "${id}"`;
    const file = await fileOf(context, collectionId, memberId);
    if (!file) return requireAbsence(context, what, placeIn(state));
    if (ownership.isHeldByAnother(id, state.claim)) return kept(context, what, "another resource of this stack has taken it over");
    if (state.filename !== undefined && !sameText(file.filename, state.filenameInApi ?? state.filename)) return kept(context, what, `${context.confidential ? "it has another name" : `it is named "${file.filename}"`}, and so it is not the one that was deployed`);
    await requireGone(context, {
      what,
      remove: () => client.files.delete(collectionId, memberId),
      isThere: async () => (await unlessNotFound(files.after(collectionId)))?.has(memberId) === true,
    });
    ownership.released(id, state.claim);
  },
} satisfies Lifecycle<Inputs, State>;

/** Notes that this is the place where the file of a state is. */
function found({ places }: Context, state: Partial<State>): Pick<State, "origin" | "account"> {
  places.found(placeIn(state));
  return places.current;
}

async function fileOf({ client, files }: Context, collectionId: string, fileId: string): Promise<File | undefined> {
  return (await unlessNotFound(files.recent(collectionId)))?.get(fileId) ?? (await unlessNotFound(client.files.get(collectionId, fileId)));
}
