import { redactKey, withoutDocuments } from "../../../provider/text/redact";

test("the key is taken out in every form in which it may be echoed", () => {
  const redact = redactKey('se"cret/key+');
  expect(redact('se"cret/key+ se\\"cret/key+ se%22cret%2Fkey%2B')).toBe("[apiKey] [apiKey] [apiKey]");
});

test.each(["", "u", "us", "user:", "api-key: "])(
  "the key is taken out of Base64 and hexadecimal, behind %j",
  (before) => {
    const key = "q7?>x~Zk(29)*$^ÿ";
    for (const encoding of ["base64", "base64url", "hex"] as const) {
      for (const after of ["", "\n", " and more"]) {
        const said = redactKey(key)(
          `Authorization: Basic ${Buffer.from(`${before}${key}${after}`).toString(encoding)}`,
        );
        expect(said).toContain("[apiKey]");
        // What is left is too little to guess at: the characters that it shares with its neighbours.
        const [, left = ""] = said.split("Basic ");
        expect(Buffer.from(left.replace("[apiKey]", ""), encoding).toString()).not.toContain(key.slice(0, 6));
      }
    }
  },
);

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
  expect(withoutDocuments("Refused: the vault is full, and the combination is wrong.", [document])).toBe(
    "Refused: the vault is full, and the combination is wrong.",
  );
  expect(withoutDocuments("x".repeat(100_000), ["y".repeat(1_000_000)]).length).toBeLessThanOrEqual(1_000);
});
