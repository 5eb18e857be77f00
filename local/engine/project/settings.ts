import { join } from "node:path";
import { Document, isMap, isNode, isSeq, parseDocument } from "yaml";
import { unsupported, UserError } from "../errors.js";
import { readIfThere, writeAtomically } from "../state/files.js";
import type { PathStep } from "./paths.js";
import type { Project } from "./project.js";

/** A value in the settings: a scalar, `{ secure: ciphertext }`, or maps and lists of these. */
export type Setting = string | number | boolean | null | readonly Setting[] | { readonly [key: string]: Setting };

/** The settings of one stack, `Pulumi.<stack>.yaml`. Comments and the order of keys survive a change. */
export class StackSettings {
  private constructor(
    private readonly file: string,
    private readonly document: Document,
  ) {}

  /** @param file - another file than the stack's own, from `--config-file`. */
  static load(project: Project, stack: string, file?: string): StackSettings {
    const path = file ?? join(project.root, `Pulumi.${stack}.yaml`);
    const text = readIfThere(path);
    const document = text === undefined ? new Document({}) : parseDocument(text);
    const [error] = document.errors;
    if (error) throw new UserError(`could not read the stack settings ${path}: ${error.message.split("\n")[0] ?? ""}`);
    document.contents ??= document.createNode({});
    const settings = new StackSettings(path, document);
    for (const key of ["environment", "encryptedkey"])
      if (document.has(key)) throw unsupported(`\`${key}\` in ${path}`);
    const provider = settings.#text("secretsprovider");
    if (provider !== undefined && provider !== "passphrase" && provider !== "default")
      throw unsupported(`The secrets provider "${provider}"`);
    return settings;
  }

  get salt(): string | undefined {
    return this.#text("encryptionsalt");
  }

  setSalt(salt: string): void {
    this.document.set("encryptionsalt", salt);
  }

  /** All config values by full key, as stored. */
  get config(): Readonly<Record<string, Setting>> {
    const config = this.document.get("config");
    return isMap(config) ? (config.toJSON() as Record<string, Setting>) : {};
  }

  /** Sets a config value, or a part of one. */
  set(key: string, path: readonly PathStep[], value: Setting): void {
    if (!isMap(this.document.get("config"))) this.document.set("config", this.document.createNode({}));
    const whole = ["config", key, ...path];
    whole.slice(0, -1).forEach((_, depth) => this.#container(whole.slice(0, depth + 1), whole[depth + 1]));
    const parent = this.document.getIn(whole.slice(0, -1));
    const last = whole.at(-1);
    if (isSeq(parent) && typeof last === "number" && last > parent.items.length)
      throw new UserError(`cannot set index ${last} of a list with ${parent.items.length} values`);
    const node = this.document.createNode(value);
    const before = this.document.getIn(whole, true);
    if (isNode(before) && before.comment) node.comment = before.comment;
    this.document.setIn(whole, node);
  }

  /** Removes a config value, or a part of one. */
  remove(key: string, path: readonly PathStep[]): void {
    if (!this.document.hasIn(["config", key, ...path])) return;
    this.document.deleteIn(["config", key, ...path]);
    const config = this.document.get("config");
    if (isMap(config) && config.items.length === 0) this.document.delete("config");
  }

  save(): void {
    writeAtomically(this.file, this.document.toString({ lineWidth: 0 }));
  }

  /** Makes sure that a map or list is where a path goes through. */
  #container(path: readonly PathStep[], next: PathStep | undefined): void {
    const there = this.document.getIn(path);
    if (isMap(there) || isSeq(there)) return;
    this.document.setIn(path, this.document.createNode(typeof next === "number" ? [] : {}));
  }

  #text(key: string): string | undefined {
    const value = this.document.get(key);
    return typeof value === "string" ? value : undefined;
  }
}
