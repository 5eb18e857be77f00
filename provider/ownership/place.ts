import { createHash } from "node:crypto";
import { z } from "zod";
import type { Context } from "../lifecycle.js";

/** Where an object is kept: which API, and under which key. */
export interface Place {
  /** The scheme, host and port of the API. */
  readonly origin: string;
  /** Stands for the key: eight hexadecimal digits of a hash, from which nothing can be learned of the key. */
  readonly account: string;
}

/** Where an object was kept when it was last seen; a state of the first format does not say. */
export type KnownPlace = { readonly [Part in keyof Place]?: Place[Part] | undefined };

/** What the key is known by in states. A key is too long to be found by trying, and 32 bits fit a great many keys. */
export function accountOf(apiKey: string): string {
  return createHash("sha256").update(`vultr-inference account\n${apiKey}`, "utf8").digest("hex").slice(0, 8);
}

/** The places that are known to be where this process looks now, since something of theirs was found here. */
export class Places {
  readonly #here = new Set<string>();

  constructor(readonly current: Place) {}

  /** Notes that an object was found that was made in a place. */
  found(state: KnownPlace): void {
    this.#here.add(textOf(state));
  }

  /** Whether something that was made in a place must be here, if it is anywhere. */
  isHere(state: KnownPlace): boolean {
    return (isCurrent(state.origin, this.current.origin) && isCurrent(state.account, this.current.account)) || this.#here.has(textOf(state));
  }
}

function isCurrent(known: string | undefined, current: string): boolean {
  return known === undefined || known === current;
}

function textOf({ origin, account }: KnownPlace): string {
  return JSON.stringify([origin, account]);
}

/**
 * Answers where an object is gone for certain: the API says so, at the address and under the key that it was made with, or
 * where something else of this stack has been found.
 *
 * @param what names it, as in `item "kb/1"`.
 * @throws Error where it may be elsewhere, with the ways out.
 */
export async function requireAbsence({ places, ownership }: Pick<Context, "places" | "ownership">, what: string, state: KnownPlace): Promise<void> {
  if (places.isHere(state)) return;
  // Others of the same place may be found meanwhile.
  await ownership.quiet();
  if (places.isHere(state)) return;
  const { origin, account } = places.current;
  const isElsewhere = !isCurrent(state.origin, origin);
  const was = isElsewhere ? `at ${state.origin ?? ""}` : `with another API key (fingerprint ${state.account ?? ""})`;
  const is = isElsewhere ? `at ${origin}` : `with the key that is used now (fingerprint ${account})`;
  const back = isElsewhere ? "set vultr-inference:baseUrl (or VULTR_INFERENCE_BASE_URL) back" : "use a key of the inference subscription that holds it";
  throw new Error(
    `The ${what} was deployed ${was} and is not found ${is}. That does not mean that it is gone, so nothing was changed. ` +
      `To go on, ${back}, or use another stack for the other ${isElsewhere ? "API" : "subscription"}. ` +
      `If it is gone for certain, remove it from the state with "pulumi state delete".`,
  );
}

const placed = z.looseObject({ origin: z.string().optional(), account: z.string().optional() });

/** The place that a state names. */
export function placeIn(state: object): KnownPlace {
  return placed.safeParse(state).data ?? {};
}
