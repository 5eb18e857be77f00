import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { newCrypter, openCrypter, passphraseFrom } from "../../../../local/engine/secrets/passphrase.js";
import { open } from "../../../../local/engine/state/resource.js";
import { CLI_LATEST, CLI_SALT, CLI_STATE, temporaryFolder } from "../fixtures/index.js";

describe("the passphrase secrets", () => {
  it("decrypt what the Pulumi CLI encrypted", () => {
    const crypter = openCrypter(CLI_STATE.passphrase, CLI_SALT);
    const states = CLI_LATEST.resources.map((sealed) => open(sealed, crypter));
    const b = states.find(({ urn }) => urn.endsWith("::b"));
    expect(b?.inputs["pass"]).toMatchObject({ value: "hush" });
    expect(b?.inputs["nested"]).toMatchObject({ x: { value: [1, 2] }, y: { z: { value: "deep" } } });
  });

  it("refuse another passphrase in one sentence", () => {
    expect(() => openCrypter("wrong", CLI_SALT)).toThrow(/^incorrect passphrase, please set PULUMI_CONFIG_PASSPHRASE/u);
  });

  it("refuse a salt that is none", () => {
    expect(() => openCrypter("pass", "v2:nonsense")).toThrow(/salt is malformed/u);
  });

  it("encrypt differently each time and decrypt again, also behind a new salt", () => {
    const crypter = newCrypter("pass");
    const [one, two] = [crypter.encrypt("text"), crypter.encrypt("text")];
    expect(one).not.toBe(two);
    expect(one).toMatch(/^v1:[A-Za-z0-9+/=]{16}:[A-Za-z0-9+/=]+$/u);
    expect(openCrypter("pass", crypter.salt).decrypt(two)).toBe("text");
  });

  it("say that a ciphertext is of another key", () => {
    const crypter = openCrypter(CLI_STATE.passphrase, CLI_SALT);
    expect(() => crypter.decrypt("v1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAA")).toThrow(
      /failed to decrypt a secret/u,
    );
  });

  it("take the passphrase from the environment or from a file", () => {
    const file = join(temporaryFolder(), "passphrase");
    writeFileSync(file, "from a file\n");
    expect(passphraseFrom({ PULUMI_CONFIG_PASSPHRASE: "" })).toBe("");
    expect(passphraseFrom({ PULUMI_CONFIG_PASSPHRASE_FILE: file })).toBe("from a file");
    expect(() => passphraseFrom({ PULUMI_CONFIG_PASSPHRASE_FILE: `${file}.no` })).toThrow(/PASSPHRASE_FILE: ENOENT/u);
    expect(() => passphraseFrom({})).toThrow(/passphrase must be set with PULUMI_CONFIG_PASSPHRASE/u);
  });
});
