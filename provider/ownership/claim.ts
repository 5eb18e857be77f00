import { randomBytes } from "node:crypto";
import type { Creation } from "./journal.js";
import { sameOwner, type Tag } from "./tag.js";

const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 10;

/**
 * Ten letters (50 bits) drawn at random: what proves that something is a resource's own. The resource's state holds it
 * from its creation to its deletion, and nobody else can have it.
 */
export function newClaim(): string {
  return Array.from(randomBytes(LENGTH), (byte) => LETTERS.charAt(byte % LETTERS.length)).join("");
}

/** What a resource's state knows of itself. */
export interface Claimant {
  readonly owner: string;
  readonly claim: string;
  /** Claims of interrupted creations of this very resource: what bears them is its own as well. */
  readonly former: ReadonlySet<string>;
}

/** What states say of whose their objects are, and where. A state of the first format says less. */
export interface OwnedState {
  /** Names the managing resource: `ownerOf` its URN. Of an item what its tag names; empty where the tag is gone. */
  readonly owner?: string | undefined;
  /** Proves that something is this very resource's; empty where another one has taken it over. */
  readonly claim?: string | undefined;
  /** Stands in a state of the first format in the place of the claim. */
  readonly generation?: number | undefined;
  /** Claims of interrupted creations of this resource. What they make late is its own. */
  readonly formerClaims?: readonly string[] | undefined;
  /** Whether something of the inputs is secret. */
  readonly confidential?: boolean | undefined;
  /** The scheme, host and port of the API that holds it. */
  readonly origin?: string | undefined;
  /** Stands for the key that it was last seen with. */
  readonly account?: string | undefined;
}

/** The claimant that a state names. */
export function claimantIn(state: OwnedState): Claimant {
  return { owner: state.owner ?? "", claim: claimOf(state), former: new Set(state.formerClaims ?? []) };
}

/** The claim in a state. A state of the first format has a number of the successor in its place, which proves less. */
export function claimOf({ claim, generation }: { readonly claim?: unknown; readonly generation?: unknown }): string {
  if (typeof claim === "string") return claim;
  return typeof generation === "number" ? generation.toString(36) : "";
}

/** Whether a claim can prove by itself that something is a resource's. */
export function isProof(claim: string): boolean {
  return claim.length === LENGTH;
}

/** Whether a tag says that an item is managed by this very resource. */
export function bears(tag: Tag | undefined, claimant: Claimant): boolean {
  if (tag === undefined) return false;
  const isCurrent = tag.claims.includes(claimant.claim) && (isProof(claimant.claim) || sameOwner(tag, claimant));
  return isCurrent || tag.claims.some((claim) => claimant.former.has(claim));
}

/** The claims of a tag besides a resource's own. */
export function othersIn(
  tag: Tag | undefined,
  { claim, former }: Pick<Claimant, "claim" | "former">,
): readonly string[] {
  return (tag?.claims ?? []).filter((other) => other !== claim && !former.has(other));
}

/**
 * The claims of creations that go on in another one, as the state of that one keeps them. Those that had ended have
 * made nothing since.
 */
export function formerClaims(abandoned: readonly Creation[]): readonly string[] | undefined {
  const open = abandoned.filter(({ returned }) => returned !== true).map(({ claim }) => claim);
  return open.length === 0 ? undefined : open;
}
