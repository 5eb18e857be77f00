import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";

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
  appendFileSync(settingsFile, `config:\n  ${key}:\n    secure: v1:${nonce.toString("base64")}:${encrypted.toString("base64")}\n`);
}
