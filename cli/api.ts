import type { Client } from "../provider/client/index.js";
import { session } from "../provider/session/session.js";

/** The API, with the key and the address of the environment. */
export function openApi(): { client: Client; concurrency: number } {
  const { client, concurrency } = session().context(() => undefined);
  return { client, concurrency };
}
