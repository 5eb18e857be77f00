const LENGTH = 48;

/** A name of small letters, digits and hyphens made from a text in any writing; empty where nothing is left of it. */
export function slug(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .slice(0, LENGTH)
    .replaceAll(/^-+|-+$/gu, "");
}

/** Gives each its own name: what would be the second of a name gets a number. */
export class Names {
  readonly #taken = new Set<string>();

  /** @param fallback for a text that makes no name. */
  take(text: string, fallback: string): string {
    const wanted = slug(text) || fallback;
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number++) name = `${wanted}-${number}`;
    this.#taken.add(name);
    return name;
  }
}
