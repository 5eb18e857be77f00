import { changedKeys, diffLines } from "../../../../local/engine/display/diff.js";
import { ASSET, SECRET, SIGNATURE, UNKNOWN } from "../../../../local/engine/values/properties.js";

const hidden = { [SIGNATURE]: SECRET, ciphertext: "[secret]" };

describe("differences", () => {
  it("name the inputs that come, go and change, but not the SDK's own", () => {
    expect(changedKeys({ a: 1, b: 1, c: 1, __provider: "x" }, { a: 2, c: 1, d: 1, __provider: "y" })).toBe("+d-b~a");
  });

  it("are shown old to new, secrets and unknowns by their names", () => {
    const text = { [SIGNATURE]: ASSET, hash: "0123456789", text: "<contents elided>" };
    expect(diffLines({ a: "x", key: hidden, map: { b: 1, c: 1 } }, { a: UNKNOWN, file: text, key: hidden, map: { b: 2, c: 1 } }, false)).toEqual([
      '~ a   : "x" => [unknown]',
      "+ file: asset(text:0123456)",
      "~ map : {",
      "      ~ b: 1 => 2",
      "  }",
    ]);
  });

  it("leave out what stays the same unless all is wanted", () => {
    expect(diffLines({ a: 1 }, { a: 1 }, false)).toEqual([]);
    expect(diffLines({ a: 1, s: hidden }, { a: 1, s: hidden }, true, "  ")).toEqual(["    a: 1", "    s: [secret]"]);
  });
});
