import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { PreparedDocuments } from "../../../../provider/documents/prepared";
import { documentKey, ownerOf, readDescription } from "../../../../provider/ownership/tag";
import { declared as asClassGives } from "../../../../provider/inputs/declared-source";
import { lifecycle } from "../../../../provider/resources/documents/lifecycle";
import type { Inputs, State } from "../../../../provider/resources/documents/schema";
import type { Properties } from "../../../../provider/engine/values";
import { emulated, type Emulated } from "../../emulated";
import { Managed, type Step } from "../../managed";

/** Documents by name. */
export type Folder = Readonly<Record<string, string>>;

let resources = 0;

/** An API with an empty collection. */
export async function withCollection(): Promise<{ api: Emulated; collectionId: string }> {
  const api = await emulated();
  const { id } = await api.client.collections.create({ name: "Docs" });
  api.calls();
  return { api, collectionId: id };
}

/** The message with which something fails. */
export function failure(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "nothing failed",
    (error: unknown) => (error as Error).message,
  );
}

/** A folder of documents, deployed as one resource. */
export class Deployed {
  readonly folder = mkdtempSync(join(tmpdir(), "documents-"));
  readonly owner: string;
  readonly managed: Managed<Inputs, State>;

  constructor(
    readonly collectionId: string,
    private readonly declared: Properties = {},
    owner = ownerOf(`documents-${resources++}`),
    prepared?: PreparedDocuments,
  ) {
    this.owner = owner;
    this.managed = new Managed<Inputs, State>(lifecycle, prepared);
  }

  /** Makes the folder hold exactly these documents. */
  write(files: Folder): this {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), text);
    }
    return this;
  }

  up(api: Emulated, declared: Properties = {}, ignoreChanges: readonly string[] = []): Promise<Step> {
    const { source = this.folder, ...program } = { ...this.declared, ...declared };
    return this.managed.up(
      api,
      { collectionId: this.collectionId, owner: this.owner, ...program, source: asClassGives(source) },
      ignoreChanges,
    );
  }
}

/** What the collection holds of an owner: by document, the contents in the order of age. */
export async function held(api: Emulated, collectionId: string, owner: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const { id, description } of await api.client.items.list(collectionId)) {
    const { tag, title } = readDescription(description);
    if (tag?.owner !== owner) continue;
    const name = title.split(" › ")[0] ?? "";
    expect(tag.chunk?.document).toBe(documentKey(name));
    (found[name] ??= []).push((await api.client.items.get(collectionId, id)).content);
  }
  return found;
}

/** How often an operation reached the API since the last look. */
export function counted(api: Emulated): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const call of api.calls()) counts[call] = (counts[call] ?? 0) + 1;
  return counts;
}
