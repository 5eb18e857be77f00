import { createClient, type ClientOptions } from "../../provider/client/index";
import { redactKey } from "../../provider/text/redact";
import { accountLists, tellingLists } from "../../provider/api/account-lists";
import type { Context } from "../../provider/session/context";
import { memoryJournal, type Creation } from "../../provider/ownership/journal";
import { PreparedDocuments } from "../../provider/documents/prepared";
import { Reader } from "../../provider/documents/reading/reader";
import { NewNames } from "../../provider/ownership/collection-id";
import { Ownership } from "../../provider/ownership/ownership";
import { accountOf, Places } from "../../provider/ownership/place";
import { KeyedMutex } from "../../provider/api/keyed-mutex";
import { startEmulator, type Emulator } from "../../local/emulator/index";

/** One for all: starting the process takes time. */
const reader = new Reader();

/** What a process has read of documents that has just started. */
export function nothingPrepared(): PreparedDocuments {
  return new PreparedDocuments(reader);
}

/** A context over an emulator in memory, with a clock that only sleeping moves, and what was logged. */
export interface Emulated extends Context {
  readonly emulator: Emulator;
  readonly warnings: string[];
  /** Status lines, in order. */
  readonly statuses: string[];
  /** Reports, in order. */
  readonly reports: string[];
  /** Operations that reached the API since the last call, in order. */
  calls(): string[];
  /**
   * The same API seen from a process that has just started: nothing listed, nothing remembered. `otherwise`: what its
   * client does.
   */
  afresh(otherwise?: Partial<ClientOptions>): Emulated;
  /** The creations that the machine's journal has. */
  notes(): readonly Creation[];
  /** The same from another machine, which has no journal of what was begun here. */
  elsewhere(otherwise?: Partial<ClientOptions>): Emulated;
}

/** @param options what the client does otherwise than to send each request once. */
export async function emulated(options: Partial<ClientOptions> = {}): Promise<Emulated> {
  return contextOver(await startEmulator({ embeddings: "light" }), options, new Map<string, Creation>());
}

/** @param notes the journal of the machine. */
function contextOver(emulator: Emulator, options: Partial<ClientOptions>, notes: Map<string, Creation>): Emulated {
  let now = 0;
  const warnings: string[] = [];
  const statuses: string[] = [];
  const reports: string[] = [];
  const clock = {
    now: () => now,
    sleep: (milliseconds: number) => {
      now += milliseconds;
      return Promise.resolve();
    },
  };
  const { apiKey = emulator.key, baseUrl = emulator.url, maxRetries = 0 } = options;
  const silent = (): void => undefined;
  const isTimed = options.timeoutSeconds !== undefined || options.attemptTimeoutSeconds !== undefined;
  const bare = createClient({ ...(!isTimed && { clock: impatient() }), ...options, apiKey, baseUrl, maxRetries });
  const lists = accountLists(bare, clock);
  return {
    emulator,
    warnings,
    statuses,
    reports,
    ...lists,
    client: tellingLists(bare, lists),
    confidential: false,
    redact: redactKey(apiKey),
    clock,
    interruption: options.interruption ?? new AbortController().signal,
    places: new Places({ origin: new URL(baseUrl).origin, account: accountOf(apiKey) }),
    ownership: new Ownership(memoryJournal(notes), clock),
    concurrency: 8,
    maxRetries,
    turns: new KeyedMutex(),
    log: { error: silent, warn: (message) => warnings.push(message), info: silent, debug: silent },
    progress: (message) => void statuses.push(message),
    report: (message) => Promise.resolve(void reports.push(message)),
    prepared: nothingPrepared(),
    newNames: new NewNames(),
    calls() {
      const operations = emulator.journal.map(({ operation }) => operation);
      emulator.journal.clear();
      return operations;
    },
    afresh: (otherwise = {}) => contextOver(emulator, { ...options, ...otherwise }, notes),
    notes: () => [...notes.values()],
    elsewhere: (otherwise = {}) => contextOver(emulator, { ...options, ...otherwise }, new Map<string, Creation>()),
  };
}

/** The client's time: its pauses are over at once, its timeouts take as long as they do. */
function impatient(): NonNullable<ClientOptions["clock"]> {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    after(ms, wake) {
      const isPause = ms <= LONGEST_PAUSE;
      const timer = setTimeout(
        () => {
          if (isPause) skipped += ms;
          wake();
        },
        isPause ? 0 : ms,
      );
      return () => clearTimeout(timer);
    },
  };
}

/** In milliseconds. */
const LONGEST_PAUSE = 8_000;
