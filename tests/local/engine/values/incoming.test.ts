import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { received } from "../../../../local/engine/values/incoming.js";
import { ARCHIVE, ASSET, OUTPUT, secret, SIGNATURE, UNKNOWN } from "../../../../local/engine/values/properties.js";
import { temporaryFolder } from "../fixtures/index.js";

const HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

describe("properties that a program sends", () => {
  it("get the hash of a text or of a file beside the program", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "f.txt"), "hello");
    const sent = {
      text: { [SIGNATURE]: ASSET, __pulumiAsset: true, text: "hello" },
      file: { [SIGNATURE]: ASSET, __pulumiAsset: true, path: "f.txt" },
    };
    expect(received(sent, folder)).toEqual({
      text: { [SIGNATURE]: ASSET, hash: HELLO, text: "hello" },
      file: { [SIGNATURE]: ASSET, hash: HELLO, path: "f.txt" },
    });
  });

  it("name a file that is not there", () => {
    const sent = { file: { [SIGNATURE]: ASSET, path: "nowhere.txt" } };
    expect(() => received(sent, "/")).toThrow(/the file "nowhere.txt" of an asset cannot be read \(ENOENT\)/u);
  });

  it("become plain values where they were outputs", () => {
    const output = (rest: object): Record<string, never> => ({ [SIGNATURE]: OUTPUT, ...rest }) as never;
    expect(received({ a: output({ value: 1 }), b: output({ value: "x", secret: true }), c: output({}) }, "/")).toEqual({
      a: 1,
      b: secret("x"),
      c: UNKNOWN,
    });
  });

  it.each([
    [
      "archives",
      { [SIGNATURE]: ARCHIVE, assets: {} },
      /^An archive as a property is not supported.*use the Pulumi CLI$/u,
    ],
    [
      "remote assets",
      { [SIGNATURE]: ASSET, uri: "https://x" },
      /^An asset from a URI is not supported.*use the Pulumi CLI$/u,
    ],
  ])("refuse %s by name", (_, value, message) => {
    expect(() => received({ value }, "/")).toThrow(message);
  });
});
