import { isIP } from "node:net";
import { systemClock } from "./clock.js";
import type { Embedder } from "./embeddings/embedder.js";
import { fullEmbedder, fullEmbedderInstalled } from "./embeddings/full.js";
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
import { searchOperations } from "./operations/search.js";
import type { Emulator, EmulatorOptions } from "./options.js";
import { seededNumbers, systemRandom } from "./random.js";
import { RequestLog } from "./request-log.js";
import { createPage } from "./page/page.js";
import { Finder } from "./search/finder.js";
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
  checkHost(host, options.key);
  const faults = planFaults(options);
  const embedder = chooseEmbedder(options.embeddings ?? "auto");
  const store = dataDir === undefined ? memoryStore() : await durableStore(dataDir);
  const key = options.key ?? (dataDir === undefined ? newKey(systemRandom) : keptKey(dataDir, systemRandom));
  const finder = new Finder(embedder, store);
  const library = new Library({ store, clock, random: systemRandom, listener: finder, collectionDelayMs: options.collectionDelayMs ?? 0 });
  const ingestion = new Ingestion({ library, clock, stageMs: options.ingestionStageMs ?? 0, log });
  const requests = new RequestLog();
  const { journal, requests: answered, write } = createJournal();
  const close = async (): Promise<void> => {
    ingestion.close();
    await finder.close();
    store.close();
  };
  const operations = [
    ...healthOperations(),
    ...modelOperations(),
    ...collectionOperations(library),
    ...itemOperations(library),
    ...searchOperations(library, finder),
    ...fileOperations(library, ingestion),
    ...chatOperations({ library, finder, clock, random: systemRandom }),
    ...speechOperations(createSpeaker()),
    ...logOperations(requests, clock),
  ];
  const control = options.control === true ? createControl(journal, faults) : undefined;
  const page = createPage(library, finder, answered);
  const api = new Api({ page, operations, key, clock, faults, requests, journal: write, log, latencyMs: options.latencyMs ?? 0, control, host });
  const server = await listen(host, port, (request, response) => api.handle(request, response)).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  let closing: Promise<void> | undefined;
  const origin = `http://${isIP(host) === 6 ? `[${host}]` : host}:${server.port}`;
  return {
    url: `${origin}${BASE_PATH}`,
    key,
    page: `${origin}/#key=${encodeURIComponent(key)}`,
    journal,
    faults,
    close: () => (closing ??= server.close().then(close)),
  };
}

function checkHost(host: string, key: string | undefined): void {
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

function chooseEmbedder(kind: "auto" | "light" | "full"): Embedder {
  return kind === "full" || (kind === "auto" && fullEmbedderInstalled()) ? fullEmbedder() : lightEmbedder();
}
