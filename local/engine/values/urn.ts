/** The type of the resource that stands for the stack itself. */
export const STACK_TYPE = "pulumi:pulumi:Stack";
const PROVIDER_PREFIX = "pulumi:providers:";

/** The types of a URN's resource and all its parents below the stack, joined by `$`. */
export const qualifiedType = (urn: string): string => urn.split("::")[2] ?? "";

/** The name at the end of a URN; a name may hold "::". */
export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

export const isStack = (type: string): boolean => type === STACK_TYPE;
export const isProviderType = (type: string): boolean => type.startsWith(PROVIDER_PREFIX);
export const providerType = (pkg: string): string => `${PROVIDER_PREFIX}${pkg}`;

/** The package that a resource type belongs to. */
export const packageOf = (type: string): string => type.split(":")[0] ?? "";

/** Splits a provider reference, `<urn>::<id>`. */
export function providerReference(reference: string): { urn: string; id: string } {
  const at = reference.lastIndexOf("::");
  return { urn: reference.slice(0, at), id: reference.slice(at + 2) };
}

/** The URN that a resource gets when its parent gets another. */
export function underParent(urn: string, type: string, parent: string): string {
  const [stack = "", project = ""] = urn.split("::");
  return [stack, project, `${qualifiedType(parent)}$${type}`, nameOf(urn)].join("::");
}

/** The identity that a resource has in a stack. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  readonly type: string;
  readonly name: string;
  readonly parent?: string | undefined;
}

export function urnOf({ stack, project, type, name, parent }: UrnParts): string {
  const above = parent === undefined || parent === "" ? STACK_TYPE : qualifiedType(parent);
  const chain = above === STACK_TYPE ? type : `${above}$${type}`;
  return `urn:pulumi:${stack}::${project}::${chain}::${name}`;
}
