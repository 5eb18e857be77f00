import { changedKeys, diffLines } from "../../../../local/engine/display/diff.js";
import { ASSET, SECRET, SIGNATURE, UNKNOWN } from "../../../../local/engine/values/properties.js";

const hidden = { [SIGNATURE]: SECRET, ciphertext: "[secret]" };

describe("differences", () => {
  it("name the inputs that come, go and change, but not the SDK's own", () => {
    expect(changedKeys({ a: 1, b: 1, c: 1, __provider: "x" }, { a: 2, c: 1, d: 1, __provider: "y" })).toBe("+d-b~a");
  });

  it("are shown old to new, secrets and unknowns by their names", () => {
    const text = { [SIGNATURE]: ASSET, hash: "0123456789", text: "<contents elided>" };
    expect(diffLines({ a: "x", key: hidden, map: { b: 1, c: 1 } }, { a: UNKNOWN, file: text, key: hidden, map: { b: 2, c: 1 } }, { all: false })).toEqual([
      '~ a   : "x" => [unknown]',
      "+ file: asset(text:0123456)",
      "~ map : {",
      "    ~ b: 1 => 2",
      "      c: 1",
      "  }",
    ]);
  });

  it("go into lists and maps, and show both sides where a value becomes another kind of thing", () => {
    expect(diffLines({ list: [1, { x: 1 }], kind: "text", gone: { a: [] } }, { list: [1, { x: 2 }, 3], kind: { now: null } }, { all: true })).toEqual([
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

  it("leave out what stays the same unless all is wanted", () => {
    expect(diffLines({ a: 1 }, { a: 1 }, { all: false })).toEqual([]);
    expect(diffLines({ a: 1, s: hidden }, { a: 1, s: hidden }, { all: true, indent: "  " })).toEqual(["    a: 1", "    s: [secret]"]);
  });
});
