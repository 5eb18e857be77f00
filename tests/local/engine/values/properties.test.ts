import {
  ASSET,
  containsUnknown,
  equal,
  forProvider,
  markSecrets,
  type Properties,
  RESOURCE,
  restoreAssets,
  secret,
  SIGNATURE,
  UNKNOWN,
} from "../../../../local/engine/values/properties.js";

const asset = (rest: Record<string, string>): Record<string, string> => ({ [SIGNATURE]: ASSET, ...rest });

describe("property values", () => {
  it("reach providers in plain, resources as their ids, asset contents only where wanted", () => {
    const sent = {
      hidden: secret("x"),
      deep: [{ also: secret([1]) }],
      thing: { [SIGNATURE]: RESOURCE, urn: "urn", id: "id" },
      file: asset({ hash: "h", path: "p" }),
    };
    expect(forProvider(sent, { assetContents: false })).toEqual({
      hidden: "x",
      deep: [{ also: [1] }],
      thing: "id",
      file: asset({ hash: "h" }),
    });
    expect(forProvider(sent, { assetContents: true })["file"]).toEqual(asset({ hash: "h", path: "p" }));
  });

  it("come back secret by name: a map leaf by leaf, a list as a whole", () => {
    const ins = { text: secret("x"), list: [secret(1), 2], map: { deep: secret("y"), open: 1 }, open: 1 };
    const outs = { text: "x", list: [1, 2], map: { deep: "y", open: 1 }, open: 1, echo: "x" };
    expect(markSecrets(outs, ins)).toEqual({
      text: secret("x"),
      list: secret([1, 2]),
      map: { deep: secret("y"), open: 1 },
      open: 1,
      echo: "x",
    });
  });

  it("come back secret by name, also by one that every object has, and none is made up", () => {
    const parse = (text: string): Properties => JSON.parse(text) as Properties;
    const ins = parse(`{"toString":${JSON.stringify(secret("x"))},"__proto__":${JSON.stringify(secret("y"))}}`);
    expect(JSON.stringify(markSecrets(parse('{"__proto__":"y","constructor":"z"}'), ins))).toBe(
      `{"__proto__":${JSON.stringify(secret("y"))},"constructor":"z"}`,
    );
    expect(equal(parse('{"toString":{}}'), { a: 1 })).toBe(false);
    expect(equal(parse('{"__proto__":{}}'), { a: 1 })).toBe(false);
  });

  it("get the contents of assets back that a provider echoed as a hash", () => {
    const known = { a: asset({ hash: "h", text: "t" }) };
    expect(restoreAssets({ b: [asset({ hash: "h" })], c: asset({ hash: "i" }) }, known)).toEqual({
      b: [asset({ hash: "h", text: "t" })],
      c: asset({ hash: "i" }),
    });
  });

  it("are equal whatever the order of their keys", () => {
    expect(equal({ a: [1, { b: null }], c: "x" }, { c: "x", a: [1, { b: null }] })).toBe(true);
    expect(equal({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(equal([1, 2], [2, 1])).toBe(false);
    expect(equal(null, undefined)).toBe(false);
  });

  it("know an unknown inside, however deep", () => {
    expect(containsUnknown({ a: [{ b: UNKNOWN }] })).toBe(true);
    expect(containsUnknown({ a: [{ b: "known" }] })).toBe(false);
  });
});
