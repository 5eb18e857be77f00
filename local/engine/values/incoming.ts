import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { unsupported, UserError } from "../errors.js";
import type { Properties, Value } from "./properties.js";
import { ASSET, isArchive, isAsset, isOutput, rebuildAll, secret, SIGNATURE, UNKNOWN } from "./properties.js";

const sha256 = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("hex");

function hashed(asset: Properties, folder: string): Value {
  const { text, path, hash } = asset;
  if (typeof hash === "string" && hash !== "") return asset;
  if (typeof text === "string") return { [SIGNATURE]: ASSET, hash: sha256(text), text };
  if (typeof path !== "string" || path === "") throw unsupported("An asset from a URI");
  try {
    return { [SIGNATURE]: ASSET, hash: sha256(readFileSync(resolve(folder, path))), path };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unreadable";
    throw new UserError(`failed to compute asset hash: the file "${path}" of an asset cannot be read (${reason})`);
  }
}

function withoutOutput(output: Properties): Value {
  const value = output["value"] ?? UNKNOWN;
  return output["secret"] === true ? secret(value) : value;
}

/**
 * Properties as a program sent them, made ready to be kept: assets get their hash, output values become plain ones.
 *
 * @param folder - what the paths of assets are relative to.
 */
export function received(properties: Properties, folder: string): Properties {
  return rebuildAll(properties, (value) => {
    if (isAsset(value)) return hashed(value, folder);
    if (isArchive(value)) throw unsupported("An archive as a property");
    return isOutput(value) ? withoutOutput(value) : value;
  });
}
