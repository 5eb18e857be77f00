import { createHash, timingSafeEqual } from "node:crypto";
import { ApiError } from "../errors.js";

/** Checks the Authorization header: none is a 401, a wrong one a 422, as the live API answers. */
export function checkKey(header: string | undefined, key: string): void {
  const given = /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
  if (given === undefined) throw new ApiError(401, "No API key provided", { "www-authenticate": "Bearer" });
  if (!timingSafeEqual(digest(given), digest(key))) throw new ApiError(422, "Invalid API key");
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
