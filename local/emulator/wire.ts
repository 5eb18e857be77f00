import { z } from "zod";

/** Text of a request. A half surrogate pair has no UTF-8 form: it becomes U+FFFD here, not later in the store. */
export const text = (): z.ZodType<string> =>
  z
    .string({ error: (issue) => (issue.input === undefined ? "is required" : "must be a string") })
    .transform(wellFormed);

/** Text that must not be empty. */
export const someText = (): z.ZodType<string> => text().refine((value) => value !== "", { error: "must not be empty" });

/** What may be left out; null says the same. */
export const optional = <T>(schema: z.ZodType<T>): z.ZodType<T | undefined> =>
  schema.nullish().transform((value) => value ?? undefined);

function wellFormed(value: string): string {
  return Buffer.from(value, "utf8").toString("utf8");
}
