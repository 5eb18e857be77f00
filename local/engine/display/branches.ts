/** One of a tree's members, with the lines that lead to it and to what stands below it. */
export interface Branch<T> {
  readonly member: T;
  /** In front of the member itself: `│  ├─ `. */
  readonly lead: string;
  /** In front of what else is said of it: `│  │  `, with blanks in the end where nothing stands below it. */
  readonly rest: string;
}

/**
 * Members in the order of a tree: each below its parent, those of one parent in the order in which they were given.
 *
 * @param parentOf - the parent's key; undefined for the root, below which those stand last whose parent is not there.
 */
export function branches<T>(members: readonly T[], keyOf: (member: T) => string, parentOf: (member: T) => string | undefined): Branch<T>[] {
  const keys = new Set(members.map(keyOf));
  const root = members.find((member) => parentOf(member) === undefined);
  const column = (under: readonly unknown[]): string => (under.length > 0 ? "│  " : "   ");
  const children = new Map<string, T[]>();
  const isAstray = (member: T): boolean => !keys.has(parentOf(member) ?? "");
  for (const member of [...members.filter((one) => !isAstray(one)), ...members.filter(isAstray)]) {
    if (member === root) continue;
    const above = isAstray(member) ? (root === undefined ? "" : keyOf(root)) : (parentOf(member) ?? "");
    children.set(above, [...(children.get(above) ?? []), member]);
  }
  const below = (key: string, prefix: string): Branch<T>[] =>
    (children.get(key) ?? []).flatMap((member, index, all) => {
      const isLast = index === all.length - 1;
      const next = prefix + (isLast ? "   " : "│  ");
      const under = below(keyOf(member), next);
      return [{ member, lead: prefix + (isLast ? "└─ " : "├─ "), rest: next + column(under) }, ...under];
    });
  if (root === undefined) return below("", "");
  const under = below(keyOf(root), "");
  return [{ member: root, lead: "", rest: column(under) }, ...under];
}
