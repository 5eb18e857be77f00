import type { Op } from "../plan/step.js";

/** How a step is shown: its sign, and what it is called before, while and after it happens. */
export interface Words {
  readonly sign: string;
  readonly color: "green" | "yellow" | "red" | "cyan" | "plain";
  readonly plan: string;
  readonly doing: string;
  readonly done: string;
}

export const WORDS: Readonly<Record<Op, Words>> = {
  same: { sign: "  ", color: "plain", plan: "", doing: "", done: "" },
  create: { sign: "+ ", color: "green", plan: "create", doing: "creating", done: "created" },
  update: { sign: "~ ", color: "yellow", plan: "update", doing: "updating", done: "updated" },
  delete: { sign: "- ", color: "red", plan: "delete", doing: "deleting", done: "deleted" },
  replace: { sign: "+-", color: "cyan", plan: "replace", doing: "replacing", done: "replaced" },
  "create-replacement": {
    sign: "++",
    color: "green",
    plan: "create replacement",
    doing: "creating replacement",
    done: "created replacement",
  },
  "delete-replaced": {
    sign: "--",
    color: "red",
    plan: "delete original",
    doing: "deleting original",
    done: "deleted original",
  },
  read: { sign: "> ", color: "cyan", plan: "read", doing: "reading", done: "read" },
  "read-replacement": {
    sign: ">>",
    color: "cyan",
    plan: "read for replacement",
    doing: "reading for replacement",
    done: "read for replacement",
  },
  discard: { sign: "< ", color: "red", plan: "discard", doing: "discarding", done: "discarded" },
  "discard-replaced": {
    sign: "<<",
    color: "red",
    plan: "discard original",
    doing: "discarding original",
    done: "discarded original",
  },
  refresh: { sign: "~ ", color: "yellow", plan: "refresh", doing: "refreshing", done: "refresh" },
};

/** The changes, in the order of the summary, and their words there: to read something or to let it go is none. */
export const SUMMARY: readonly (readonly [Op, string, string, string])[] = [
  ["create", "+", "to create", "created"],
  ["update", "~", "to update", "updated"],
  ["delete", "-", "to delete", "deleted"],
  ["replace", "+-", "to replace", "replaced"],
];
