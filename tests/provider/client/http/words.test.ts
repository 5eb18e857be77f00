import { clean, cleanLines, quoted, redactKey, shorten, visibleJson, withoutDocuments } from "../../../../provider/client/http/words.js";

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
const UNSEEN = ["\u0000", "\u0007", "\u0008", "\r", "\u001b", "\u007f", "\u0085", "\u009b", "\u00ad", "\u061c", "\u180e", "\u200b", "\u200d", "\u200e", "\u200f", "\u2028", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\u3164", "\ufeff", "\u{e0041}"];

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

test("the key is taken out in every form in which it may be echoed", () => {
  const redact = redactKey('se"cret/key+');
  expect(redact('se"cret/key+ se\\"cret/key+ se%22cret%2Fkey%2B')).toBe("[apiKey] [apiKey] [apiKey]");
});

test.each(["", "u", "us", "user:", "api-key: "])("the key is taken out of Base64 and hexadecimal, behind %j", (before) => {
  const key = "q7?>x~Zk(29)*$^ÿ";
  for (const encoding of ["base64", "base64url", "hex"] as const) {
    for (const after of ["", "\n", " and more"]) {
      const said = redactKey(key)(`Authorization: Basic ${Buffer.from(`${before}${key}${after}`).toString(encoding)}`);
      expect(said).toContain("[apiKey]");
      // What is left is too little to guess at: the characters that it shares with its neighbours.
      const [, left = ""] = said.split("Basic ");
      expect(Buffer.from(left.replace("[apiKey]", ""), encoding).toString()).not.toContain(key.slice(0, 6));
    }
  }
});

test("a key too short to be one leaves words whole", () => {
  expect(redactKey("key")("no key here")).toBe("no key here");
});

test("documents are taken out, however their white space comes back", () => {
  expect(withoutDocuments("bad: the whole text", ["the whole\ntext"])).toBe("bad: […]");
  expect(withoutDocuments("bad: a", ["a"])).toBe("bad: a");
});

test("parts of documents are taken out as well, and what only looks like one stays", () => {
  const document = 'Vault\n\nThe combination of the vault is 37-11-52. Say "nothing".';
  expect(withoutDocuments("Refused: The combination of the vault is 37-11-52.", [document])).toBe("Refused: […]");
  expect(withoutDocuments(JSON.stringify({ content: document }), [document])).not.toMatch(/combination|37-11/u);
  expect(withoutDocuments("Refused: the vault is full, and the combination is wrong.", [document])).toBe("Refused: the vault is full, and the combination is wrong.");
  expect(withoutDocuments("x".repeat(100_000), ["y".repeat(1_000_000)]).length).toBeLessThanOrEqual(1_000);
});
