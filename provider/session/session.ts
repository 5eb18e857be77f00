import { setMaxListeners } from "node:events";
import { systemClock } from "../client/http/clock.js";
import { defaultConcurrency, defaultMaxRetries } from "../client/http/settings.js";
import { cleanLines } from "../text/clean.js";
import { redactKey } from "../text/redact.js";
import { createClient, type Logger } from "../client/index.js";
import { keyWarning, readSettings, type Configuration, type ConfigReader } from "../api/configuration.js";
import { onCancel } from "../engine/cancel.js";
import { endWithEngine } from "../engine/life.js";
import { engineLog } from "../engine/log.js";
import { interrupted, timerOf, type Timer } from "../api/interruption.js";
import { PreparedDocuments } from "../documents/prepared.js";
import type { Context, LocalContext } from "./context.js";
import { accountLists, tellingLists } from "../api/account-lists.js";
import { createLog } from "../api/logger.js";
import { NewNames } from "../ownership/collection-id.js";
import { folderJournal, isRunning, journalFolder, stackIdentity, type Creation } from "../ownership/journal.js";
import { Ownership } from "../ownership/ownership.js";
import { accountOf, Places } from "../ownership/place.js";
import { createReport, type Report } from "../engine/report.js";
import { createProgress } from "../engine/progress.js";
import { KeyedMutex } from "../api/keyed-mutex.js";
import { withoutKeys } from "../engine/values.js";

/** Stands for the warning that there is no key. */
const KEY = "key";

/** What an account is worked with. */
interface Contexts {
  readonly usual: Context;
  /** For resources that something secret is given to. */
  readonly confidential: Context;
}

/**
 * What all resources of a process share: one client and one set of lists an account, and what is known of who manages
 * what.
 */
export class Session {
  readonly ownership: Ownership;
  readonly report: Report;
  readonly local: LocalContext;
  readonly #show: ReturnType<typeof engineLog>;
  #shown: Promise<void> = Promise.resolve();
  /** What is said once in a run, and was. */
  readonly #told = new Set<string>();
  #isFollowing = false;
  readonly #turns = new KeyedMutex();
  readonly #contexts = new Map<string, Contexts>();
  readonly #interruption = new AbortController();
  readonly #timer: Timer;
  /** For waits of a moment, without which nothing could be said of what was done. */
  readonly #steadyTimer: Timer;

  /**
   * @param engine the address at which the engine takes messages, where one listens.
   * @param timer Default: the machine's, with waits that an interruption ends.
   */
  constructor(engine: string | undefined, timer?: Timer) {
    this.#timer = timer ?? timerOf(systemClock, this.#interruption.signal);
    this.#steadyTimer = timer ?? timerOf(systemClock);
    const show = engineLog(engine);
    this.#show = show && ((line) => (this.#shown = show({ ...line, message: this.printable(line.message) })));
    this.report = createReport(this.#show, (line) => process.stderr.write(`${this.printable(line)}\n`));
    this.local = { report: this.report, prepared: new PreparedDocuments(), newNames: new NewNames() };
    const journal = folderJournal(journalFolder(), stackIdentity());
    const withoutKey = {
      ...journal,
      note: (creation: Creation) => journal.note(withoutKeys(creation, (text) => this.redact(text))),
    };
    this.ownership = new Ownership(withoutKey, this.#steadyTimer, isRunning);
    setMaxListeners(0, this.#interruption.signal);
  }

  /** Ends with the engine that started this process, and hears of its interrupts. */
  followEngine(): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    endWithEngine(() => this.ownership.end());
    onCancel(() => this.interrupt());
  }

  /** Says once that a deployment will need a key, where there is none. */
  async missKey(config: ConfigReader): Promise<void> {
    const warning = this.#told.has(KEY) ? undefined : keyWarning(config);
    if (warning !== undefined) await this.reportOnce(KEY, warning, "warning");
  }

  /** Reports something unless it was reported before. @param what stands for it. */
  async reportOnce(what: string, message: string, severity: "info" | "warning" = "info"): Promise<void> {
    if (this.#told.has(what)) return;
    this.#told.add(what);
    await this.report(message, { severity });
  }

  /** Resolves once the engine has got all that was said by now. It never fails. */
  async said(): Promise<void> {
    await this.#shown.catch(() => undefined);
  }

  /** Ends what is under way as soon as that can be: the person who deploys has interrupted the run. */
  interrupt(): void {
    this.#interruption.abort(interrupted());
  }

  /**
   * What lifecycles and functions work with, from the settings that are in force.
   *
   * @param confidential whether something secret is worked on, so that nothing that the API says is repeated.
   */
  context(config: ConfigReader, confidential = false, env: NodeJS.ProcessEnv = process.env): Context {
    const settings = readSettings(config, env);
    const key = JSON.stringify(settings);
    const known = this.#contexts.get(key) ?? this.#newContexts(settings);
    this.#contexts.set(key, known);
    return confidential ? known.confidential : known.usual;
  }

  /** A text without any key of this process's accounts. */
  redact(text: string): string {
    return [...this.#contexts.values()].reduce((rest, { usual }) => usual.redact(rest), text);
  }

  /** A text of one line or several as it may be shown: without keys, and without what steers a terminal. */
  readonly printable = (text: string): string => cleanLines(this.redact(text));

  #newContexts(settings: Configuration): Contexts {
    const log = createLog(settings.logLevel, this.printable);
    const { signal: interruption } = this.#interruption;
    const quiet = createClient({ ...settings, log, interruption, confidential: true });
    // A list is asked for once for several resources, and one of them may be secret.
    const lists = accountLists(quiet, this.#steadyTimer);
    const shared = this.#newContext(settings, log);
    return {
      usual: {
        ...shared,
        ...lists,
        client: tellingLists(createClient({ ...settings, log, interruption }), lists),
        confidential: false,
      },
      confidential: { ...shared, ...lists, client: tellingLists(quiet, lists), confidential: true },
    };
  }

  #newContext(settings: Configuration, log: Logger): Omit<Context, "client" | "items" | "files" | "confidential"> {
    const clock = this.#timer;
    return {
      redact: redactKey(settings.apiKey),
      places: new Places({ origin: new URL(settings.baseUrl).origin, account: accountOf(settings.apiKey) }),
      ownership: this.ownership,
      concurrency: settings.concurrency ?? defaultConcurrency,
      maxRetries: settings.maxRetries ?? defaultMaxRetries,
      turns: this.#turns,
      clock,
      interruption: this.#interruption.signal,
      log,
      progress: createProgress(this.#show, { clock, log }),
      ...this.local,
    };
  }
}

let current: Session | undefined;

/** The session of this process. The engine starts its provider process with its own address as the only argument. */
export function session(): Session {
  return (current ??= new Session(process.argv[2]));
}
