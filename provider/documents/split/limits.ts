/** A chunk's most tokens by the estimate, where nothing else is said. */
export const DEFAULT_MAX_TOKENS = 384;

/** The least that may be asked for: a chunk of fewer has hardly room for its heading path. */
export const MIN_MAX_TOKENS = 64;
