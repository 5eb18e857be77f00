/** The longest id of a collection. */
const LENGTH = 14;

/** The id of a new collection: its name in lower case, other characters dropped, the first 14. */
export function collectionId(name: string, underscore: "kept" | "dropped"): string {
  const dropped = underscore === "kept" ? /[^a-z0-9_]/g : /[^a-z0-9]/g;
  // A name without any usable letter is nowhere documented; an id must not be empty, since it stands in paths.
  return name.toLowerCase().replace(dropped, "").slice(0, LENGTH) || "collection";
}

/** A free id: the end of it gives way to a number. */
export function suffixed(id: string, isTaken: (id: string) => boolean): string {
  for (let count = 2; ; count++) {
    const suffix = `_${count}`;
    const candidate = id.slice(0, LENGTH - suffix.length) + suffix;
    if (!isTaken(candidate)) return candidate;
  }
}
