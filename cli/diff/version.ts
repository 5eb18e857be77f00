import type { Declared } from "./program/recorder.js";
import type { Declarations } from "./program/run.js";

/** A version of a program, and what it declares. */
export interface Version extends Declarations {
  /** As a person would say it, at the beginning of a sentence. */
  readonly label: string;
  /** The folder in which it runs. */
  readonly workDir: string;
  /** The root of the files that are of this version. */
  readonly root: string;
}

/** A resource in both versions, by what the later one calls it. */
export interface Pair {
  readonly urn: string;
  readonly was?: Declared;
  readonly is?: Declared;
}
