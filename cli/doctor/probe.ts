import { randomBytes } from "node:crypto";
import { messageOf } from "../../provider/text/error-message.js";
import type { AssumptionName, Seen } from "./assumptions.js";
import { at, listAt, type Ask, type RawAnswer } from "./wire.js";

/** What the probe may use at most, which is said before it begins. */
export const COST = "about 1,500 tokens of embedding and at most 10 of chat; nothing is kept";

/** Names of the probe's own collections; nobody else's have a random number behind it. */
const NAME = /^vi-probe-([0-9a-f]{4})(?:_p)?([0-9a-f]{4})(?:-other)?$/u;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
/** How long a new collection may be unknown, in milliseconds. */
const SETTLING_MS = 15_000;
const ITEMS = 12;

/** What one look needs. */
interface Probe {
  readonly ask: Ask;
  readonly name: string;
  readonly id: string;
  /** Remembers a collection, so that it is deleted in the end. */
  readonly made: (id: string | undefined) => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What came of a probe. */
export interface Probed {
  readonly seen: Seen;
  /** Collections of the probe that could not be deleted. */
  readonly left: readonly string[];
  /** Why it ended early, where it did. */
  readonly problem?: string;
}

/**
 * Goes through the assumptions with a collection of its own, which it deletes whatever happens.
 *
 * @param ask sends requests; given a signal, it ends early.
 * @param clean sends requests that are to go out all the same: those that delete.
 */
export async function probe(
  ask: Ask,
  clean: Ask,
  sleep: Probe["sleep"],
  onStep: (done: number) => void = () => undefined,
): Promise<Probed> {
  const made = new Set<string>();
  const seen: Partial<Record<AssumptionName, string>> = {};
  const name = `vi-probe-${randomBytes(4).toString("hex")}`;
  try {
    await deleteLeftovers(clean);
    // What was there before is nothing that this run has made, whatever an answer says.
    const before = new Set(
      listAt((await ask({ path: "/vector_store" })).json, "collections").map((collection) => at(collection, "id")),
    );
    const note = (id: string | undefined): void => {
      if (id !== undefined && !before.has(id)) made.add(id);
    };
    const created = await ask({ method: "POST", path: "/vector_store", json: { name } });
    const id = idOf(created);
    note(id);
    if (id === undefined || before.has(id))
      return { seen, left: [], problem: `no collection can be created: the API answered ${created.status}` };
    const about: Probe = { ask, name, id, sleep, made: note };
    for (const [index, look] of LOOKS.entries()) {
      Object.assign(seen, await look(about));
      onStep(index + 1);
    }
    return { seen, left: await deleteAll(clean, [...made]) };
  } catch (error) {
    return { seen, left: await deleteAll(clean, [...made]), problem: messageOf(error) };
  }
}

/** In this order: what comes later builds on what was made before. */
const LOOKS: readonly ((probe: Probe) => Promise<Seen>)[] = [lists, names, items, search, refusals, files, freedName];

async function names({ ask, name, id, made }: Probe): Promise<Seen> {
  const [same, alike, underscored] = [
    await ask({ method: "POST", path: "/vector_store", json: { name } }),
    await ask({ method: "POST", path: "/vector_store", json: { name: `${name}-other` } }),
    await ask({ method: "POST", path: "/vector_store", json: { name: `${name.slice(0, 13)}_p${name.slice(13)}` } }),
  ];
  for (const answer of [same, alike, underscored]) made(idOf(answer));
  const underscoredId = idOf(underscored);
  const unknown = await ask({ path: "/vector_store/viprobenothing/items" });
  return {
    idLength: id === name.replaceAll("-", "").slice(0, 14) ? "first 14 letters and digits of the name" : "otherwise",
    takenName: takenAs(same, id),
    sameBeginning: takenAs(alike, id),
    ...(underscoredId === undefined ? {} : { underscore: underscoredId.includes("_") ? "kept" : "dropped" }),
    unknownCollection: String(unknown.status),
  };
}

function takenAs(answer: RawAnswer, id: string): string {
  if (answer.status >= 400) return "refused";
  return idOf(answer) === id ? "existing" : "suffix";
}

async function items({ ask, id, name, sleep }: Probe): Promise<Seen> {
  const description = JSON.stringify({ probe: name, more: "x".repeat(150) });
  const added = await settled({ ask, sleep }, () =>
    ask({ method: "POST", path: `/vector_store/${id}/items`, json: { content: "Probe 0.", description } }),
  );
  const itemId = at(added.json, "item", "id") ?? at(added.json, "id");
  const path = `/vector_store/${id}/items/${String(itemId)}`;
  const isKept = (at(added.json, "item", "description") ?? at(added.json, "description")) === description;
  const list = listAt((await ask({ path: `/vector_store/${id}/items` })).json, "items");
  const patched = await ask({ method: "PATCH", path, json: { description: `${name} patched` } });
  const described = (await ask({ path })).text.includes(`${name} patched`);
  await ask({ method: "PATCH", path, json: { content: "Another text.", description: `${name} patched` } });
  const isChanged = (await ask({ path })).text.includes("Another text.");
  const removed = await ask({ method: "DELETE", path });
  const after = await ask({ path });
  return {
    itemAnswer:
      added.status === 201 && UUID.test(String(itemId)) && isKept
        ? "201 with a UUID and the description as sent"
        : `${added.status}${UUID.test(String(itemId)) ? "" : ", no UUID"}${isKept ? "" : ", another description"}`,
    list: list.some((item) => at(item, "content") !== undefined) ? "contents, too" : "descriptions without contents",
    describe: patched.status < 300 && described ? "taken" : `${patched.status}, ${described ? "taken" : "not taken"}`,
    content: isChanged ? "taken" : "ignored or refused",
    removal: `${removed.status}, and ${after.status} afterwards`,
  };
}

async function search({ ask, id, name }: Probe): Promise<Seen> {
  for (let index = 0; index < ITEMS; index++) {
    await ask({
      method: "POST",
      path: `/vector_store/${id}/items`,
      json: { content: `Probe number ${index}.`, description: name },
    });
  }
  const answer = await ask({ method: "POST", path: `/vector_store/${id}/search`, json: { input: "Which number?" } });
  const results = listAt(answer.json, "results");
  const fields = Object.keys(results[0] ?? {})
    .toSorted()
    .join(", ");
  return answer.status < 300 ? { searchResults: String(results.length), searchFields: fields } : {};
}

async function lists({ ask }: Probe): Promise<Seen> {
  const open = await ask({ path: "/models", key: "none" });
  const models = listAt((await ask({ path: "/models" })).json, "data");
  const voices = (await ask({ path: "/audio/voices" })).json;
  const wrong = await ask({ path: "/vector_store", key: "wrong" });
  return {
    wrongKey:
      [401, 422].includes(wrong.status) && /key/iu.test(wrong.text)
        ? "422 or 401 with words about the key"
        : String(wrong.status),
    openModelList: open.status < 300 ? "answered" : "refused",
    ...(models.length > 0 && {
      modelList:
        at(models[0], "output_modalities") === undefined && at(models[0], "input_modalities") === undefined
          ? "features"
          : "modalities",
    }),
    ...(at(voices, "data") === undefined && at(voices, "voices") === undefined
      ? {}
      : { voiceList: at(voices, "data") === undefined ? "voices" : "data" }),
    audioModels: presence(await ask({ path: "/audio/models" })),
    logs: presence(await ask({ method: "POST", path: "/logs", json: { timestamp: new Date().toISOString() } })),
  };
}

/** A path that is there may still refuse what it was sent. */
function presence({ status }: RawAnswer): string {
  return status === 404 || status === 405 ? "absent" : "there";
}

async function refusals({ ask, id, name }: Probe): Promise<Seen> {
  const long = await ask({
    method: "POST",
    path: `/vector_store/${id}/items`,
    json: { content: "word ".repeat(700), description: name },
  });
  const chat = await ask({
    method: "POST",
    path: "/chat/completions",
    json: { model: name, messages: [{ role: "user", content: "Hi" }], max_tokens: 1 },
  });
  const voiced = await voice(ask, name);
  return {
    tooLong:
      long.status === 422 && /length|token|long/iu.test(long.text)
        ? "422 with words about its length"
        : `${long.status}`,
    unknownModel: chat.status < 300 ? "answered" : "refused",
    ...voiced,
  };
}

/** With a model that is listed, so that nothing but the voice is unknown. */
async function voice(ask: Ask, name: string): Promise<Seen> {
  const models = listAt((await ask({ path: "/audio/models" })).json, "data");
  const all =
    models.length > 0
      ? models
      : listAt((await ask({ path: "/models" })).json, "data").filter((model) =>
          listAt(model, "output_modalities").some((one) => JSON.stringify(one).includes("audio")),
        );
  const model = at(all[0], "id");
  if (typeof model !== "string") return {};
  const spoken = await ask({ method: "POST", path: "/audio/speech", json: { model, input: "Hi", voice: name } });
  return { unknownVoice: spoken.status < 300 ? "spoken" : "refused" };
}

async function files({ ask, id }: Probe): Promise<Seen> {
  const uploaded = await ask({
    method: "POST",
    path: `/vector_store/${id}/files`,
    file: { filename: "probe.txt", text: "A probe." },
  });
  const fileId = at(uploaded.json, "file", "id") ?? at(uploaded.json, "id");
  if (typeof fileId !== "string") return { fileUpload: String(uploaded.status) };
  const status = String(at(uploaded.json, "file", "status") ?? at(uploaded.json, "status"));
  const removed = await ask({ method: "DELETE", path: `/vector_store/${id}/files/${fileId}` });
  return {
    fileUpload: /^(?:enqueued|processing|completed)$/u.test(status) ? "enqueued, processing or completed" : status,
    deleteFile: removed.status < 300 ? "taken" : "refused",
  };
}

async function freedName({ ask, id, name, made }: Probe): Promise<Seen> {
  await ask({ method: "DELETE", path: `/vector_store/${id}` });
  const again = await ask({ method: "POST", path: "/vector_store", json: { name } });
  made(idOf(again));
  return { freedName: again.status < 300 ? "free at once" : `refused with ${again.status}` };
}

/** Repeats a request while its collection is not known yet. */
async function settled({ sleep }: Pick<Probe, "ask" | "sleep">, send: () => Promise<RawAnswer>): Promise<RawAnswer> {
  for (let waited = 0; ; waited += 500) {
    const answer = await send();
    if (answer.status < 400 || waited >= SETTLING_MS) return answer;
    await sleep(500);
  }
}

function idOf({ status, json }: RawAnswer): string | undefined {
  const id = at(json, "collection", "id") ?? at(json, "id");
  return status < 300 && typeof id === "string" ? id : undefined;
}

/** Deletes what this run has made. @returns the ids of those that are still there. */
async function deleteAll(ask: Ask, ids: readonly string[]): Promise<string[]> {
  const left: string[] = [];
  for (const id of ids) {
    const status = await ask({ method: "DELETE", path: `/vector_store/${id}` }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status >= 300 && status !== 404 && status !== 422) left.push(id);
    if (status === 0) left.push(id);
  }
  return left;
}

/** Deletes collections of a run that was killed: those with a probe's name whose items all say that name. */
async function deleteLeftovers(ask: Ask): Promise<void> {
  for (const collection of listAt((await ask({ path: "/vector_store" })).json, "collections")) {
    const [id, name] = [at(collection, "id"), at(collection, "name")];
    if (typeof id !== "string" || typeof name !== "string" || !NAME.test(name)) continue;
    const run = name.replace(NAME, "vi-probe-$1$2");
    const answer = await ask({ path: `/vector_store/${id}/items` });
    const held = listAt(answer.json, "items");
    const isOwn = answer.status < 300 && held.every((item) => String(at(item, "description")).includes(run));
    if (isOwn) await ask({ method: "DELETE", path: `/vector_store/${id}` });
  }
}
