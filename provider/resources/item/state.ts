import type { ItemSummary } from "../../client/index.js";
import { sha256 } from "../../hash.js";
import { readDescription } from "../../marker.js";
import type { Properties } from "../../values.js";
import type { WholeItem } from "./left-behind.js";
import type { Inputs, State } from "./schema.js";

/** What the state holds of an item that was just written. */
export function stateOf(inputs: Inputs, item: ItemSummary, tokens: number): State {
  const { marker, title } = readDescription(item.description);
  return {
    collectionId: inputs.collectionId,
    itemId: item.id,
    contentHash: inputs.contentHash,
    created: item.created,
    tokens,
    description: inputs.description === undefined ? undefined : title,
    owner: marker?.owner ?? "",
    generation: inputs.generation,
    asset: typeof inputs.content === "string" ? undefined : true,
  };
}

/** Whether an item in the list is as the state says. A description that the program does not declare may be any. */
export function isUnchanged(state: Partial<State>, item: ItemSummary | undefined): boolean {
  if (!item) return false;
  const { marker, title } = readDescription(item.description);
  return state.owner === (marker?.owner ?? "") && (state.description === undefined || state.description === title);
}

/**
 * What the state shall hold of an item that was looked up. Where it drifted, the inputs follow, so that the next preview
 * shows the drift property by property.
 */
export function asFound(collectionId: string, state: Partial<State>, item: WholeItem): { state: State; inputs?: Properties } {
  if (isUnchanged(state, item)) return { state: state as State };
  const { marker, title } = readDescription(item.description);
  const undeclared = state.itemId !== undefined && state.description === undefined;
  const found: State = {
    collectionId,
    itemId: item.id,
    contentHash: sha256(item.content),
    created: item.created,
    tokens: state.tokens ?? 0,
    description: undeclared ? undefined : title,
    owner: marker?.owner ?? "",
    generation: state.generation ?? 0,
    asset: state.asset,
  };
  // The text of an asset stays out of the state, and nothing stands in for it: there the outputs alone tell the drift.
  if (state.itemId === undefined || state.asset) return { state: found };
  const { contentHash, description, generation } = found;
  return { state: found, inputs: { collectionId, content: item.content, contentHash, description, owner: state.owner, generation } };
}
