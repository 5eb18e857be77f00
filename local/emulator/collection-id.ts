/** The longest id of a collection. */
const LENGTH = 14;

/**
 * The id of a new collection: the name in lower case, everything outside `[a-z0-9_]` dropped, the first 14
 * characters. A clash cuts the base so that a short suffix fits: ids stay unique.
 *
 * @param taken - tells whether a collection has this id already.
 */
export function collectionId(name: string, taken: (id: string) => boolean): string {
  // A name without any usable letter is nowhere documented; an id must not be empty, since it stands in paths.
  const base = name.toLowerCase().replace(/[^a-z0-9_]/g, "").slice(0, LENGTH) || "collection";
  let id = base;
  for (let count = 2; taken(id); count++) {
    const suffix = `_${count}`;
    id = base.slice(0, LENGTH - suffix.length) + suffix;
  }
  return id;
}
