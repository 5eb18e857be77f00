import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Properties } from "../../provider/engine/values";
import type { Fields } from "../../provider/pulumi/fields";
import type { Lifecycle } from "../../provider/pulumi/lifecycle";
import { emulated, type Emulated } from "../provider/emulated";
import { Managed } from "../provider/managed";
import { ROOT } from "../support/project-copy";

const folder = mkdtempSync(join(tmpdir(), "state-"));
writeFileSync(join(folder, "bread.md"), "# Bread\n\nBread is baked on Mondays.\n");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const asset = (text: string): Properties => ({
  "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
  hash: createHash("sha256").update(text).digest("hex"),
  text,
});

/** Of each room a program that gives every input that is compared. One that it does not give fails the test. */
const PROGRAMS: Readonly<Record<string, Properties>> = {
  collection: { name: "Shelf", forceDestroy: true, confidential: true },
  item: {
    collectionId: "shelf",
    content: "Bread is baked on Mondays.",
    description: "Bread",
    owner: "0123456789ab",
    confidential: true,
  },
  file: {
    collectionId: "shelf",
    source: asset("Bread is baked on Mondays."),
    filename: "bread.txt",
    owner: "0123456789ab",
    confidential: true,
  },
  documents: {
    collectionId: "shelf",
    source: folder,
    maxTokens: 100,
    overlapTokens: 10,
    unmanaged: "report",
    verify: "sample",
    owner: "0123456789ab",
    confidential: true,
  },
  "retrieval-test": {
    collectionId: "shelf",
    revision: "1",
    cases: [{ query: "When is bread baked?", expect: { text: "Mondays" } }],
    minRecall: 0.5,
    onFailure: "warn",
    rerank: false,
    deadlineSeconds: 0,
  },
};

interface Room {
  readonly fields: Fields;
  readonly lifecycle: Lifecycle<never, object>;
}

describe("A resource's state says all that a change of is told by it", () => {
  let api: Emulated;
  beforeEach(async () => {
    api = await emulated();
    await api.client.collections.create({ name: "Shelf" });
    await api.client.items.add("shelf", { content: "Bread is baked on Mondays." });
  });
  afterEach(() => api.emulator.close());

  it.each(readdirSync(join(ROOT, "provider/resources")).filter((name) => !name.includes(".")))("%s", async (name) => {
    const { fields } = jest.requireActual<Room>(`../../provider/resources/${name}/schema`);
    const { lifecycle } = jest.requireActual<Room>(`../../provider/resources/${name}/lifecycle`);
    const program = PROGRAMS[name] ?? {};
    const compared = Object.entries(fields).filter(([, { change }]) => change === "replace" || change === "update");
    expect(compared.map(([field]) => field).filter((field) => program[field] === undefined)).toEqual([]);

    if (name === "collection") await api.client.collections.delete("shelf");
    const managed = new Managed(lifecycle);
    expect(await managed.up(api, program)).toBe("create");
    // What the state does not say would be a change in every deployment.
    expect(await managed.up(api.afresh(), program)).toBe("same");
  });

  const DRIFTS: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
    collection: (id) => api.client.collections.update(id, { name: "Other" }),
    item: (id) => api.client.items.update("shelf", id, { description: "Other" }),
  };

  it.each(Object.keys(DRIFTS))("%s, and a read that finds drift gives back each of its inputs", async (name) => {
    const { fields } = jest.requireActual<Room>(`../../provider/resources/${name}/schema`);
    const { lifecycle } = jest.requireActual<Room>(`../../provider/resources/${name}/lifecycle`);
    if (name === "collection") await api.client.collections.delete("shelf");
    const managed = new Managed(lifecycle);
    await managed.up(api, PROGRAMS[name] ?? {});
    const { itemId, collectionId } = managed.outputs as Readonly<Record<string, string>>;
    await DRIFTS[name]?.(itemId ?? collectionId ?? "");

    await managed.refresh(api.afresh());
    const compared = Object.entries(fields).filter(([, { change }]) => change === "replace" || change === "update");
    expect(compared.map(([field]) => field).filter((field) => managed.inputs[field] === undefined)).toEqual([]);
    expect(await managed.up(api.afresh(), PROGRAMS[name] ?? {})).toBe("update");
    expect(await managed.up(api.afresh(), PROGRAMS[name] ?? {})).toBe("same");
  });
});
