import { clean, quoted, redactKey, shorten, withoutDocuments } from "../../../../provider/client/http/words.js";

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

test("the key is taken out in every form in which it may be echoed", () => {
  const redact = redactKey('se"cret/key+');
  expect(redact('se"cret/key+ se\\"cret/key+ se%22cret%2Fkey%2B')).toBe("[apiKey] [apiKey] [apiKey]");
});

test("a key too short to be one leaves words whole", () => {
  expect(redactKey("key")("no key here")).toBe("no key here");
});

test("documents are taken out, however their white space comes back", () => {
  expect(withoutDocuments("bad: the whole text", ["the whole\ntext"])).toBe("bad: […]");
  expect(withoutDocuments("bad: a", ["a"])).toBe("bad: a");
});
