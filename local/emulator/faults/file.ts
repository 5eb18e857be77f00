import { readFileSync } from "node:fs";
import { z } from "zod";
import type { FaultInput } from "./fault.js";
import { parseFault } from "./plan.js";

/** Reads a list of faults from a JSON file. @throws Error that names the file and what is wrong in it. */
export function readFaults(path: string): FaultInput[] {
  try {
    return z
      .array(z.unknown())
      .parse(JSON.parse(readFileSync(path, "utf8")))
      .map(parseFault);
  } catch (error) {
    throw new Error(
      `The file of faults ${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
