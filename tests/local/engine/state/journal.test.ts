import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { openCrypter } from "../../../../local/engine/secrets/passphrase.js";
import type { StackPlace } from "../../../../local/engine/state/backend.js";
import { load } from "../../../../local/engine/state/checkpoint.js";
import { recover } from "../../../../local/engine/state/journal.js";
import { SnapshotManager } from "../../../../local/engine/state/snapshot-manager.js";
import { CLI_SALT, CLI_STATE, resource, stackPlace, urn } from "../fixtures/index.js";

const crypter = openCrypter(CLI_STATE.passphrase, CLI_SALT);
const checkpointOf = (...resources: object[]): object => ({
  version: 3,
  checkpoint: {
    stack: "organization/project/test",
    latest: { secrets_providers: { type: "passphrase", state: { salt: CLI_SALT } }, resources, metadata: {} },
  },
});

function ledgerOf(place: StackPlace): SnapshotManager {
  const loaded = load(place);
  if (loaded === undefined) throw new Error("no checkpoint");
  return new SnapshotManager(place, crypter, loaded);
}
const names = (place: StackPlace): string[] =>
  (load(place)?.snapshot.resources ?? []).map(
    ({ urn: of, delete: isOld }) => `${of.split("::").at(-1) ?? ""}${isOld ? " (old)" : ""}`,
  );

describe("a run that was killed", () => {
  it("leaves what it recorded to the next, and what it began as pending", async () => {
    const place = stackPlace(checkpointOf(resource("a"), resource("b")));
    const snapshots = ledgerOf(place);
    const [a, b] = snapshots.resources;
    if (!a || !b) throw new Error("no states");
    await snapshots.end(await snapshots.begin("creating", resource("c")), { add: resource("c") });
    await snapshots.end(undefined, { add: { ...a, id: "same" }, drop: [a] });
    await snapshots.end(undefined, { add: resource("b", { id: "new" }), set: [[b, { ...b, delete: true }]] });
    await snapshots.begin("updating", resource("d"));
    // Nothing more is said: the process is gone.
    expect(names(place)).toEqual(["a", "b"]);
    expect(recover(place)).toMatch(/the last run was killed; \d+ recorded changes were recovered/u);
    expect(names(place)).toEqual(["c", "a", "b", "b (old)"]);
    expect(load(place)?.snapshot.pendingOperations).toMatchObject([{ type: "updating", resource: { urn: urn("d") } }]);
    expect(existsSync(place.journal)).toBe(false);
    expect(recover(place)).toBeUndefined();
  });

  it("goes on from a checkpoint that was written in the middle, each resource behind what it needs", async () => {
    jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"], now: 0 });
    try {
      const place = stackPlace(checkpointOf(resource("old"), resource("gone")));
      const snapshots = ledgerOf(place);
      const [old, gone] = snapshots.resources;
      const [a, b] = [resource("a"), resource("b", { dependencies: [urn("a")] })];
      if (!old || !gone) throw new Error("no states");
      await snapshots.end(undefined, { add: a });
      const ticket = await snapshots.begin("creating", b);
      jest.setSystemTime(10_000);
      await snapshots.end(undefined, { add: resource("other") });
      expect(names(place)).toEqual(["a", "other", "old", "gone"]);
      expect(load(place)?.snapshot.pendingOperations).toHaveLength(1);
      await snapshots.end(ticket, { add: b });
      await snapshots.end(undefined, { set: [[a, { ...a, id: "changed" }]], drop: [gone] });
      await snapshots.end(undefined, { add: { ...old, id: "same", dependencies: [b.urn] }, drop: [old] });
      recover(place);
      expect(names(place)).toEqual(["a", "other", "b", "old"]);
      expect(load(place)?.snapshot).toMatchObject({
        resources: [{ id: "changed" }, {}, {}, { id: "same" }],
        pendingOperations: [],
      });
    } finally {
      jest.useRealTimers();
    }
  });

  it("may have been cut in the middle of its last line", async () => {
    const place = stackPlace(checkpointOf());
    await ledgerOf(place).end(undefined, { add: resource("a") });
    appendFileSync(place.journal, '{"add":[7,{"urn":"urn:pul\n');
    recover(place);
    expect(names(place)).toEqual(["a"]);
  });

  it("loses nothing when it was killed between the checkpoint and the journal's new beginning", async () => {
    const place = stackPlace(checkpointOf());
    const snapshots = ledgerOf(place);
    await snapshots.end(undefined, { add: resource("a") });
    const before = readFileSync(place.journal, "utf8");
    snapshots.close();
    const mark = JSON.stringify({ checkpoint: load(place)?.digest });
    writeFileSync(place.journal, `${before}${mark}\n`);
    expect(recover(place)).toBeUndefined();
    expect(names(place)).toEqual(["a"]);
  });

  it("does not touch a state that someone else has written since", async () => {
    const place = stackPlace(checkpointOf());
    await ledgerOf(place).end(undefined, { add: resource("a") });
    writeFileSync(place.checkpoint, JSON.stringify(checkpointOf(resource("z"))));
    expect(recover(place)).toMatch(/belong to another version of the state; they were put aside in/u);
    expect(names(place)).toEqual(["z"]);
    expect(readdirSync(dirname(place.checkpoint)).some((name) => name.startsWith("test.journal."))).toBe(true);
  });

  it("needs no passphrase to be recovered, and keeps secrets encrypted", async () => {
    const place = stackPlace(checkpointOf());
    const hidden = resource("a", {
      inputs: { key: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "canary" } },
    });
    await ledgerOf(place).end(undefined, { add: hidden });
    expect(readFileSync(place.journal, "utf8")).not.toContain("canary");
    recover(place);
    expect(readFileSync(place.checkpoint, "utf8")).not.toContain("canary");
    expect(load(place)?.snapshot.salt).toBe(CLI_SALT);
  });
});

describe("a run that ends", () => {
  it("leaves the folder in the CLI's layout, with the state before as a backup", async () => {
    const place = stackPlace(checkpointOf(resource("a")));
    const snapshots = ledgerOf(place);
    await snapshots.end(undefined, { drop: snapshots.resources });
    snapshots.close();
    expect(names(place)).toEqual([]);
    expect(readdirSync(dirname(place.checkpoint)).sort()).toEqual(["test.json", "test.json.bak"]);
    expect(readFileSync(`${place.checkpoint}.bak`, "utf8")).toContain(urn("a"));
  });

  it("forgets interrupted updates, but not interrupted creations", () => {
    const pending = ["creating", "updating"].map((type) => ({ type, resource: resource(type) }));
    const base = checkpointOf() as { checkpoint: { latest: object } };
    Object.assign(base.checkpoint.latest, { pending_operations: pending });
    const place = stackPlace(base);
    ledgerOf(place).close();
    expect(load(place)?.snapshot.pendingOperations.map(({ type }) => type)).toEqual(["creating"]);
  });

  it("takes out references to what a refresh found gone, and lifts its children up", async () => {
    const a = resource("a");
    const child = resource("c", {
      parent: a.urn,
      dependencies: [a.urn],
      deletedWith: a.urn,
      propertyDependencies: { x: [a.urn], y: [] },
    });
    const place = stackPlace(checkpointOf({ ...a, parent: "" }, child));
    const snapshots = ledgerOf(place);
    const [gone] = snapshots.resources;
    await snapshots.end(undefined, { drop: gone ? [gone] : [], refreshed: true });
    snapshots.close();
    const [left] = load(place)?.snapshot.resources ?? [];
    expect(left).not.toHaveProperty("dependencies");
    expect(left).not.toHaveProperty("propertyDependencies");
    expect(left).not.toHaveProperty("deletedWith");
    expect(left?.parent ?? "").toBe("");
  });
});
