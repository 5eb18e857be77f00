import { readFileSync } from "node:fs";
import { z } from "zod";

/**
 * How the API behaves where nobody is sure, or where it has changed. The default of each is what was seen last of the
 * live API.
 */
export interface Behavior {
  /**
   * A collection whose id is taken: `refused` with 422 (default), made with a `suffix`, or answered with the `existing`
   * one.
   */
  readonly takenName: "refused" | "suffix" | "existing";
  /** What becomes of an underscore of a name in the id: `kept` (default) or `dropped`. */
  readonly underscore: "kept" | "dropped";
  /** Status for an unknown collection, and for one that is not there yet. Default 404. */
  readonly unknownCollection: 404 | 422;
  /** Items that a search answers: `all` of the collection (default) or at most so many. */
  readonly searchResults: "all" | number;
  /** Models that are not in the list: `refused` with 422 (default) or `answered`. */
  readonly unknownModel: "refused" | "answered";
  /** Voices that are not in the list: `refused` with 422 (default) or `spoken`. */
  readonly unknownVoice: "refused" | "spoken";
  /**
   * The list of models: with modalities and prices (`2026`, default), or with `object`, `owned_by` and `features`
   * (`2025`).
   */
  readonly modelList: "2026" | "2025";
  /** Whether the list of models needs no key. Default true. */
  readonly openModelList: boolean;
  /** The list of voices: objects in `data` (default), or names in `voices`. */
  readonly voiceList: "data" | "voices";
  /** Whether `/audio/models` is there. Default true. */
  readonly audioModels: boolean;
  /** Whether `/logs` is there. Default true. */
  readonly logs: boolean;
  /** Whether a file can be deleted. Default true. */
  readonly deleteFile: boolean;
}

const schema = z
  .strictObject({
    takenName: z.enum(["refused", "suffix", "existing"]).default("refused"),
    underscore: z.enum(["kept", "dropped"]).default("kept"),
    unknownCollection: z.union([z.literal(404), z.literal(422)]).default(404),
    searchResults: z.union([z.literal("all"), z.int().min(0)]).default("all"),
    unknownModel: z.enum(["refused", "answered"]).default("refused"),
    unknownVoice: z.enum(["refused", "spoken"]).default("refused"),
    modelList: z.enum(["2026", "2025"]).default("2026"),
    openModelList: z.boolean().default(true),
    voiceList: z.enum(["data", "voices"]).default("data"),
    audioModels: z.boolean().default(true),
    logs: z.boolean().default(true),
    deleteFile: z.boolean().default(true),
  })
  .readonly();

/**
 * The behaviour with its defaults filled in.
 *
 * @param given - what is otherwise, or a JSON file that says so.
 * @throws Error that names every property that is wrong.
 */
export function behaviorOf(given: Partial<Behavior> | string = {}): Behavior {
  const what = typeof given === "string" ? `The file ${given}` : "like";
  const result = schema.safeParse(typeof given === "string" ? contentOf(given) : given);
  if (result.success) return result.data;
  throw new Error(`${what} cannot be used: ${z.prettifyError(result.error).replace(/\s+/g, " ")}`);
}

function contentOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`The file ${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}
