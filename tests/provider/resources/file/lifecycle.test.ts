import { mapped } from "../../../../provider/client/api-promise.js";
import { createHash } from "node:crypto";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InitializationFailure } from "../../../../provider/engine/initialization-failure";
import type { Created } from "../../../../provider/pulumi/lifecycle";
import { lifecycle } from "../../../../provider/resources/file/lifecycle";
import type { Inputs, State } from "../../../../provider/resources/file/schema";
import { UNKNOWN, type Properties } from "../../../../provider/engine/values";
import { emulated, type Emulated } from "../../emulated";

const SIGNED = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17" };
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

let api: Emulated;
let collectionId: string;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "file-"));
  api = await emulated();
  collectionId = (await api.client.collections.create({ name: "Shelf" })).id;
  api.calls();
});
afterEach(async () => {
  await api.emulator.close();
  rmSync(folder, { recursive: true });
});

/** A file on the disk, in the form in which the engine hands it to check and create. */
function asset(name = "bread.md", text = "Bread is baked on Mondays."): Properties {
  const path = join(folder, name);
  writeFileSync(path, text);
  return { ...SIGNED, hash: sha256(text), path };
}

const declared = (values: Properties = {}): Properties => ({
  collectionId,
  ...("source" in values ? {} : { source: asset() }),
  ...values,
});

/** Compares as the engine does, which shows the state to all of the process. */
function compared(state: State, inputs: Inputs): ReturnType<typeof lifecycle.diff> {
  api.ownership.called(`${collectionId}/${state.fileId}`, { ...state }, true);
  return lifecycle.diff({ ...state }, { ...inputs });
}

/** What the engine hands to create: checked inputs. */
function checked(news: Properties = declared()): Inputs {
  const { inputs, failures } = lifecycle.check({}, news);
  expect(failures).toEqual([]);
  return inputs as Inputs;
}

const wrong = (values: Properties): string[] =>
  lifecycle.check({}, declared(values)).failures.map(({ property, reason }) => `${property} ${reason}`);
const create = (values: Properties = {}): Promise<Created<State>> => lifecycle.create(api, checked(declared(values)));
const text = (content: string): Properties => ({
  source: { ...SIGNED, hash: sha256(content), text: content },
  filename: "bread.md",
});
const held = () => api.client.files.list(collectionId);

/** Asks until the emulator, which needs a few turns of the loop, is done with a file. */
async function untilDone({ fileId }: State): Promise<void> {
  while (!/completed|failed/u.test((await api.client.files.get(collectionId, fileId)).status));
}

/** The partially created file that a verb must leave. */
async function halfMade(verb: Promise<unknown>): Promise<InitializationFailure<State>> {
  const error: unknown = await verb.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InitializationFailure);
  return error as InitializationFailure<State>;
}

/** What a read found, where it found something. */
function found(result: Awaited<ReturnType<typeof lifecycle.read>>): State {
  if (result === "not-found") throw new Error("The file is gone.");
  return result.state;
}

describe("check", () => {
  test("adds the hash of the bytes and the name of the file", () => {
    expect(checked()).toMatchObject({ filename: "bread.md", contentHash: sha256("Bread is baked on Mondays.") });
  });

  test("takes another name, and needs one for text", () => {
    expect(checked(declared({ filename: "loaf.md" }))).toMatchObject({ filename: "loaf.md" });
    expect(checked(declared({ ...text("x"), filename: "x.md" }))).toMatchObject({ filename: "x.md" });
    expect(wrong({ ...text("x"), filename: undefined })).toEqual([
      expect.stringMatching(/^filename is required with a StringAsset/u),
    ]);
  });

  test("says nothing of what is not known yet", () => {
    expect(checked({ collectionId: UNKNOWN, source: UNKNOWN })).toMatchObject({
      filename: UNKNOWN,
      contentHash: UNKNOWN,
    });
    expect(checked(declared({ filename: UNKNOWN, ingestionTimeoutSeconds: UNKNOWN }))).toMatchObject({
      filename: UNKNOWN,
    });
  });

  test.each<[Properties, RegExp]>([
    [{ filename: "a/b.md" }, /^filename must be the name of a file alone/u],
    [{ filename: "a\\b.md" }, /^filename must be the name of a file alone/u],
    [{ filename: ".." }, /^filename must be the name of a file alone/u],
    [{ filename: "a\nb.md" }, /^filename must not have control characters/u],
    [{ filename: " " }, /^filename must not be empty/u],
    [{ filename: "x".repeat(256) }, /^filename must have at most 255 characters/u],
    [{ filename: 5 }, /^filename must be text/u],
    [{ waitForIngestion: "yes" }, /^waitForIngestion must be true or false/u],
    [{ ingestionTimeoutSeconds: 0 }, /^ingestionTimeoutSeconds must be more than 0 seconds/u],
    [{ ingestionTimeoutSeconds: Number.NaN }, /^ingestionTimeoutSeconds must be a number of seconds/u],
    [{ ingestionTimeoutSeconds: "600" }, /^ingestionTimeoutSeconds must be a number of seconds/u],
    [{ ingestionTimeoutSeconds: 86_401 }, /^ingestionTimeoutSeconds must be at most 86400 seconds/u],
    [{ adopt: "kb/1" }, /^adopt must be the id of an existing file within its collection/u],
    [{ collectionId: "" }, /^collectionId must be the id of the collection/u],
    [{ sorce: "x" }, /^sorce .*Did you mean "source"/u],
    [{ source: undefined }, /^source is required: must be the path of a file/u],
    [{ source: { problem: "does not exist" } }, /^source does not exist/u],
  ])("refuses %j", (values, expected) => {
    expect(wrong(values)).toEqual([expect.stringMatching(expected)]);
  });

  test("finds everything wrong at once", () => {
    const { failures } = lifecycle.check({}, { source: 5, filename: "", adopt: "" });
    expect(failures.map(({ property }) => property).sort()).toEqual(["adopt", "collectionId", "filename", "source"]);
  });

  test("refuses the name of a file where it is no name for the API", () => {
    expect(wrong({ source: asset("a\tb.md") })).toEqual([
      expect.stringMatching(/^filename must not have control characters/u),
    ]);
  });
});

describe("create", () => {
  test("uploads the file and waits until it is ingested", async () => {
    const { id, state } = await create();
    expect(id).toBe(`${collectionId}/${state.fileId}`);
    expect(state).toEqual({
      ...api.places.current,
      claim: expect.any(String),
      collectionId,
      fileId: expect.any(String),
      filename: "bread.md",
      contentHash: sha256("Bread is baked on Mondays."),
      status: "completed",
      items: 1,
      tokens: expect.any(Number),
      error: undefined,
    });
    expect(await held()).toMatchObject([{ filename: "bread.md", status: "completed" }]);
    expect(api.statuses.slice(0, 2)).toEqual(["bread.md: uploading", "bread.md: enqueued (0 s)"]);
    expect(api.statuses.at(-1)).toBe("bread.md: ingested");
  });

  test("uploads text under the given name", async () => {
    const { state } = await create({ ...text("Grüße."), filename: "note.txt" });
    expect(state).toMatchObject({ filename: "note.txt", status: "completed", items: 1 });
    expect((await api.client.search(collectionId, { input: "Grüße" })).results).toMatchObject([{ content: "Grüße." }]);
  });

  test("does not wait where it is told not to", async () => {
    const { state } = await create({ waitForIngestion: false });
    expect(state).toMatchObject({ status: "enqueued", items: 0, tokens: 0 });
    expect(api.calls()).toEqual(["listFiles", "addFile"]);
  });

  test("counts a status that nobody knows as still going", async () => {
    const { files } = api.client;
    const words = ["chewing", "digesting"];
    const get: typeof files.get = (...ids) =>
      mapped(files.get(...ids), (file) => ({ ...file, status: words.shift() ?? "completed" }));
    const { state } = await lifecycle.create(
      { ...api, client: { ...api.client, files: { ...files, get } } },
      checked(),
    );
    expect(state.status).toBe("completed");
    expect(api.statuses.slice(2, 4)).toEqual([
      expect.stringMatching(/^bread\.md: chewing \(\d+ s\)$/u),
      expect.stringContaining("digesting"),
    ]);
  });

  test("is patient with a new file that the API does not find yet", async () => {
    api.emulator.faults.add({ operation: "getFile", nth: [1, 2], status: 404, body: { message: "Not found" } });
    await expect(create()).resolves.toMatchObject({ state: { status: "completed" } });
  });

  test("asks less and less often", async () => {
    api.emulator.faults.add({ operation: "addFile", ingestion: "stuck" });
    await halfMade(create({ ingestionTimeoutSeconds: 600 }));
    expect(api.calls().filter((operation) => operation === "getFile").length).toBeLessThan(75);
  });

  test("uploads nothing of a file that changed since it was checked", async () => {
    const inputs = checked();
    appendFileSync(join(folder, "bread.md"), " And on Tuesdays.");
    await expect(lifecycle.create(api, inputs)).rejects.toThrow(/^source changed/u);
    expect(api.calls()).toEqual([]);
  });

  test("leaves partially created, and has replaced, what changed while it was being uploaded", async () => {
    const inputs = checked();
    const meanwhile: Emulated = {
      ...api,
      progress: () => writeFileSync(join(folder, "bread.md"), "Bread is baked on Fridays."),
    };
    const failure = await halfMade(lifecycle.create(meanwhile, inputs));
    expect(failure.message).toMatch(/^source changed while it was being uploaded/u);
    expect(failure.state.contentHash).toBeUndefined();
    expect(lifecycle.diff({ ...failure.state, status: "completed" }, { ...inputs }).replaces).toEqual(["source"]);
  });

  test("names the collection that does not exist", async () => {
    await expect(create({ collectionId: "nowhere" })).rejects.toThrow(/collection "nowhere".*404/u);
  });
});

describe("create beside like-named files", () => {
  test("warns, names the other file, and makes another one", async () => {
    const other = await api.client.files.add(collectionId, { filename: "bread.md", source: Buffer.from("x") });
    await create();
    expect(api.warnings).toEqual([expect.stringContaining(`set adopt: "${other.id}"`)]);
    expect(await held()).toHaveLength(2);
  });

  test("does not warn of what this very deployment manages", async () => {
    const { state } = await create();
    compared(state, checked());
    await create({ source: asset("bread.md", "Bread is baked on Fridays.") });
    expect(api.warnings).toEqual([]);
  });

  test("takes over the file whose answer was lost", async () => {
    api.emulator.faults.add({ operation: "addFile", reset: true, processed: true, times: 1 });
    const { state } = await create();
    expect(await held()).toMatchObject([{ id: state.fileId, status: "completed" }]);
  });

  test("fails where the answer was lost and there is no new file", async () => {
    await api.client.files.add(collectionId, { filename: "bread.md", source: Buffer.from("x") });
    api.emulator.faults.add({ operation: "addFile", reset: true, processed: false, times: 1 });
    await expect(create(text("Bread is baked on Mondays."))).rejects.toMatchObject({ outcomeUnknown: true });
    expect(await held()).toHaveLength(1);
  });

  test("of two equal files each gets one of its own, though both answers are lost", async () => {
    api.emulator.faults.add({ operation: "addFile", reset: true, processed: true, times: 2 });
    const [one, two] = await Promise.all([create(), create()]);
    expect(one.id).not.toBe(two.id);
    expect((await held()).map(({ id }) => `${collectionId}/${id}`).sort()).toEqual([one.id, two.id].sort());
  });

  test("never takes over a sibling that a stale list showed too late", async () => {
    const { state } = await create();
    api.emulator.faults.add({ operation: "listFiles", nth: 1, status: 200, body: { files: [] } });
    api.emulator.faults.add({ operation: "addFile", reset: true, processed: false, times: 1 });
    await expect(create(text("Bread is baked on Mondays."))).rejects.toMatchObject({ outcomeUnknown: true });
    expect(await held()).toMatchObject([{ id: state.fileId }]);
  });
});

describe("adopt", () => {
  test("takes over an existing file instead of uploading one", async () => {
    const existing = await api.client.files.add(collectionId, { filename: "bread.md", source: Buffer.from("x") });
    api.calls();
    const { id, state } = await create({ adopt: existing.id });
    expect(id).toBe(`${collectionId}/${existing.id}`);
    expect(state).toMatchObject({ status: "completed", contentHash: sha256("Bread is baked on Mondays.") });
    expect(api.calls()).not.toContain("addFile");
  });

  test("names a file that does not exist, or has another name", async () => {
    await expect(create({ adopt: "nothing" })).rejects.toThrow(/^adopt: there is no file "nothing"/u);
    const existing = await api.client.files.add(collectionId, { filename: "loaf.md", source: Buffer.from("x") });
    await expect(create({ adopt: existing.id })).rejects.toThrow(
      /^adopt: the file .* is named "loaf\.md" and not "bread\.md".*filename: "loaf\.md"/u,
    );
  });

  test("does not take over again what is being replaced", async () => {
    const existing = await api.client.files.add(collectionId, { filename: "bread.md", source: Buffer.from("x") });
    const { state } = await create({ adopt: existing.id, owner: "owner" });
    const inputs = checked(
      declared({ adopt: existing.id, owner: "owner", source: asset("bread.md", "Something else.") }),
    );
    expect(compared(state, inputs).replaces).toEqual(["source"]);
    await expect(lifecycle.create(api, inputs)).resolves.not.toMatchObject({ state: { fileId: existing.id } });
  });

  test("takes over nothing where it was declared after the file was made", async () => {
    const { state } = await create({ owner: "owner" });
    const inputs = checked(
      declared({ adopt: "nothing", owner: "owner", source: asset("bread.md", "Something else.") }),
    );
    compared(state, inputs);
    await lifecycle.create(api, inputs);
    expect(await held()).toHaveLength(2);
  });

  test("refuses a file that another resource manages", async () => {
    const { state } = await create();
    await expect(create({ adopt: state.fileId })).rejects.toThrow(/^adopt: the file .* belongs to another resource/u);
  });
});

describe("an ingestion that fails", () => {
  test("leaves a partially created file with the API's reason, which the next up replaces", async () => {
    api.emulator.faults.add({ operation: "addFile", ingestion: "failed", times: 1 });
    const inputs = checked();
    const { id, state, message } = await halfMade(lifecycle.create(api, inputs));
    expect(message).toMatch(
      /^The file "bread\.md" \(.*\) could not be ingested: A fault on purpose\. Fix the document/u,
    );
    expect(state).toMatchObject({ status: "failed", error: "A fault on purpose", items: 0 });
    const again = found(await lifecycle.read(api.afresh(), id, state));
    expect(again).toEqual(state);
    expect(lifecycle.diff({ ...again }, { ...inputs })).toEqual({ changes: true, replaces: ["status"] });
    await lifecycle.delete(api, id, state);
    expect(await held()).toEqual([]);
  });

  test("is told by a refresh where nobody waited for it", async () => {
    api.emulator.faults.add({ operation: "addFile", ingestion: "failed", times: 1 });
    const inputs = checked(declared({ waitForIngestion: false }));
    const { id, state } = await lifecycle.create(api, inputs);
    expect(lifecycle.diff({ ...state }, { ...inputs }).changes).toBe(false);
    await untilDone(state);
    const later = found(await lifecycle.read(api.afresh(), id, state));
    expect(lifecycle.diff({ ...later }, { ...inputs }).replaces).toEqual(["status"]);
  });
});

describe("an ingestion that takes too long", () => {
  test("leaves a partially created file, which the next up replaces", async () => {
    api.emulator.faults.add({ operation: "addFile", ingestion: "stuck" });
    const inputs = checked(declared({ ingestionTimeoutSeconds: 60 }));
    const { id, state, message } = await halfMade(lifecycle.create(api, inputs));
    expect(api.clock.now()).toBe(60_000);
    expect(message).toMatch(
      /was not ingested within 60 s: the API still calls it "processing"\. Raise ingestionTimeoutSeconds/u,
    );
    expect(state).toMatchObject({ status: "processing", error: expect.stringContaining("within 60 s") });
    expect(lifecycle.diff({ ...state }, { ...inputs }).replaces).toEqual(["status"]);
    expect(found(await lifecycle.read(api.afresh(), id, state))).toEqual(state);
  });

  test("needs no replacement where a refresh finds it completed", async () => {
    const inputs = checked(declared({ waitForIngestion: false }));
    const { id, state } = await lifecycle.create(api, inputs);
    await untilDone(state);
    const late: State = { ...state, status: "processing", error: "It was not ingested within 60 s" };
    const fresh = api.afresh();
    const later = found(await lifecycle.read(fresh, id, late));
    expect(later).toMatchObject({ status: "completed", items: 1, error: undefined });
    expect(lifecycle.diff({ ...later }, { ...checked() })).toEqual({ changes: false, replaces: [] });
  });
});

describe("an ingestion that could not be followed", () => {
  test("is looked at again by the next up", async () => {
    api.emulator.faults.add({ operation: "getFile", status: 500, times: 1 });
    const inputs = checked();
    const { id, state, message } = await halfMade(lifecycle.create(api, inputs));
    expect(message).toMatch(/was uploaded, but its ingestion status could not be read: .*500.*looks again\.$/u);
    expect(lifecycle.diff({ ...state }, { ...inputs })).toEqual({ changes: true, replaces: [] });
    await expect(lifecycle.update(api, id, state, inputs)).resolves.toMatchObject({ status: "completed", items: 1 });
  });

  test("of a file that the API does not find any more is replaced", async () => {
    api.emulator.faults.add({ operation: "getFile", status: 404, body: { message: "Not found" } });
    const inputs = checked();
    const { id, state, message } = await halfMade(lifecycle.create(api, inputs));
    expect(message).toMatch(/does not find it any more\. Run "pulumi up" again to upload it again\.$/u);
    expect(lifecycle.diff({ ...state }, { ...inputs }).replaces).toEqual(["status"]);
    api.emulator.faults.clear();
    await lifecycle.delete(api, id, state);
  });
});

describe("diff", () => {
  const state: Properties = {
    collectionId: "kb",
    fileId: "1",
    filename: "a.md",
    contentHash: "h",
    status: "completed",
    items: 1,
    tokens: 2,
  };
  const inputs: Properties = {
    collectionId: "kb",
    filename: "a.md",
    contentHash: "h",
    source: { ...SIGNED, hash: "h" },
  };

  test.each<[string, Properties, Properties, ReturnType<typeof lifecycle.diff>]>([
    ["nothing", {}, {}, { changes: false, replaces: [] }],
    ["the bytes", {}, { contentHash: "i" }, { changes: true, replaces: ["source"] }],
    ["the name", {}, { filename: "b.md" }, { changes: true, replaces: ["filename"] }],
    ["the collection", {}, { collectionId: "kb2" }, { changes: true, replaces: ["collectionId"] }],
    ["the collection, to one that is not known yet", {}, { collectionId: UNKNOWN }, { changes: true, replaces: [] }],
    [
      "what matters during creation only",
      {},
      { waitForIngestion: false, ingestionTimeoutSeconds: 5, adopt: "x" },
      { changes: false, replaces: [] },
    ],
    [
      "the wait, while ingestion goes on",
      { status: "processing" },
      { waitForIngestion: true },
      { changes: true, replaces: [] },
    ],
    [
      "nothing, while ingestion goes on that nobody waits for",
      { status: "processing" },
      { waitForIngestion: false },
      { changes: false, replaces: [] },
    ],
    ["the bytes of a failed one", { status: "failed" }, { contentHash: "i" }, { changes: true, replaces: ["source"] }],
  ])("of %s", (_what, stored, wanted, expected) => {
    expect(lifecycle.diff({ ...state, ...stored }, { ...inputs, ...wanted })).toEqual(expected);
  });
});

describe("read", () => {
  test("of many files costs one list", async () => {
    const made = [await create(), await create({ filename: "b.md" })];
    const fresh = api.afresh();
    api.calls();
    for (const { id, state } of made) await expect(lifecycle.read(fresh, id, state)).resolves.toEqual({ id, state });
    expect(api.calls()).toEqual(["listFiles"]);
  });

  test("brings a file up to date that nobody waited for", async () => {
    const { id, state } = await create({ waitForIngestion: false });
    await untilDone(state);
    await expect(lifecycle.read(api.afresh(), id, state)).resolves.toEqual({
      id,
      state: { ...state, status: "completed", items: 1, tokens: expect.any(Number) },
    });
  });

  test("of a file that is not managed gives what the API knows", async () => {
    const { id, state } = await create();
    expect(found(await lifecycle.read(api.afresh(), id, {}))).toEqual({
      ...state,
      contentHash: undefined,
      claim: undefined,
    });
    await expect(lifecycle.read(api.afresh(), `${collectionId}/missing`, {})).rejects.toThrow(
      /^There is no file ".*\/missing" to read/u,
    );
    await expect(lifecycle.read(api.afresh(), "missing", {})).rejects.toThrow(/is not the id of one file/u);
  });

  test("believes the file itself over a list that lacks it", async () => {
    const { id, state } = await create();
    api.emulator.faults.add({ operation: "listFiles", status: 200, body: { files: [] } });
    await expect(lifecycle.read(api.afresh(), id, state)).resolves.toEqual({ id, state });
  });

  test("says that it is gone when the API says so, of the file and of its collection", async () => {
    const { id, state } = await create();
    await api.client.files.delete(collectionId, state.fileId);
    await expect(lifecycle.read(api.afresh(), id, state)).resolves.toBe("not-found");
    await api.client.collections.delete(collectionId);
    await expect(lifecycle.read(api.afresh(), id, state)).resolves.toBe("not-found");
  });

  test("fails rather than call it gone when the API does not answer properly", async () => {
    const { id, state } = await create();
    api.emulator.faults.add({ operation: "listFiles", status: 500 });
    await expect(lifecycle.read(api.afresh(), id, state)).rejects.toMatchObject({ status: 500 });
  });
});

test("delete takes the file's items along, and finds no fault with a second one", async () => {
  const { id, state } = await create();
  await lifecycle.delete(api, id, state);
  await lifecycle.delete(api, id, state);
  expect(await held()).toEqual([]);
  expect(await api.client.items.list(collectionId)).toEqual([]);
});

describe("a service that deletes no files", () => {
  it.each([405, 404])("keeps a file that is to go, says so, and lets the deployment go on: %i", async (status) => {
    const { id, state } = await create();
    api.emulator.faults.add({ operation: "deleteFile", status });
    await lifecycle.delete(api, id, state);
    expect(api.reports.at(-1)).toBe(
      `Kept the file "${id}": this service deletes no files; its items are found until the collection is deleted.`,
    );
    expect(await api.client.files.list(collectionId)).toHaveLength(1);
  });
});
