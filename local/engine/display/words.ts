import type { Op } from "../plan/step.js";

/** How a step is shown: its sign, and what it is called before, while and after it happens. */
type Words = readonly [sign: string, plan: string, doing: string, done: string];

export const WORDS: Readonly<Record<Op, Words>> = {
  same: ["  ", "", "", ""],
  create: ["+ ", "create", "creating", "created"],
  update: ["~ ", "update", "updating", "updated"],
  delete: ["- ", "delete", "deleting", "deleted"],
  replace: ["+-", "replace", "replacing", "replaced"],
  "create-replacement": ["++", "create replacement", "creating replacement", "created replacement"],
  "delete-replaced": ["--", "delete original", "deleting original", "deleted original"],
  read: ["> ", "read", "reading", "read"],
  "read-replacement": [">>", "read for replacement", "reading for replacement", "read for replacement"],
  discard: ["< ", "discard", "discarding", "discarded"],
  "discard-replaced": ["<<", "discard original", "discarding original", "discarded original"],
  refresh: ["~ ", "refresh", "refreshing", "refresh"],
};

/** The changes, in the order of the summary: to read something or to let it go is none. */
export const CHANGES = ["create", "update", "delete", "replace"] as const satisfies readonly Op[];
