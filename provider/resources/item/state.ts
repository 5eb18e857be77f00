import { isDeepStrictEqual } from "node:util";
import type { ItemSummary } from "../../client/index.js";
import { clean } from "../../text/clean.js";
import { diff, type Difference } from "../../pulumi/diff.js";
import { sha256 } from "../../inputs/hash.js";
import type { Context } from "../../session/context.js";
import { bears, claimantIn } from "../../ownership/claim.js";
import { comparableHash } from "../../ownership/comparable.js";
import { readDescription, sameHash, sameOwner } from "../../ownership/tag.js";
import type { Properties } from "../../engine/values.js";
import { fields, type Inputs, type State } from "./schema.js";

/** An item with its content, as a request for this one item answers it. */
export interface WholeItem extends ItemSummary {
  readonly content: string;
}

/** What the state holds of an item that was just written. */
export function stateOf({ places }: Pick<Context, "places">, inputs: Inputs, item: ItemSummary, { claim, formerClaims, tokens }: Pick<State, "claim" | "formerClaims" | "tokens">): State {
  const { tag, title } = readDescription(item.description);
  const { description, collectionId, contentHash, content, confidential } = inputs;
  const { origin, account } = places.current;
  return {
    collectionId,
    itemId: item.id,
    contentHash,
    created: item.created,
    tokens,
    description,
    descriptionInApi: description === undefined || description === title ? undefined : title,
    owner: tag && sameOwner(tag, inputs) ? inputs.owner : (tag?.owner ?? ""),
    claim,
    formerClaims,
    confidential,
    asset: typeof content === "string" ? undefined : true,
    origin,
    account,
  };
}

/** Whether an item in the list is as the state says. A description that the program does not declare may be any. */
export function isUnchanged(state: Partial<State>, item: ItemSummary | undefined): boolean {
  if (!item) return false;
  const { tag, title } = readDescription(item.description);
  const isOwn = bears(tag, claimantIn(state)) && tag !== undefined && sameOwner(tag, { owner: state.owner ?? "" });
  return isOwn && (state.description === undefined || title === (state.descriptionInApi ?? state.description));
}

/**
 * What the state shall hold of an item that was looked up. Where it drifted, the inputs follow, so that the next preview
 * shows the drift property by property.
 */
export function asFound(context: Pick<Context, "places">, collectionId: string, state: Partial<State>, item: WholeItem, leftovers: readonly string[] | undefined): { state: State; inputs?: Properties } {
  const { origin, account } = context.places.current;
  const current = { origin, account, leftovers };
  if (isUnchanged(state, item)) return { state: { ...(state as State), ...current } };
  const { tag, title } = readDescription(item.description);
  const isManaged = state.itemId !== undefined;
  const isOwn = isManaged && tag !== undefined && bears(tag, claimantIn(state));
  const isLost = isManaged && tag !== undefined && !isOwn;
  const found: State = {
    ...state,
    collectionId,
    itemId: item.id,
    contentHash: isOwn && sameHash(tag.hash, comparableHash(item.content)) ? (state.contentHash ?? "") : sha256(item.content),
    created: item.created,
    tokens: state.tokens ?? 0,
    description: isManaged && state.description === undefined ? undefined : title === state.descriptionInApi ? state.description : clean(title),
    descriptionInApi: title === state.descriptionInApi ? title : undefined,
    owner: tag?.owner ?? "",
    ...(isLost && { claim: "" }),
    ...current,
  };
  // The text of an asset stays out of the state, and nothing stands in for it: there the outputs alone tell the drift.
  if (!isManaged || state.asset) return { state: found };
  const { contentHash, description } = found;
  return { state: found, inputs: { collectionId, content: item.content, contentHash, description, owner: state.owner, confidential: state.confidential } };
}

/** Besides changes of the inputs: an item that another resource has taken over gets a successor, and what came too late goes. */
export function difference(state: Properties, inputs: Properties): Difference {
  const { changes, replaces } = diff(fields, state, inputs);
  if (state["claim"] === "") return { changes: true, replaces: replaces.length > 0 ? replaces : ["owner"] };
  return { changes: changes || !isDeepStrictEqual(state["leftovers"] ?? [], []), replaces };
}
