/** Characters of a collection's id: the API cuts what it makes of a name. */
const ID_LENGTH = 14;

/**
 * The ids that the API may make of a name: lower case, letters and digits, 14 of them at most. Whether an underscore
 * stays is contested. Good for warnings alone: the id is the one that the API answers.
 */
export function possibleIds(name: string): readonly string[] {
  const kept = name.toLowerCase().replaceAll(/[^a-z0-9_]/gu, "");
  return [...new Set([kept, kept.replaceAll("_", "")].map((letters) => letters.slice(0, ID_LENGTH)))];
}

/** Whether the API may make one id of both names. */
export function mayClash(one: string, other: string): boolean {
  return possibleIds(one).some((id) => id !== "" && possibleIds(other).includes(id));
}

/** A name like one that is taken, which differs where it counts: what stands at its end comes first. */
export function otherName(name: string, taken: readonly string[]): string {
  const words = name.split(/[\s_-]+/u).filter((word) => word !== "");
  const last = words.at(-1) ?? "";
  const candidates = [
    ...(words.length > 1 ? [`${last} ${words.slice(0, -1).join(" ")}`] : []),
    ...Array.from({ length: 100 }, (_, index) => `${index + 2} ${name}`),
  ];
  const isFree = (candidate: string): boolean => possibleIds(candidate).every((id) => !taken.includes(id));
  return candidates.find(isFree) ?? name;
}

/** The name of a collection that a program declares. */
export interface DeclaredName {
  readonly name: string;
  /** Whether it is not to be shown. */
  readonly isSecret: boolean;
}

/** The names of the collections that a program declares anew, as far as this process has seen them. */
export class NewNames {
  readonly #names = new Map<string, DeclaredName>();

  /**
   * Notes a name, and tells the one of another resource with which it would clash.
   *
   * @param resource stands for the one that declares it.
   */
  declare(resource: string, declared: DeclaredName): DeclaredName | undefined {
    const { name } = declared;
    const clash = [...this.#names].find(
      ([other, known]) => other !== resource && (known.name === name || mayClash(known.name, name)),
    );
    if (clash === undefined) this.#names.set(resource, declared);
    return clash?.[1];
  }
}
