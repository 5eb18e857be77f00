import { unlessNotFound } from "../../api/not-found.js";
import type { File } from "../../client/index.js";
import { createOnRecord, settleAbandoned } from "../../ownership/creation.js";
import { sameText } from "../../ownership/comparable.js";
import { kept } from "../../ownership/deletion.js";
import { parseMemberId, removeMember, requireAbsentMember, requireMember } from "../../ownership/member.js";
import { placeIn, requireAbsence } from "../../ownership/place.js";
import { diff, type Difference } from "../../pulumi/diff.js";
import type { Lifecycle } from "../../pulumi/lifecycle.js";
import type { Context } from "../../session/context.js";
import { asFound, isGoing, isUnchanged, settle } from "./ingestion.js";
import { check, fields, type Inputs, type State } from "./schema.js";
import { deleteFile, leftBy, upload, whereOffered } from "./upload.js";

/** A file of a collection: a document that the API cuts into items by itself, behind the upload. It never changes. */
export const lifecycle = {
  check,

  /**
   * Besides changes of the inputs: a file whose ingestion failed is recreated, and one that is to be waited for is
   * waited for as long as ingestion goes on. How far ingestion is makes no other difference.
   */
  diff(state, inputs): Difference {
    const { changes, replaces } = diff(fields, state, inputs);
    const isBroken = state["status"] === "failed" || (state["error"] ?? undefined) !== undefined;
    if (isBroken) return { changes: true, replaces: replaces.length > 0 ? replaces : ["status"] };
    return { changes: changes || (inputs["waitForIngestion"] !== false && isGoing(state["status"])), replaces };
  },

  create(context, inputs) {
    const { collectionId, contentHash, owner } = inputs;
    if (context.confidential) context.ownership.hasSecretFile(collectionId);
    const subject = { kind: "file", owner: owner ?? "", collectionId, contentHash } as const;
    return createOnRecord(context, subject, async (begun, abandoned) => {
      const held = { owner, claim: begun.claim, ...context.places.current };
      const file = await upload(context, inputs, held, begun, abandoned);
      return { id: `${collectionId}/${file.id}`, state: await settle(context, inputs, held, file) };
    });
  },

  async read(context, id, state) {
    const { collectionId, memberId } = parseMemberId("file", id);
    const isManaged = state.fileId !== undefined;
    const listed = isManaged ? (await unlessNotFound(context.files.recent(collectionId)))?.get(memberId) : undefined;
    const isAsListed = listed !== undefined && isUnchanged(state, listed);
    const file = isAsListed ? listed : await unlessNotFound(context.client.files.get(collectionId, memberId));
    if (!file) return requireAbsentMember(context, "file", id, state);
    if (isManaged) context.places.found(placeIn(state));
    const found = isAsListed ? (state as State) : asFound(collectionId, state, file);
    return { id, state: { ...found, ...context.places.current } };
  },

  /** Nothing of a file can be changed: all there is to do is to look at it again. */
  async update(context, id, state, inputs) {
    const { collectionId, memberId } = parseMemberId("file", id);
    const found = await unlessNotFound(context.client.files.get(collectionId, memberId));
    const isOwn = found !== undefined && sameText(found.filename, state.filenameInApi ?? state.filename ?? "");
    const file = await requireMember(context, "file", id, { state, found, isOwn });
    await settleAbandoned(context, "file", inputs.owner, async (creation) => {
      for (const left of leftBy(creation)) if (left !== id) await deleteFile(context, left);
    });
    const held = { owner: inputs.owner ?? state.owner, claim: state.claim, ...context.places.current };
    return settle(context, inputs, held, file);
  },

  async delete(context, id, state) {
    const { ownership } = context;
    const member = parseMemberId("file", id);
    const what = `file "${id}"`;
    const file = await fileOf(context, member);
    if (!file) return requireAbsence(context, what, placeIn(state));
    const reason = reasonToKeep(context, id, state, file);
    if (reason !== undefined) return kept(context, what, reason);
    await whereOffered(context, id, removeMember(context, "file", member));
    ownership.released(id, state.claim);
  },
} satisfies Lifecycle<Inputs, State>;

function reasonToKeep(
  { ownership, confidential }: Context,
  id: string,
  state: Partial<State>,
  file: File,
): string | undefined {
  if (ownership.isHeldByAnother(id, state.claim)) return "another resource of this stack has taken it over";
  if (state.filename === undefined || sameText(file.filename, state.filenameInApi ?? state.filename)) return undefined;
  const name = confidential ? "it has another name" : `it is named "${file.filename}"`;
  return `${name}, and so it is not the one that was deployed`;
}

type FileId = ReturnType<typeof parseMemberId>;

async function fileOf({ client, files }: Context, { collectionId, memberId }: FileId): Promise<File | undefined> {
  const listed = await unlessNotFound(files.recent(collectionId));
  return listed?.get(memberId) ?? (await unlessNotFound(client.files.get(collectionId, memberId)));
}
