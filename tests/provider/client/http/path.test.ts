import fc from "fast-check";
import { UsageError } from "../../../../provider/client/index.js";
import { path } from "../../../../provider/client/http/path.js";

test("ids stand in their segments", () => {
  expect(path`/vector_store/${"finbert"}/items/${"3f-1_a.b~c"}`).toBe("/vector_store/finbert/items/3f-1_a.b~c");
});

test.each([
  "",
  ".",
  "..",
  "a/b",
  "a\\b",
  "a?b",
  "a#b",
  "%2e",
  "%2e%2e",
  "%2f",
  "a\nb",
  "a\u0000b",
  "a\u0085b",
  "\ud800",
  undefined,
  null,
  5,
  {},
])("%j is refused before anything is sent", (id) => {
  expect(() => path`/vector_store/${id}`).toThrow(UsageError);
});

test("whatever is let through is one segment that decodes to the id", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (id) => {
      let made: string;
      try {
        made = path`/vector_store/${id}/items`;
      } catch (error) {
        return UsageError.isInstance(error);
      }
      const segments = new URL(made, "http://host").pathname.split("/");
      return segments.length === 4 && segments[3] === "items" && decodeURIComponent(segments[2] ?? "") === id;
    }),
  );
});

test("the message quotes what was given, without its control characters", () => {
  expect(() => path`/a/${"x\u001b[31m/y"}`).toThrow('"x/y"');
});
