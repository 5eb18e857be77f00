import type { AccountUsage } from "../client/index.js";
import { defineFunction } from "./function.js";

/** `usage` takes no arguments. */
export type UsageArgs = Readonly<Record<string, never>>;

/** What the subscription has used. */
export type UsageResult = AccountUsage;

/** Asks what the subscription has used. */
export const usage = defineFunction<UsageArgs, UsageResult>({
  name: "usage",
  args: {},
  run: ({ client }) => client.usage(),
});
