/** The parts of the id of something in a collection. */
export interface MemberId {
  readonly collectionId: string;
  readonly memberId: string;
}

/**
 * Takes an id of the form `<collection id>/<member id>` apart.
 *
 * @param kind - what the id is of, e.g. `file`.
 * @throws Error for an id of another form.
 */
export function parseMemberId(kind: string, id: string): MemberId {
  const [collectionId, memberId, ...rest] = id.split("/");
  if (collectionId && memberId && rest.length === 0) return { collectionId, memberId };
  throw new Error(`"${id}" is not the id of one ${kind}: expected <collection id>/<${kind} id>.`);
}
