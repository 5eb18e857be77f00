import { changedKeys, outputLines } from "../../../../local/engine/display/diff.js";
import { ASSET, SECRET, SIGNATURE, UNKNOWN } from "../../../../local/engine/values/properties.js";

const hidden = { [SIGNATURE]: SECRET, ciphertext: "[secret]" };

describe("differences", () => {
  it("name the inputs that come, go and change, but not the SDK's own", () => {
    expect(changedKeys({ a: 1, b: 1, c: 1, __provider: "x" }, { a: 2, c: 1, d: 1, __provider: "y" })).toBe("+d-b~a");
  });

  it("of outputs are shown old to new, secrets and unknowns by their names", () => {
    const text = { [SIGNATURE]: ASSET, hash: "0123456789", text: "<contents elided>" };
    const old = { a: "x", gone: null, key: hidden, map: { b: [1, hidden] } };
    expect(
      outputLines(old, { a: UNKNOWN, file: text, key: hidden, map: { b: [2, hidden] } }, (key) => key !== "key"),
    ).toEqual([
      '  ~ a   : "x" => [unknown]',
      "  + file: asset(text:0123456)",
      "  - gone: <null>",
      '  ~ map : {"b":[1,"[secret]"]} => {"b":[2,"[secret]"]}',
    ]);
  });

  it("show what cannot be seen, or steers a terminal, as JSON escapes it", () => {
    expect(outputLines({}, { "a\u202eb": "c\u009b2J\u200bd" }, () => true)).toEqual([
      '  + a\\u202eb: "c\\u009b2J\\u200bd"',
    ]);
  });
});
