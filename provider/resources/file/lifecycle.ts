import { warnIfAccountIsEmpty } from "../../empty-account.js";
import type { Lifecycle } from "../../lifecycle.js";
import { parseMemberId } from "../../member-id.js";
import { unlessNotFound } from "../../not-found.js";
import { check } from "./check.js";
import { settle } from "./ingestion.js";
import { remember, rememberReplacement } from "./managed.js";
import type { Inputs, State } from "./schema.js";
import { asFound, difference, isUnchanged } from "./state.js";
import { upload } from "./upload.js";

/** A file of a collection: a document that the API cuts into items by itself, behind the upload. It never changes. */
export const lifecycle = {
  check,

  diff(state, inputs) {
    remember(state);
    const found = difference(state, inputs);
    if (found.replaces.length > 0) rememberReplacement(inputs);
    return found;
  },

  async create(context, inputs) {
    const file = await upload(context, inputs);
    return { id: `${inputs.collectionId}/${file.id}`, state: await settle(context, inputs, file) };
  },

  async read(context, id, state) {
    const { collectionId, memberId } = parseMemberId("file", id);
    const managed = state.fileId !== undefined;
    const listed = managed ? (await unlessNotFound(context.files.recent(collectionId)))?.get(memberId) : undefined;
    if (listed && isUnchanged(state, listed)) return { id, state: state as State };
    const file = await unlessNotFound(context.client.files.get(collectionId, memberId));
    if (file) return { id, state: asFound(collectionId, state, file) };
    if (!managed) throw new Error(`There is no file "${id}" to read. An id is <collection id>/<file id>, as the API knows them.`);
    await warnIfAccountIsEmpty(context, `file "${id}"`);
    return "gone";
  },

  /** Nothing of a file can be changed: all there is to do is to look at it again. */
  async update(context, id, _state, inputs) {
    const { collectionId, memberId } = parseMemberId("file", id);
    return settle(context, inputs, await context.client.files.get(collectionId, memberId));
  },

  async delete(context, id) {
    const { collectionId, memberId } = parseMemberId("file", id);
    await unlessNotFound(context.client.files.delete(collectionId, memberId));
  },
} satisfies Lifecycle<Inputs, State>;
