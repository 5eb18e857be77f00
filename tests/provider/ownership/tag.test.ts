import { newClaim } from "../../../provider/ownership/claim";
import { comparableHash } from "../../../provider/ownership/comparable";
import {
  describe as described,
  documentKey,
  ownerOf,
  readDescription,
  sameHash,
  sameOwner,
  type Tag,
} from "../../../provider/ownership/tag";

const owner = ownerOf("urn:pulumi:dev::project::type::name");
const item: Tag = { owner, claims: ["a1b2c3d4e5"], hash: comparableHash("A text.") };
const chunk: Tag = {
  ...item,
  claims: ["a1b2c3d4e5", "f6g7h8j9k0"],
  chunk: { document: documentKey("guide/install.md"), occurrence: 37 },
};

test.each([
  ["an item's", item],
  ["a chunk's", chunk],
])("what was written is read back: %s", (_, tag) => {
  expect(readDescription(described(tag, "How returns work"))).toEqual({ tag, title: "How returns work" });
  expect(readDescription(described(tag, ""))).toEqual({ tag, title: "" });
});

test("before the title of an item with one claim stand at most 66 ASCII characters, of a chunk at most 90", () => {
  const last = { document: documentKey("a.md"), occurrence: 36 ** 4 - 1 };
  for (const [tag, most] of [
    [item, 66],
    [{ ...item, chunk: last }, 90],
  ] as const) {
    expect(described(tag, "").length).toBeLessThanOrEqual(most);
    expect(described(tag, "")).toMatch(/^[\x20-\x7e]+$/u);
  }
});

test("a title cannot imitate a tag", () => {
  const imitation = described({ ...item, owner: ownerOf("other") }, "x");
  expect(readDescription(described(item, imitation))).toEqual({ tag: item, title: imitation });
});

test.each([
  "How returns work",
  "",
  " [vi:i:aaaaaaaaaaaa:0:000000000000] x",
  "[vi:i:short:0:000000000000] x",
  "[vi:i:aaaaaaaaaaaa:0:000000000000]x",
  "[vi:i:aaaaaaaaaaaa::000000000000] x",
])("%p carries no tag", (description) => {
  expect(readDescription(description)).toEqual({ title: description });
});

test("a tag is read in whichever case the API gives it back", () => {
  const { tag } = readDescription(described(chunk, "A title").toUpperCase());
  expect(tag).toEqual({ ...chunk, owner: owner.toUpperCase() });
  expect(tag && sameOwner(tag, item)).toBe(true);
});

test("tags of the first format are read, with the number of the successor as their claim", () => {
  expect(readDescription("[vi:i:aaaaaaaaaaaa:1:0123456789ab] x").tag).toEqual({
    owner: "aaaaaaaaaaaa",
    claims: ["1"],
    hash: "0123456789ab",
  });
  const { tag } = readDescription(
    `[vi:d:aaaaaaaaaaaa:0:${Buffer.from(documentKey("a.md"), "hex").toString("base64url")}:${Buffer.from(item.hash.slice(0, 12), "hex").toString("base64url")}:0] ` +
      "a.md",
  );
  expect(tag).toEqual({
    owner: "aaaaaaaaaaaa",
    claims: ["0"],
    hash: item.hash.slice(0, 12),
    chunk: { document: documentKey("a.md"), occurrence: 0 },
  });
  expect(sameHash(item.hash, tag?.hash ?? "")).toBe(true);
});

test("different resources have different owners, the same one always the same; claims are never the same", () => {
  expect(ownerOf("a")).not.toBe(ownerOf("b"));
  expect(ownerOf("a")).toBe(ownerOf("a"));
  expect(owner).toHaveLength(12);
  expect(new Set(Array.from({ length: 1000 }, newClaim)).size).toBe(1000);
});

test("a content is the same in each form in which an API may keep it, and no other is", () => {
  const forms = ["Café\nau lait", "Cafe\u0301\r\nau lait", "  Café\rau lait\n"];
  expect(new Set(forms.map(comparableHash)).size).toBe(1);
  expect(comparableHash("Café\nau  lait")).not.toBe(comparableHash(forms[0] ?? ""));
});
