import type { ItemSummary } from "../../client/index.js";
import type { Context } from "../../session/context.js";
import { tagged } from "../../ownership/tagged.js";

/**
 * The items that a replaced resource has left for the engine to delete in the end of the deployment: the program declares
 * their resource, and it has another claim by now. An answer out of them would be none tomorrow.
 */
export function supersededIn({ ownership }: Pick<Context, "ownership">, items: Iterable<ItemSummary>): ReadonlySet<string> {
  const old = tagged(items).filter(({ tag }) => {
    const claim = ownership.claimOfDeclared(tag.owner);
    return claim !== undefined && !tag.claims.includes(claim);
  });
  return new Set(old.map(({ id }) => id));
}
