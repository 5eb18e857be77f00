import { setTimeout as sleep } from "node:timers/promises";
import { defaultConcurrency, defaultMaxRetries } from "./client/http/settings.js";
import { createClient } from "./client/index.js";
import { readSettings, type ConfigReader, type Settings } from "./config.js";
import { engineLog } from "./engine-log.js";
import type { Clock, Context } from "./lifecycle.js";
import { withLists } from "./lists.js";
import { createLog } from "./log.js";
import { folderJournal, journalFolder, stackIdentity } from "./ownership/journal.js";
import { isRunning, Ownership } from "./ownership/ownership.js";
import { accountOf, Places } from "./ownership/place.js";
import { createReport, type Report } from "./report.js";
import { createStatus } from "./status.js";
import { Turns } from "./turns.js";

/** What all resources of a process share: one client and one set of lists an account, and what is known of who manages what. */
export class Session {
  readonly ownership: Ownership;
  readonly report: Report;
  readonly #show: ReturnType<typeof engineLog>;
  readonly #turns = new Turns();
  readonly #contexts = new Map<string, Context>();
  readonly #clock: Clock = { now: Date.now, sleep: (milliseconds) => sleep(milliseconds) };

  /** @param engine the address at which the engine takes messages, where one listens. */
  constructor(engine: string | undefined) {
    this.#show = engineLog(engine);
    this.report = createReport(this.#show);
    this.ownership = new Ownership(folderJournal(journalFolder(), stackIdentity()), this.#clock, isRunning);
  }

  /** What lifecycles and functions work with, from the settings that are in force. */
  context(config: ConfigReader, env: NodeJS.ProcessEnv = process.env): Context {
    const settings = readSettings(config, env);
    const key = JSON.stringify(settings);
    const known = this.#contexts.get(key) ?? this.#newContext(settings);
    this.#contexts.set(key, known);
    return known;
  }

  #newContext(settings: Settings): Context {
    const log = createLog(settings.logLevel);
    const clock = this.#clock;
    return {
      ...withLists(createClient({ ...settings, log }), clock),
      places: new Places({ origin: new URL(settings.baseUrl).origin, account: accountOf(settings.apiKey) }),
      ownership: this.ownership,
      concurrency: settings.concurrency ?? defaultConcurrency,
      maxRetries: settings.maxRetries ?? defaultMaxRetries,
      turns: this.#turns,
      clock,
      log,
      status: createStatus(this.#show, { clock, log }),
      report: this.report,
    };
  }
}

let current: Session | undefined;

/** The session of this process. The engine starts its provider process with its own address as the only argument. */
export function session(): Session {
  return (current ??= new Session(process.argv[2]));
}
