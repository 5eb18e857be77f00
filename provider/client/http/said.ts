/**
 * Texts of an answer that go on into messages and states. What is taken out here cannot be cut in two afterwards and
 * show half.
 */
import { z } from "zod";
import type { Settings } from "./settings.js";

type Told = z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>;

/** A name, a description, a word or a reason, without the key. */
export function saidText({ redact }: Pick<Settings, "redact">): Told {
  return z.string().transform(redact);
}

/** ISO 8601, RFC 9110 and numbers: no other words. */
const TIME =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|GMT|UTC|[\dTZ:.,+ -]){1,40}$/u;

/**
 * A time as the API writes it, without the key. Where something secret is worked on, what is no time is left empty: it
 * could be anything.
 */
export function timeText({ redact, confidential }: Pick<Settings, "redact" | "confidential">): Told {
  return z.string().transform((text) => (confidential && !TIME.test(text) ? "" : redact(text)));
}
