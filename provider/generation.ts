/**
 * The generation of what the state holds, by owner.
 *
 * The engine checks a resource that it is about to replace twice, the second time as if there were nothing yet. What
 * the first check has seen tells the second that a successor is being made, and the successor's marker then differs
 * from the one of what is in place even where their contents are equal.
 */
const inPlace = new Map<string, number>();

/** Who manages a resource's items, and how many times the resource has been replaced. */
export interface Ownership {
  readonly owner: unknown;
  readonly generation: number;
}

/** The owner that is stored already, so that a rename changes nothing, or else the one that the class hands in. */
export function ownershipOf(olds: Readonly<Record<string, unknown>>, declared: unknown): Ownership {
  const stored = typeof olds["owner"] === "string" && olds["owner"] !== "" ? olds["owner"] : undefined;
  const owner = stored ?? declared;
  if (typeof owner !== "string") return { owner, generation: 0 };
  if (stored === undefined) {
    const replaced = inPlace.get(owner);
    return { owner, generation: replaced === undefined ? 0 : replaced + 1 };
  }
  const generation = typeof olds["generation"] === "number" ? olds["generation"] : 0;
  inPlace.set(owner, generation);
  return { owner, generation };
}
