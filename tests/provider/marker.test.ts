import { itemMarker, ownerOf, readDescription, sameMarker, withMarker } from "../../provider/marker";

const owner = ownerOf("urn:pulumi:dev::project::type::name");
const marker = itemMarker(owner, 3, "0123456789abcdef");

test("what was written is read back", () => {
  expect(readDescription(withMarker(marker, "How returns work"))).toEqual({ marker, title: "How returns work" });
});

test("before the title stand at most 48 ASCII characters", () => {
  const before = withMarker(itemMarker(owner, 36 ** 8 - 1, "f".repeat(64)), "");
  expect(before.length).toBeLessThanOrEqual(48);
  expect(before).toMatch(/^[\x20-\x7e]+$/u);
});

test("an empty title leaves the marker alone", () => {
  expect(readDescription(withMarker(marker, ""))).toEqual({ marker, title: "" });
});

test("a title cannot imitate a marker", () => {
  const imitation = withMarker(itemMarker(ownerOf("other"), 0, "f".repeat(64)), "x");
  expect(readDescription(withMarker(marker, imitation))).toEqual({ marker, title: imitation });
});

test.each(["How returns work", "", " [vi:i:aaaaaaaaaaaa:0:000000000000] x", "[vi:i:short:0:000000000000] x", "[vi:i:aaaaaaaaaaaa:0:000000000000]x"])(
  "%p carries no marker",
  (description) => {
    expect(readDescription(description)).toEqual({ title: description });
  },
);

test("different resources have different owners, the same one always the same", () => {
  expect(ownerOf("a")).not.toBe(ownerOf("b"));
  expect(ownerOf("a")).toBe(ownerOf("a"));
  expect(owner).toHaveLength(12);
});

test("a marker stands for one owner, one generation and one content", () => {
  expect(sameMarker({ ...marker }, marker)).toBe(true);
  expect(sameMarker({ ...marker, owner: ownerOf("other") }, marker)).toBe(false);
  expect(sameMarker({ ...marker, generation: 4 }, marker)).toBe(false);
  expect(sameMarker({ ...marker, hash: "000000000000" }, marker)).toBe(false);
  expect(sameMarker(undefined, marker)).toBe(false);
});
