import type { Stack } from "@pulumi/pulumi/automation";
import { z } from "zod";

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  provider: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
  modified: z.string().optional(),
  created: z.string().optional(),
});
const deployment = z.looseObject({ resources: z.array(resource).optional() });

/** A resource as the stack's state holds it, secrets readable. */
export type StateResource = z.output<typeof resource>;

/** The stack's resources. */
export async function stateOf(stack: Stack): Promise<readonly StateResource[]> {
  const exported: { readonly deployment: unknown } = await stack.exportStack();
  return deployment.parse(exported.deployment).resources ?? [];
}
