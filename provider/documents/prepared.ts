import { Reader } from "./reading/reader.js";
import type { SplitDocument } from "./split-document.js";

/**
 * What a process keeps of documents from one call of the engine to the next, since the process that checks a resource
 * also makes it.
 */
export class PreparedDocuments {
  /** The texts that programs declare, by their hash. */
  readonly texts = new Map<string, string>();
  /** What was split and not yet used, by fingerprint. */
  readonly split = new Map<string, SplitDocument>();

  constructor(readonly reader: Reader = new Reader()) {}
}
