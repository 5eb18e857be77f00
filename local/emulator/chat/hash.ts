import { createHash } from "node:crypto";

/** A number below 2³² that only depends on a text. */
export const hashOf = (text: string): number => createHash("sha256").update(text).digest().readUInt32BE(0);
