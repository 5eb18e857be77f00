import { clean, cleanLines, quoted, shorten, visibleJson } from "../../../provider/text/clean";

test.each([
  ["a\u001b[31mred\u001b[0m", "ared"],
  ["\u001b]8;;http://evil\u0007link\u001b]8;;\u0007", "link"],
  ["\u009b2Jgone", "gone"],
  ["line\r\nbreak\tand\u0000null", "line break and null"],
  ["right\u202eleft", "right left"],
  ["  spaces   ", "spaces"],
])("%j becomes %j", (text, expected) => {
  expect(clean(text)).toBe(expected);
});

/** Control characters of both sets, direction marks, and what has no width; line breaks aside. */
const UNSEEN = [
  "\u0000",
  "\u0007",
  "\u0008",
  "\r",
  "\u001b",
  "\u007f",
  "\u0085",
  "\u009b",
  "\u00ad",
  "\u061c",
  "\u180e",
  "\u200b",
  "\u200d",
  "\u200e",
  "\u200f",
  "\u2028",
  "\u202a",
  "\u202e",
  "\u2060",
  "\u2066",
  "\u2069",
  "\u3164",
  "\ufeff",
  "\u{e0041}",
];

test.each(UNSEEN)("%j is in nothing that is printed, and is escaped in JSON", (sign) => {
  expect(clean(`a${sign}\nb`)).toBe("a b");
  expect(cleanLines(`a${sign}\n  b`)).toBe("a\n  b");
  const text = visibleJson({ [`a${sign}`]: `b${sign}\n` }, 2);
  expect(text).not.toContain(sign);
  expect(JSON.parse(text)).toEqual({ [`a${sign}`]: `b${sign}\n` });
});

test("texts are cut by whole characters", () => {
  expect(shorten("abcdef", 6)).toBe("abcdef");
  expect(shorten("abcdefg", 6)).toBe("abcde…");
  expect(shorten("😀😀😀😀", 3)).toBe("😀😀…");
});

test("names are quoted, and what is no name says its type", () => {
  expect(quoted("finbert")).toBe('"finbert"');
  expect(quoted(undefined)).toBe("(undefined)");
  expect(quoted("x".repeat(100))).toHaveLength(62);
});
