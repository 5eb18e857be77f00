import { openCrypter } from "../../../../local/engine/secrets/passphrase.js";
import { masked, open, seal } from "../../../../local/engine/state/resource.js";
import { secret } from "../../../../local/engine/values/properties.js";
import { CLI_LATEST, CLI_SALT, CLI_STATE, resource } from "../fixtures/index.js";

const crypter = openCrypter(CLI_STATE.passphrase, CLI_SALT);
const withoutCiphertexts = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/"ciphertext":"[^"]*"/gu, '"ciphertext":""');

describe("resources in the state", () => {
  it("are written as the Pulumi CLI wrote them, field for field and in its order", () => {
    for (const sealed of CLI_LATEST.resources)
      expect(withoutCiphertexts(seal(open(sealed, crypter), crypter))).toBe(withoutCiphertexts(sealed));
  });

  it("never hold a secret in plain", () => {
    const state = resource("a", { inputs: { key: secret("canary"), deep: { list: [secret("canary")] } } });
    const sealed = seal({ ...state, outputs: state.inputs }, crypter);
    expect(JSON.stringify(sealed)).not.toContain("canary");
    expect(open(sealed, crypter).inputs).toEqual(state.inputs);
  });

  it("leave empty fields out, but not `custom` nor an input that is empty", () => {
    const state = resource("a", { custom: false, protect: false, dependencies: [], inputs: { none: "" }, parent: "" });
    expect(Object.keys(seal(state, crypter))).toEqual(["urn", "custom", "type", "inputs"]);
  });

  it("keep fields that this engine does not know", () => {
    const strange = { ...resource("a"), importID: "x" };
    expect(seal(open(strange, crypter), crypter)).toMatchObject({ importID: "x" });
  });

  it("are shown without the passphrase, their secrets masked", () => {
    const b = CLI_LATEST.resources.find(({ urn }) => urn.endsWith("::b"));
    expect(masked(b?.outputs ?? {})).toMatchObject({
      pass: "[secret]",
      nested: { y: { z: "[secret]" } },
      shout: "ONE",
    });
  });
});
