import { isStack, nameOf, qualifiedType, urnOf } from "../values/urn.js";

/** Another identity under which a resource may stand in the state: a whole URN, or what was different. */
export interface Alias {
  readonly urn?: string;
  readonly name?: string;
  readonly type?: string;
  readonly stack?: string;
  readonly project?: string;
  readonly parent?: string;
  readonly noParent?: boolean;
}

interface Identity {
  readonly stack: string;
  readonly project: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string | undefined;
}

function aliasUrn(alias: Alias, own: Identity, renamed: ReadonlyMap<string, string>): string {
  if (alias.urn !== undefined && alias.urn !== "") return alias.urn;
  const given = alias.parent === undefined ? own.parent : (renamed.get(alias.parent) ?? alias.parent);
  const parent = alias.noParent || (given !== undefined && isStack(qualifiedType(given))) ? undefined : given;
  const { stack = own.stack, project = own.project, type = own.type, name = own.name } = alias;
  return urnOf({ stack, project, type, name, parent });
}

/** A child of a renamed parent was renamed with it, and in its own name too where that begins with the parent's. */
function inherited(type: string, name: string, parent: string, own: Identity, old: string): string {
  const before = nameOf(parent);
  const oldName = name.startsWith(before) ? `${nameOf(old)}${name.slice(before.length)}` : name;
  return urnOf({ stack: own.stack, project: own.project, type, name: oldName, parent: old });
}

/**
 * All URNs that a resource may have had before.
 *
 * @param renamed - resources of this run that were found under another URN: new to old.
 */
export function aliasUrns(aliases: readonly Alias[], own: Identity, renamed: ReadonlyMap<string, string>): string[] {
  const urns = aliases.map((alias) => aliasUrn(alias, own, renamed));
  const { parent } = own;
  const oldParent = parent === undefined ? undefined : renamed.get(parent);
  if (parent === undefined || oldParent === undefined) return [...new Set(urns)];
  const byParent = urns.map((urn) =>
    inherited(qualifiedType(urn).split("$").at(-1) ?? "", nameOf(urn), parent, own, oldParent),
  );
  return [...new Set([...urns, inherited(own.type, own.name, parent, own, oldParent), ...byParent])];
}
