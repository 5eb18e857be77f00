import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "./error-code.js";
import type { Random } from "./random.js";

/** A key of the emulator's own making is told from a real one by this. */
const PREFIX = "emulator-";

/** A new key. */
export const newKey = (random: Random): string => PREFIX + random.secret(32);

/** The key kept in a data folder; made, readable by its owner alone, on the first start. */
export function keptKey(folder: string, random: Random): string {
  const path = join(folder, "key");
  try {
    const key = readFileSync(path, "utf8").trim();
    if (key !== "") {
      chmodSync(path, 0o600);
      return key;
    }
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
  const key = newKey(random);
  writeFileSync(path, `${key}\n`, { mode: 0o600 });
  return key;
}
