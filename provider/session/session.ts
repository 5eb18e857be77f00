import { setMaxListeners } from "node:events";
import { systemClock } from "../client/http/clock.js";
import { cleanLines } from "../text/clean.js";
import { keyWarning, type ConfigReader } from "../api/setting.js";
import { onCancel } from "../engine/cancel.js";
import { endWithEngine } from "../engine/life.js";
import { engineLog } from "../engine/log.js";
import { interrupted, timerOf, type Timer } from "../api/interruption.js";
import { PreparedDocuments } from "../documents/prepared.js";
import type { Context, LocalContext } from "./context.js";
import type * as contexts from "./contexts.js";
import { NewNames } from "../ownership/collection-id.js";
import { folderJournal, isRunning, journalFolder, stackIdentity, type Creation } from "../ownership/journal.js";
import { Ownership } from "../ownership/ownership.js";
import { createReport, type Report } from "../engine/report.js";
import { KeyedMutex } from "../api/keyed-mutex.js";
import { withoutKeys } from "../engine/values.js";

/** What is loaded with the client. */
interface Network {
  readonly newContexts: typeof contexts.newContexts;
  readonly readSettings: typeof contexts.readSettings;
}

/** Stands for the warning that there is no key. */
const KEY = "key";

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
  readonly #shared: contexts.Shared;
  readonly #contexts = new Map<string, contexts.Contexts>();
  readonly #interruption = new AbortController();

  /**
   * @param engine the address at which the engine takes messages, where one listens.
   * @param timer Default: the machine's, with waits that an interruption ends.
   */
  constructor(engine: string | undefined, timer?: Timer) {
    const steadyTimer = timer ?? timerOf(systemClock);
    const show = engineLog(engine);
    this.#show = show && ((line) => (this.#shown = show({ ...line, message: this.printable(line.message) })));
    this.report = createReport(this.#show, (line) => process.stderr.write(`${this.printable(line)}\n`));
    this.local = { report: this.report, prepared: new PreparedDocuments(), newNames: new NewNames() };
    const journal = folderJournal(journalFolder(), stackIdentity());
    const withoutKey = {
      ...journal,
      note: (creation: Creation) => journal.note(withoutKeys(creation, (text) => this.redact(text))),
    };
    this.ownership = new Ownership(withoutKey, steadyTimer, isRunning);
    setMaxListeners(0, this.#interruption.signal);
    this.#shared = {
      local: this.local,
      ownership: this.ownership,
      turns: new KeyedMutex(),
      timer: timer ?? timerOf(systemClock, this.#interruption.signal),
      steadyTimer,
      interruption: this.#interruption.signal,
      show: this.#show,
      printable: this.printable,
    };
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
    // The client and what it checks answers by wait for the first verb that asks the API: the preview of an unchanged
    // stack starts without. An import() could not be awaited here.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { newContexts, readSettings } = require("./contexts.js") as Network;
    const settings = readSettings(config, env);
    const key = JSON.stringify(settings);
    const known = this.#contexts.get(key) ?? newContexts(settings, this.#shared);
    this.#contexts.set(key, known);
    return confidential ? known.confidential : known.usual;
  }

  /** A text without any key of this process's accounts. */
  redact(text: string): string {
    return [...this.#contexts.values()].reduce((rest, { usual }) => usual.redact(rest), text);
  }

  /** A text of one line or several as it may be shown: without keys, and without what steers a terminal. */
  readonly printable = (text: string): string => cleanLines(this.redact(text));
}

let current: Session | undefined;

/** The session of this process. The engine starts its provider process with its own address as the only argument. */
export function session(): Session {
  return (current ??= new Session(process.argv[2]));
}
