import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { HOSTED, languageHost } from "./hosted.js";
import {
  effectiveConfig,
  findProjectFile,
  openCrypter,
  passphraseFrom,
  readProject,
  readSetting,
  type Crypter,
  type Project,
  type Setting,
} from "../../../local/engine/programs.js";

/** A stack's folder. */
export interface StackFolder {
  readonly project: Project;
  /** The executable that runs its program; nothing for one of Node.js. */
  readonly host?: string;
  /** Where the settings of its stacks lie. */
  readonly settings: string;
}

/** What the settings of a stack say. */
export interface StackConfig {
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/**
 * Reads a stack's folder; nothing where it is none.
 *
 * @throws Error where its program cannot be run here.
 */
export function readStackFolder(folder: string): StackFolder | undefined {
  const file = findProjectFile(folder);
  if (file === undefined || dirname(file) !== folder) return undefined;
  const { project, runtime, settings } = readProject(file);
  const host = hostOf(runtime, file);
  const { stackConfigDir } = settings;
  return {
    project,
    settings: resolve(folder, typeof stackConfigDir === "string" ? stackConfigDir : "."),
    ...(host !== undefined && { host }),
  };
}

function hostOf(runtime: string, file: string): string | undefined {
  if (runtime === "nodejs") return undefined;
  if (!HOSTED.includes(runtime))
    throw new Error(
      `The program of ${file} runs on "${runtime}". Only programs for Node.js and those in YAML can be compared.`,
    );
  const host = languageHost(runtime);
  if (host !== undefined) return host;
  throw new Error(
    `The program of ${file} runs on "${runtime}", and there is no pulumi-language-${runtime} on PATH: install the ` +
      "Pulumi CLI, which brings it.",
  );
}

/** The stacks whose settings lie there. */
export function stacksIn({ settings }: StackFolder): string[] {
  return existsSync(settings)
    ? readdirSync(settings)
        .flatMap((name) => /^Pulumi\.(.+)\.yaml$/u.exec(name)?.[1] ?? [])
        .sort()
    : [];
}

/** The file of a stack's settings; nothing where there is none. */
export function settingsFile({ settings }: StackFolder, stack: string): string | undefined {
  // A stack may be named in full, <organization>/<project>/<stack>.
  const path = join(settings, `Pulumi.${stack.split("/").at(-1) ?? stack}.yaml`);
  return existsSync(path) ? path : undefined;
}

/**
 * A stack's configuration over the project's defaults. Secrets are what they are where the passphrase is at hand, and
 * else the text `[secret]`.
 */
export function configOf({ project }: StackFolder, file: string | undefined): StackConfig {
  const settings = (file === undefined ? {} : (parse(readFileSync(file, "utf8")) ?? {})) as {
    config?: Record<string, Setting>;
    encryptionsalt?: string;
  };
  let crypter: Crypter | undefined;
  const read = Object.entries(effectiveConfig(project, settings.config ?? {})).map(([key, setting]) => {
    const hidden = readSetting(setting, undefined);
    if (!hidden.secret) return [key, hidden] as const;
    crypter ??= crypterFor(settings.encryptionsalt);
    return [key, revealed(setting, crypter) ?? hidden] as const;
  });
  return {
    values: Object.fromEntries(read.map(([key, { value }]) => [key, value])),
    secretKeys: read.flatMap(([key, { secret }]) => (secret ? [key] : [])),
  };
}

const HIDING: Crypter = { salt: "", encrypt: (text) => text, decrypt: () => "[secret]" };

function crypterFor(salt: string | undefined): Crypter {
  try {
    return salt === undefined ? HIDING : openCrypter(passphraseFrom(process.env), salt);
  } catch {
    // Without the passphrase, or with another one.
    return HIDING;
  }
}

function revealed(setting: Setting, crypter: Crypter): ReturnType<typeof readSetting> | undefined {
  try {
    return readSetting(setting, crypter);
  } catch {
    return undefined;
  }
}
