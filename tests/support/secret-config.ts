import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { parseDocument } from "yaml";

/**
 * Writes a secret into a stack's settings as ciphertext, so that it never is an argument of a command: the passphrase's
 * key is PBKDF2 over the salt that the settings hold, the cipher AES-256-GCM.
 */
export function setSecret(settingsFile: string, passphrase: string, key: string, value: string): void {
  const [, salt = ""] = /^encryptionsalt: v1:([^:]+):/mu.exec(readFileSync(settingsFile, "utf8")) ?? [];
  const cipherKey = pbkdf2Sync(passphrase, Buffer.from(salt, "base64"), 1_000_000, 32, "sha256");
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", cipherKey, nonce);
  const encrypted = Buffer.concat([cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()]);
  const secure = `v1:${nonce.toString("base64")}:${encrypted.toString("base64")}`;
  const settings = parseDocument(readFileSync(settingsFile, "utf8"));
  settings.setIn(["config", key], { secure });
  writeFileSync(settingsFile, settings.toString());
}
