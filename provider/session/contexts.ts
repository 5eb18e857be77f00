import { accountLists, tellingLists } from "../api/account-lists.js";
import type { Configuration } from "../api/configuration.js";
import type { Timer } from "../api/interruption.js";
import type { KeyedMutex } from "../api/keyed-mutex.js";
import { createLog } from "../api/logger.js";
import { defaultConcurrency, defaultMaxRetries } from "../client/http/settings.js";
import { createClient, type Logger } from "../client/index.js";
import type { engineLog } from "../engine/log.js";
import { createProgress } from "../engine/progress.js";
import type { Ownership } from "../ownership/ownership.js";
import { accountOf, Places } from "../ownership/place.js";
import { redactKey } from "../text/redact.js";
import type { Context, LocalContext } from "./context.js";

export { readSettings } from "../api/configuration.js";

/** What an account is worked with. */
export interface Contexts {
  readonly usual: Context;
  /** For resources that something secret is given to. */
  readonly confidential: Context;
}

/** What the accounts of a process have in common. */
export interface Shared {
  readonly local: LocalContext;
  readonly ownership: Ownership;
  readonly turns: KeyedMutex;
  /** Its waits end with an interruption. */
  readonly timer: Timer;
  /** For waits of a moment, without which nothing could be said of what was done. */
  readonly steadyTimer: Timer;
  readonly interruption: AbortSignal;
  readonly show: ReturnType<typeof engineLog>;
  readonly printable: (text: string) => string;
}

/** An account's client and lists. */
export function newContexts(settings: Configuration, shared: Shared): Contexts {
  const { interruption, steadyTimer } = shared;
  const log = createLog(settings.logLevel, shared.printable);
  const quiet = createClient({ ...settings, log, interruption, confidential: true });
  // A list is asked for once for several resources, and one of them may be secret.
  const lists = accountLists(quiet, steadyTimer);
  const both = { ...contextOf(settings, shared, log), ...lists };
  return {
    usual: {
      ...both,
      client: tellingLists(createClient({ ...settings, log, interruption }), lists),
      confidential: false,
    },
    confidential: { ...both, client: tellingLists(quiet, lists), confidential: true },
  };
}

function contextOf(
  settings: Configuration,
  { local, ownership, turns, timer: clock, interruption, show }: Shared,
  log: Logger,
): Omit<Context, "client" | "items" | "files" | "confidential"> {
  return {
    redact: redactKey(settings.apiKey),
    places: new Places({ origin: new URL(settings.baseUrl).origin, account: accountOf(settings.apiKey) }),
    ownership,
    concurrency: settings.concurrency ?? defaultConcurrency,
    maxRetries: settings.maxRetries ?? defaultMaxRetries,
    turns,
    clock,
    interruption,
    log,
    progress: createProgress(show, { clock, log }),
    ...local,
  };
}
