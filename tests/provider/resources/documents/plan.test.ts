import fc from "fast-check";
import {
  keyText,
  Occurrences,
  plan,
  withOccurrences,
  type ChunkKey,
} from "../../../../provider/resources/documents/plan";

const chunk = fc.record({ document: fc.constantFrom("a", "b", "c"), hash: fc.constantFrom("1", "2", "3", "4") });
const desirable = fc.array(chunk, { maxLength: 12 }).map(withOccurrences);
/** Also chunks that are there twice under the same key, as two runs at once leave them. */
const there = fc
  .tuple(
    fc.array(chunk, { maxLength: 12 }).map(withOccurrences),
    fc.array(
      fc.record({ document: fc.constantFrom("a", "b"), hash: fc.constantFrom("1", "2"), occurrence: fc.constant(0) }),
      { maxLength: 3 },
    ),
  )
  .map(([one, other]) => [...one, ...other].map((key) => ({ ...key })));
const hashes = (chunks: readonly ChunkKey[]): string[] => chunks.map(({ hash }) => hash).sort();

describe("A plan", () => {
  it("has each that is there and each that is wanted in it exactly once", () => {
    fc.assert(
      fc.property(there, desirable, (observed, desired) => {
        const { keep, update, add, delete: deleted } = plan(observed, desired);
        expect(
          [...keep, ...update]
            .map(({ desired: one }) => one)
            .concat(add)
            .map(keyText)
            .sort(),
        ).toEqual(desired.map(keyText).sort());
        expect(
          new Set([...keep.map(({ observed: one }) => one), ...update.map(({ observed: one }) => one), ...deleted])
            .size,
        ).toBe(observed.length);
        expect(keep.every((pair) => keyText(pair.observed) === keyText(pair.desired))).toBe(true);
        expect(update.every((pair) => pair.observed.hash === pair.desired.hash)).toBe(true);
      }),
      { seed: 8 },
    );
  });

  it("adds no content that is there, and removes none that is wanted", () => {
    fc.assert(
      fc.property(there, desirable, (observed, desired) => {
        const { add, delete: deleted } = plan(observed, desired);
        const removed = new Set(hashes(deleted));
        expect(add.filter(({ hash }) => removed.has(hash))).toEqual([]);
      }),
      { seed: 8 },
    );
  });
});

describe("Occurrences", () => {
  it("go on behind what is numbered already, for each document and hash", () => {
    const next = new Occurrences([
      { document: "a", hash: "1", occurrence: 0 },
      { document: "a", hash: "1", occurrence: 3 },
    ]);
    expect([
      next.next({ document: "a", hash: "1" }),
      next.next({ document: "a", hash: "1" }),
      next.next({ document: "b", hash: "1" }),
    ]).toEqual([4, 5, 0]);
  });
});
