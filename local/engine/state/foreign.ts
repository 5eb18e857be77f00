import { unsupported } from "../errors.js";
import { isProviderType } from "../values/urn.js";
import type { SealedResource } from "./resource.js";

/** What the CLI may have left on a resource, and what would have to be done about it. */
const UNKNOWN_FIELDS = [
  "pendingReplacement",
  "taint",
  "viewOf",
  "ignoreChanges",
  "replaceOnChanges",
  "hideDiff",
  "replaceWith",
  "replacementTrigger",
  "refreshBeforeUpdate",
  "resourceHooks",
  "importID",
  "extensionRef",
  "snippetID",
] as const;

/**
 * Refuses a state that other engines keep more in than this one understands, before anything is changed.
 *
 * @param providers - the types of the providers that this engine runs.
 */
export function refuseForeign(resources: readonly SealedResource[], providers: readonly string[]): void {
  for (const resource of resources) {
    const { urn, type } = resource;
    if (isProviderType(type) && !providers.includes(type)) throw unsupported(`A stack with the provider ${type}`);
    const fields: Readonly<Record<string, unknown>> = { ...resource };
    const found = UNKNOWN_FIELDS.find((field) => fields[field] !== undefined);
    if (found !== undefined) throw unsupported(`A state with \`${found}\` (of ${urn})`);
  }
}
