import { isIP } from "node:net";
import { behaviorOf } from "./behavior.js";
import { readChatScript } from "./chat/scripted.js";
import { systemClock } from "./clock.js";
import type { Embedder } from "./embeddings/embedder.js";
import { fullEmbedder, fullEmbedderInstalled } from "./embeddings/full.js";
import { givenEmbedder, namedEmbedder } from "./embeddings/given.js";
import { lightEmbedder } from "./embeddings/light.js";
import { readFaults } from "./faults/file.js";
import { FaultPlan } from "./faults/plan.js";
import { Api, BASE_PATH } from "./http/api.js";
import { createControl } from "./http/control.js";
import { listen } from "./http/server.js";
import { isLoopback } from "./http/web-page.js";
import { createJournal } from "./journal.js";
import { keptKey, newKey } from "./key-file.js";
import { Library } from "./library.js";
import { createSpeaker } from "./speech/speaker.js";
import { Ingestion } from "./ingest/ingestion.js";
import { chatOperations } from "./operations/chat.js";
import { fileOperations } from "./operations/files.js";
import { logOperations } from "./operations/logs.js";
import { modelOperations } from "./operations/models.js";
import { speechOperations } from "./operations/speech.js";
import { collectionOperations } from "./operations/collections.js";
import { healthOperations } from "./operations/health.js";
import { itemOperations } from "./operations/items.js";
import { rerankOperations } from "./operations/rerank.js";
import { searchOperations } from "./operations/search.js";
import { usageOperations } from "./operations/usage.js";
import type { Emulator, EmulatorOptions } from "./options.js";
import { seededNumbers, systemRandom } from "./random.js";
import { RequestHistory } from "./request-history.js";
import { RequestLog } from "./request-log.js";
import { createPage } from "./page/page.js";
import { Finder } from "./search/finder.js";
import { UsageCounter } from "./usage-counter.js";
import { durableStore } from "./storage/durable.js";
import { memoryStore } from "./storage/store.js";

/**
 * Starts the API on this machine.
 *
 * @throws Error with one sentence that says what to do: a taken port, a data folder in use, a missing package.
 * @example
 * const emulator = await startEmulator();
 * await fetch(`${emulator.url}/vector_store`, { headers: { Authorization: `Bearer ${emulator.key}` } });
 * await emulator.close();
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = "127.0.0.1", port = 0, clock = systemClock, dataDir, log = () => undefined } = options;
  checkKey(host, options.key);
  const like = behaviorOf(options.like);
  const script = typeof options.chat === "string" ? readChatScript(options.chat) : options.chat;
  const faults = planFaults(options);
  const embedder =
    options.embed === undefined ? await chooseEmbedder(options.embeddings ?? "auto") : givenEmbedder(options.embed);
  const store = dataDir === undefined ? memoryStore() : await durableStore(dataDir);
  const key = options.key ?? (dataDir === undefined ? newKey(systemRandom) : keptKey(dataDir, systemRandom));
  const finder = new Finder(embedder, store);
  const { collectionDelayMs = 0, ingestionStageMs: stageMs = 0 } = options;
  const library = new Library({ store, clock, random: systemRandom, listener: finder, like, collectionDelayMs });
  const ingestion = new Ingestion({ library, finder, clock, stageMs, log });
  const requests = new RequestLog();
  const usage = new UsageCounter(clock);
  const history = new RequestHistory();
  const { journal, write } = createJournal();
  const close = async (): Promise<void> => {
    ingestion.close();
    await finder.close();
    store.close();
  };
  const operations = [
    ...healthOperations(),
    ...modelOperations(like),
    ...collectionOperations(library),
    ...itemOperations(library),
    ...searchOperations(library, finder, like),
    ...rerankOperations(finder, like),
    ...fileOperations(library, ingestion, like),
    ...chatOperations({ library, finder, clock, random: systemRandom, usage, like, script }),
    ...speechOperations(createSpeaker(), like),
    ...usageOperations(usage),
    ...(like.logs ? logOperations(requests, clock) : []),
  ];
  const control = options.control === true ? createControl(journal, faults) : undefined;
  const page = createPage({ library, finder, ingestion, history });
  const api = new Api({
    page,
    operations,
    key,
    clock,
    faults,
    requests,
    history,
    journal: write,
    log,
    latencyMs: options.latencyMs ?? 0,
    control,
    host,
  });
  const server = await listen(host, port, (request, response) => api.handle(request, response)).catch(
    async (error: unknown) => {
      await close();
      throw error;
    },
  );
  let closing: Promise<void> | undefined;
  const closeAll = (): Promise<void> => (closing ??= server.close().then(close));
  const origin = `http://${isIP(host) === 6 ? `[${host}]` : host}:${server.port}`;
  return {
    url: `${origin}${BASE_PATH}`,
    key,
    page: `${origin}/#key=${encodeURIComponent(key)}`,
    journal,
    faults,
    close: closeAll,
    [Symbol.asyncDispose]: closeAll,
  };
}

function checkKey(host: string, key: string | undefined): void {
  if (key !== undefined && !/^[!-~]+$/u.test(key))
    throw new Error("The emulator's key must be printable ASCII characters without blanks: no client sends another.");
  if (!isLoopback(host) && key === undefined) {
    throw new Error(`Listening on ${host} opens the emulator to other machines: give it a key of your own.`);
  }
}

function planFaults({ faults = [], faultsFile, faultSeed = 1 }: EmulatorOptions): FaultPlan {
  const plan = new FaultPlan(seededNumbers(faultSeed));
  const fromFile = faultsFile === undefined ? [] : readFaults(faultsFile);
  for (const fault of [...faults, ...fromFile]) plan.add(fault);
  return plan;
}

async function chooseEmbedder(name: string): Promise<Embedder> {
  if (name === "full" || (name === "auto" && fullEmbedderInstalled())) return fullEmbedder();
  return name === "auto" || name === "light" ? lightEmbedder() : namedEmbedder(name);
}
