import fc from "fast-check";
import {
  readManifest,
  revisionOf,
  writeManifest,
  type ManifestEntry,
} from "../../../../provider/resources/documents/manifest";

const mark = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from("abcXYZ019_-")), minLength: length, maxLength: length });
/** A hash of today's, or one of the first format. */
const hash = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from("0123456789abcdef")), minLength: 32, maxLength: 32 }),
  fc.string({ unit: fc.constantFrom(...Array.from("0123456789abcdef")), minLength: 12, maxLength: 12 }),
);
const name = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
  .map((text) => text.replaceAll(/[\p{Cc}\p{Cs}]/gu, "_"))
  .filter((text) => text.trim() !== "");
const itemId = fc.oneof(
  fc.uuid(),
  fc.string({ unit: fc.constantFrom(...Array.from("ab|=^~!%\tü")), minLength: 1, maxLength: 8 }),
);
const chunk = fc
  .record({
    itemId,
    hash,
    label: mark(4),
    section: fc
      .string({ unit: fc.constantFrom(...Array.from("abc Xü界")), maxLength: 8 })
      .map((text) => text.replaceAll(/\s+/gu, " ").trim()),
    partOf: fc.option(hash, { nil: undefined }),
    isOther: fc.option(fc.constant(true as const), { nil: undefined }),
  })
  .map(({ partOf, isOther, ...rest }) => ({
    ...rest,
    ...(partOf !== undefined && { partOf }),
    ...(isOther && { isOther }),
  }));
const entry: fc.Arbitrary<ManifestEntry> = fc.record({
  fingerprint: fc.oneof(mark(8), fc.constant("")),
  chunks: fc.array(chunk, { maxLength: 4 }),
});
const manifest = fc.array(fc.tuple(name, entry), { maxLength: 5 }).map((entries) => new Map(entries));

describe("The manifest", () => {
  it("comes back from the state as it went there, whatever the names and ids", () => {
    fc.assert(
      fc.property(manifest, (original) => expect(readManifest(writeManifest(original))).toEqual(original)),
      { seed: 8 },
    );
  });

  it("takes at most 80 bytes a chunk, however long the heading", () => {
    const chunks = Array.from({ length: 100 }, (_, index) => ({
      itemId: `6f1c1a52-0000-4000-8000-${String(index).padStart(12, "0")}`,
      hash: "0123456789abcdef0123456789abcdef",
      label: "abcd",
      section: "Ein sehr langer Titel mit Ümläuten, der kein Ende nimmt",
    }));
    expect(
      Buffer.byteLength(JSON.stringify(writeManifest(new Map([["a.md", { fingerprint: "abcdefgh", chunks }]])))),
    ).toBeLessThan(100 * 80);
  });

  it("survives a hand in the state: what is no part of it is left out", () => {
    const good = {
      itemId: "6f1c1a52-0000-4000-8000-000000000001",
      hash: "0123456789abcdef0123456789abcdef",
      label: "abcd",
      section: "",
    };
    const text = `${writeManifest(new Map([["a.md", { fingerprint: "12345678", chunks: [good] }]]))}|nonsense|`;
    expect(readManifest(text).get("a.md")?.chunks).toEqual([good]);
    for (const odd of [
      "",
      "\n",
      "\t",
      "|",
      undefined,
      { "a.md": "of another version" } as never,
      "a.md\tabcdefgh|AAAAAAAAAAAA~x%2",
    ])
      expect(() => readManifest(odd)).not.toThrow();
  });

  it("has the same revision for the same chunks in another order, and another for other chunks or names", () => {
    const entryOf = (...hashes: string[]): ManifestEntry => ({
      fingerprint: "",
      chunks: hashes.map((hash) => ({ itemId: hash, hash, label: "", section: "" })),
    });
    const revision = revisionOf(
      new Map([
        ["a", entryOf("1", "2")],
        ["b", entryOf("3")],
      ]),
    );
    expect(
      revisionOf(
        new Map([
          ["b", entryOf("3")],
          ["a", entryOf("2", "1")],
        ]),
      ),
    ).toBe(revision);
    expect(
      revisionOf(
        new Map([
          ["a", entryOf("1", "2", "2")],
          ["b", entryOf("3")],
        ]),
      ),
    ).not.toBe(revision);
    expect(
      revisionOf(
        new Map([
          ["c", entryOf("1", "2")],
          ["b", entryOf("3")],
        ]),
      ),
    ).not.toBe(revision);
  });
});
