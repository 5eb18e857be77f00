import { changedKeys, diffLines, outputLines } from "../../../../local/engine/display/diff.js";
import { ASSET, SECRET, SIGNATURE, UNKNOWN } from "../../../../local/engine/values/properties.js";

const hidden = { [SIGNATURE]: SECRET, ciphertext: "[secret]" };

describe("differences", () => {
  it("name the inputs that come, go and change, but not the SDK's own", () => {
    expect(changedKeys({ a: 1, b: 1, c: 1, __provider: "x" }, { a: 2, c: 1, d: 1, __provider: "y" })).toBe("+d-b~a");
  });

  it("are shown old to new, secrets and unknowns by their names", () => {
    const text = { [SIGNATURE]: ASSET, hash: "0123456789", text: "<contents elided>" };
    expect(diffLines({ a: "x", key: hidden, map: { b: 1, c: 1 } }, { a: UNKNOWN, file: text, key: hidden, map: { b: 2, c: 1 } }, { isShown: (key) => key !== "key" })).toEqual([
      '~ a   : "x" => [unknown]',
      "+ file: asset(text:0123456)",
      "~ map : {",
      "    ~ b: 1 => 2",
      "      c: 1",
      "  }",
    ]);
  });

  it("show what cannot be seen, or steers a terminal, as JSON escapes it", () => {
    expect(diffLines({}, { "a\u202eb": "c\u009b2J\u200bd" })).toEqual(['+ a\\u202eb: "c\\u009b2J\\u200bd"']);
  });

  it("go into lists and maps, and show both sides where a value becomes another kind of thing", () => {
    expect(diffLines({ list: [1, { x: 1 }], kind: "text", gone: { a: [] } }, { list: [1, { x: 2 }, 3], kind: { now: null } })).toEqual([
      "- gone: {",
      "    - a: []",
      "  }",
      '- kind: "text"',
      "+ kind: {",
      "    + now: <null>",
      "  }",
      "~ list: [",
      "      [0]: 1",
      "    ~ [1]: {",
      "        ~ x: 1 => 2",
      "      }",
      "    + [2]: 3",
      "  ]",
    ]);
  });

  it("show what stays the same without a sign", () => {
    expect(diffLines({ a: 1, s: hidden }, { a: 1, s: hidden }, { indent: "  " })).toEqual(["    a: 1", "    s: [secret]"]);
  });

  it("have the signs of a new list's parts below its own, as the CLI does", () => {
    expect(diffLines({}, { list: ["a", { b: 1 }] })).toEqual([
      "+ list: [",
      '+     [0]: "a"',
      "+     [1]: {",
      "        + b: 1",
      "      }",
      "  ]",
    ]);
  });

  it("have a column as wide as the keys of all properties, where nothing is compared with the SDK's own", () => {
    const own = { a: 1, __provider: "x" };
    expect(diffLines(own, own)).toEqual(["  a         : 1"]);
    expect(diffLines({ a: 1, longer: 1, __provider: "x" }, { a: 2, longer: 1, __provider: "x" }, { isShown: (key) => key === "a" })).toEqual(["~ a     : 1 => 2"]);
  });

  it("of outputs leave out what the inputs say", () => {
    expect(outputLines({}, { inputs: { a: 1 }, outputs: { a: 1, id: "x" } })).toEqual(['    id: "x"']);
    expect(outputLines({ a: 1, id: "x", n: 1 }, { inputs: { a: 2 }, outputs: { a: 2, id: "x", n: 2 } })).toEqual(["  ~ n : 1 => 2"]);
  });
});
