import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { UserError } from "../errors.js";

const ROUNDS = 1_000_000;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 8;
/** A known text encrypted beside the salt: a wrong passphrase shows there and not in the user's data. */
const PROBE = "pulumi";

/** Encrypts and decrypts the texts of one stack. */
export interface Crypter {
  /** The stack's salt and probe, `v1:<salt>:<encrypted probe>`, as settings and state keep it. */
  readonly salt: string;
  encrypt(text: string): string;
  /** @throws UserError when the text was not encrypted with this key. */
  decrypt(ciphertext: string): string;
}

function encryptWith(key: Buffer, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
}

function decryptWith(key: Buffer, ciphertext: string): string {
  const [version, nonce, sealed] = ciphertext.split(":");
  if (version !== "v1" || nonce === undefined || sealed === undefined) throw new Error("not of the form v1:nonce:text");
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString("utf8");
}

// A million rounds take most of a second: once a process for each passphrase and salt.
const keys = new Map<string, Buffer>();

function keyFor(passphrase: string, salt: string): Buffer {
  const name = `${salt} ${passphrase}`;
  const key = keys.get(name) ?? pbkdf2Sync(passphrase, Buffer.from(salt, "base64"), ROUNDS, KEY_BYTES, "sha256");
  keys.set(name, key);
  return key;
}

function crypter(key: Buffer, salt: string): Crypter {
  return {
    salt,
    encrypt: (text) => encryptWith(key, text),
    decrypt(ciphertext) {
      try {
        return decryptWith(key, ciphertext);
      } catch {
        throw new UserError("failed to decrypt a secret of the stack: it was encrypted with another key");
      }
    },
  };
}

/** A crypter with a new salt, for a stack that has none yet. */
export function newCrypter(passphrase: string): Crypter {
  const salt = randomBytes(SALT_BYTES).toString("base64");
  const key = keyFor(passphrase, salt);
  return crypter(key, `v1:${salt}:${encryptWith(key, PROBE)}`);
}

/** @throws UserError when the passphrase is not the one the salt was made with. */
export function openCrypter(passphrase: string, state: string): Crypter {
  const [version, salt, ...probe] = state.split(":");
  if (version !== "v1" || salt === undefined || probe.length !== 3)
    throw new UserError("the stack's encryption salt is malformed: expected v1:<salt>:v1:<nonce>:<text>");
  const key = keyFor(passphrase, salt);
  try {
    if (decryptWith(key, probe.join(":")) === PROBE) return crypter(key, state);
  } catch {
    // Said below: the tag does not match.
  }
  throw new UserError("incorrect passphrase, please set PULUMI_CONFIG_PASSPHRASE to the correct passphrase");
}

/**
 * The passphrase of PULUMI_CONFIG_PASSPHRASE, or of the file that PULUMI_CONFIG_PASSPHRASE_FILE names.
 *
 * @throws UserError when neither is set, or the file cannot be read.
 */
export function passphraseFrom(env: NodeJS.ProcessEnv): string {
  const given = env["PULUMI_CONFIG_PASSPHRASE"];
  if (given !== undefined) return given;
  const file = env["PULUMI_CONFIG_PASSPHRASE_FILE"];
  if (file === undefined || file === "")
    throw new UserError(
      "passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
    );
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new UserError(`PULUMI_CONFIG_PASSPHRASE_FILE: ${(error as NodeJS.ErrnoException).code ?? "cannot be read"}`);
  }
}
