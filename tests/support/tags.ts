import { comparableHash } from "../../provider/ownership/comparable";
import { describe as described, documentKey } from "../../provider/ownership/tag";

/** A claim that no resource of a test has unless it is given it. */
export const CLAIM = "0000000000";

/** An item's description as an `Item` writes it. */
export function itemDescription(owner: string, content: string, title: string, claim = CLAIM): string {
  return described({ owner, claims: [claim], hash: comparableHash(content) }, title);
}

/** An item's description as `Documents` write it. */
export function chunkDescription(
  owner: string,
  document: string,
  content: string,
  title: string,
  claim = CLAIM,
): string {
  return described(
    {
      owner,
      claims: [claim],
      hash: comparableHash(content),
      chunk: { document: documentKey(document), occurrence: 0 },
    },
    title,
  );
}
