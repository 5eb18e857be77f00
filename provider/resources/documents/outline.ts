import { appendFileSync } from "node:fs";
import { z } from "zod";
import { documentKey } from "../../piece-marker.js";
import { piecesWithoutText } from "./review.js";
import type { Scan } from "./scan.js";
import type { Inputs } from "./schema.js";

/** Names a file to which a check writes what it has found, instead of judging it: for whoever compares two versions of a program. */
export const OUTLINE_VARIABLE = "VULTR_INFERENCE_OUTLINE";

const piece = z.object({ document: z.string(), hash: z.string(), tokens: z.number(), section: z.string() });
const document = z.object({ name: z.string(), fingerprint: z.string(), tokens: z.number(), pieces: z.array(piece) });
const outline = z.object({
  urn: z.string(),
  documents: z.array(document),
  /** What is wrong with the source, by property. */
  problems: z.array(z.object({ property: z.string(), reason: z.string() })),
  maxDeletePercent: z.number().optional(),
  tokenBudget: z.number().optional(),
  /** Names of a secret source are replaced, and its sections left out. */
  confidential: z.boolean(),
});

/** What a program declares as documents, without their text. */
export type Outline = z.output<typeof outline>;
/** One of them. */
export type OutlinedDocument = z.output<typeof document>;

/** Writes down what was found, where the variable asks for it. @returns whether it did. */
export async function outlined({ documents, problems }: Scan, { resourceUrn = "", maxDeletePercent, tokenBudget, confidential = false }: Inputs): Promise<boolean> {
  const path = process.env[OUTLINE_VARIABLE];
  if (path === undefined || path === "") return false;
  const all: OutlinedDocument[] = [];
  for (const { name, fingerprint, tokens, cut } of documents) {
    const shown = confidential ? documentKey(name) : name;
    const pieces = piecesWithoutText(shown, await cut());
    all.push({ name: shown, fingerprint, tokens, pieces: confidential ? pieces.map((one) => ({ ...one, section: "" })) : pieces });
  }
  const told = confidential ? problems.map(({ property }) => ({ property, reason: "has a problem that is not shown, since it is secret" })) : [...problems];
  const line: Outline = { urn: resourceUrn, documents: all, problems: told, maxDeletePercent, tokenBudget, confidential };
  appendFileSync(path, `${JSON.stringify(line)}\n`);
  return true;
}

/** Reads such a file. Of a resource that was checked twice the last counts. */
export function readOutlines(text: string): ReadonlyMap<string, Outline> {
  const lines = text.split("\n").filter((line) => line !== "").map((line) => outline.parse(JSON.parse(line)));
  return new Map(lines.map((one) => [one.urn, one]));
}
