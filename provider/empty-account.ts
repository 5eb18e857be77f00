import type { Context } from "./lifecycle.js";

/** Says what may be behind it when something is gone from an account that has nothing at all. @param what - e.g. `file "kb/1"`. */
export async function warnIfAccountIsEmpty({ client, log }: Context, what: string): Promise<void> {
  if ((await client.collections.list()).length > 0) return;
  log.warn(`The ${what} is gone, and the account has no collection at all: the key may belong to another subscription than the one it was made with.`);
}
