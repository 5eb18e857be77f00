import { isStack, providerReference, qualifiedType, underParent } from "../values/urn.js";
import type { Snapshot } from "./checkpoint.js";
import type { Operation, SealedResource } from "./resource.js";

/** What one step does to the rows; every part is optional. Rows are named by numbers given when they were added. */
export interface Entry {
  readonly begin?: readonly [ticket: number, operation: Operation];
  readonly end?: number;
  readonly drop?: readonly number[];
  readonly set?: readonly (readonly [row: number, state: SealedResource])[];
  readonly add?: readonly [row: number, state: SealedResource];
  /** From now on, a resource may have vanished from under those that point at it; false when they were fixed. */
  readonly refreshed?: boolean;
}

/** How the rows of a run stand in a checkpoint that was written during it. */
export interface Layout {
  /** The numbers of those that the run wrote, which come first. */
  readonly written: readonly number[];
  /** The numbers of those that are left of the state before. */
  readonly old: readonly number[];
  /** The tickets of the operations under way, which come first. */
  readonly pending: readonly number[];
}

/**
 * The state of a stack while it changes: rows of the state before, and rows that this run wrote. The state is the
 * written ones in the order they were written, then what is left of the old ones: so each stands behind what it needs.
 */
export class Rows {
  readonly #old: Map<number, SealedResource>;
  readonly #written: Map<number, SealedResource>;
  readonly #pending: Map<number, Operation>;
  readonly #unfinished: readonly Operation[];
  #refreshed = false;

  /** @param layout - of a checkpoint that was written during the run. */
  constructor({ resources, pendingOperations }: Snapshot, layout?: Layout) {
    const { written, old, pending } = layout ?? { written: [], old: [...resources.keys()], pending: [] };
    const rows = [...written, ...old].flatMap((row, index) =>
      resources[index] ? [[row, resources[index]] as const] : [],
    );
    this.#written = new Map(rows.slice(0, written.length));
    this.#old = new Map(rows.slice(written.length));
    this.#pending = new Map(
      pendingOperations.slice(0, pending.length).map((operation, index) => [pending[index] ?? -1, operation]),
    );
    // Only an interrupted creation may have left something behind that the state does not show.
    this.#unfinished = pendingOperations.slice(pending.length).filter(({ type }) => type === "creating");
  }

  apply(entry: Entry): void {
    if (entry.begin) this.#pending.set(...entry.begin);
    if (entry.end !== undefined) this.#pending.delete(entry.end);
    for (const row of entry.drop ?? []) if (!this.#old.delete(row)) this.#written.delete(row);
    for (const [row, state] of entry.set ?? [])
      for (const rows of [this.#old, this.#written]) if (rows.has(row)) rows.set(row, state);
    if (entry.add) this.#written.set(...entry.add);
    this.#refreshed = entry.refreshed ?? this.#refreshed;
  }

  get snapshot(): Snapshot {
    const rows = underNewNames([...this.#written.values(), ...this.#old.values()]);
    return {
      resources: this.#refreshed ? withoutDangling(rows) : rows,
      pendingOperations: [...this.#pending.values(), ...this.#unfinished],
    };
  }

  get layout(): Layout {
    return { written: [...this.#written.keys()], old: [...this.#old.keys()], pending: [...this.#pending.keys()] };
  }
}

/** Makes references follow resources that stand under a new name. Once they do, nobody needs the old name. */
function underNewNames(rows: readonly SealedResource[]): readonly SealedResource[] {
  const names = newNames(rows);
  if (names.size === 0) return rows;
  const now = (urn: string): string => names.get(urn) ?? urn;
  return rows.map((row) => {
    const { parent, dependencies, propertyDependencies, deletedWith, provider } = row;
    const used = provider === undefined ? undefined : providerReference(provider);
    const properties = Object.entries(propertyDependencies ?? {}).map(([key, urns]) => [key, urns.map(now)] as const);
    return {
      ...withoutAliases(row),
      urn: now(row.urn),
      ...(parent !== undefined && { parent: now(parent) }),
      ...(dependencies && { dependencies: dependencies.map(now) }),
      ...(propertyDependencies && { propertyDependencies: Object.fromEntries(properties) }),
      ...(deletedWith !== undefined && { deletedWith: now(deletedWith) }),
      ...(used && { provider: `${now(used.urn)}::${used.id}` }),
    };
  });
}

/** Names that resources had, with the ones they have; what stands under a renamed parent is renamed with it. */
function newNames(rows: readonly SealedResource[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { urn, type, aliases = [], parent } of rows) {
    for (const alias of aliases) names.set(alias, urn);
    const above = parent === undefined ? undefined : names.get(parent);
    if (above !== undefined && !isStack(qualifiedType(above))) names.set(urn, underParent(urn, type, above));
  }
  return names;
}

const withoutAliases = (row: SealedResource): SealedResource =>
  Object.fromEntries(Object.entries(row).filter(([key]) => key !== "aliases")) as unknown as SealedResource;

/**
 * Takes out every reference to what does not stand before it; children of what is gone move up to its parent. As in the
 * CLI, what is rewritten does not list properties any more that depend on nothing.
 *
 * @param all - whether to rewrite what points at nothing that is gone, too.
 */
export function withoutDangling<Row extends SealedResource>(rows: readonly Row[], all = false): Row[] {
  const there = new Set<string>();
  const parents = new Map<string, string | undefined>();
  return rows.map((row) => {
    const { dependencies = [], propertyDependencies = {}, deletedWith, parent, ...rest } = row;
    const present = (urns: readonly string[]): string[] => urns.filter((urn) => there.has(urn));
    const pointsAt = [...dependencies, ...Object.values(propertyDependencies).flat(), deletedWith, parent];
    const dangles = pointsAt.some((urn) => urn !== undefined && !there.has(urn));
    const standing = parent === undefined || there.has(parent) ? parent : parents.get(parent);
    there.add(row.urn);
    parents.set(row.urn, standing);
    if (!dangles && !all) return row;
    const kept = present(dependencies);
    const properties = Object.entries(propertyDependencies).map(([key, urns]) => [key, present(urns)] as const);
    const leaning = properties.filter(([, urns]) => urns.length > 0);
    return {
      ...rest,
      ...(standing !== undefined && { parent: standing }),
      ...(kept.length > 0 && { dependencies: kept }),
      ...(leaning.length > 0 && { propertyDependencies: Object.fromEntries(leaning) }),
      ...(deletedWith !== undefined && there.has(deletedWith) && { deletedWith }),
    } as unknown as Row;
  });
}
