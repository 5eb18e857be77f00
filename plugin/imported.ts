/** Objects that were there before the stack, and that `pulumi import` or `.get` has read. */
import { isBeginningOf } from "../provider/functions/located.js";
import { newClaim } from "../provider/ownership/claim.js";
import type { Properties } from "../provider/engine/values.js";
import type { Context } from "../provider/session/context.js";
import { without } from "./values.js";

/** What an import brings into a stack. */
export interface Imported {
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/**
 * Makes of what was read of an object without a state the inputs with which a program declares it as it is, and outputs
 * by which a stack can manage it from then on.
 *
 * @param name the resource, as `Item`.
 */
export async function imported(name: string, outputs: Properties, { client }: Context): Promise<Imported> {
  const { collectionId, itemId, filename, description, contentHash } = outputs;
  switch (name) {
    case "Collection":
      // What it holds is not this stack's.
      return { inputs: { name: outputs["name"] }, outputs: { ...outputs, adopted: true } };
    case "Item": {
      const { content } = await client.items.get(String(collectionId), String(itemId));
      // A title that the API has made of the content counts as not declared.
      const declared = typeof description === "string" && !isBeginningOf(content, description) ? { description } : {};
      return {
        inputs: { collectionId, content, contentHash, ...declared },
        outputs: { ...without(outputs, "description"), ...declared, claim: newClaim() },
      };
    }
    default:
      return { inputs: { collectionId, filename }, outputs };
  }
}

/**
 * Whether inputs are all that an import can know, so that there is nothing to check: the API does not give a file's
 * bytes back, and the program names its source later.
 */
export function isWhatIsKnown(name: string, news: Properties): boolean {
  return name === "File" && news["source"] === undefined;
}

/** The inputs that a read has found: of an item that has no tag yet, nobody is the owner. */
export function asFound(inputs: Properties): Properties {
  return inputs["owner"] === "" ? without(inputs, "owner") : inputs;
}

/**
 * The state of an imported object as it is compared. The comparison of the import itself finds no difference, since the
 * engine imports nothing that differs, nor does one with what the import has noted; a later deployment puts the tag
 * there.
 *
 * @param isImport whether this process has imported the object.
 * @param before the inputs of the state. @param news those of the program.
 */
export function asCompared(isImport: boolean, state: Properties, before: Properties, news: Properties): Properties {
  const isUntagged = state["owner"] === "" && (isImport || news["owner"] === undefined);
  const isBare = state["fileId"] !== undefined && state["contentHash"] === undefined && state["error"] === undefined;
  return {
    ...state,
    ...(isUntagged && { owner: news["owner"] }),
    // The API gives no bytes back: they are taken to be those that the program has named first.
    ...(isBare && { contentHash: before["contentHash"] ?? news["contentHash"] }),
  };
}
