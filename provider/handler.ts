import { setTimeout as sleep } from "node:timers/promises";
import type { dynamic } from "@pulumi/pulumi";
import { createClient, type Client } from "./client/index.js";
import { defaultConcurrency } from "./client/http/settings.js";
import { readSettings, type ConfigReader } from "./config.js";
import { engineLog } from "./engine-log.js";
import { Lists } from "./lists.js";
import { HalfMade, type Context, type Lifecycle } from "./lifecycle.js";
import { createLog } from "./log.js";
import { createReport } from "./report.js";
import { createStatus } from "./status.js";
import { Turns } from "./turns.js";
import { PROVIDER_KEY, type Properties } from "./values.js";

/** The verbs of a dynamic provider with nothing left out, so that a caller need not ask which of them exist. */
export type Handler = Required<Omit<dynamic.ResourceProvider<Properties, Properties>, "configure">> & {
  configure(request: dynamic.ConfigureRequest): Promise<void>;
};

/**
 * Gives a lifecycle the form that the engine's provider process calls. The one seam to Pulumi's dynamic providers:
 * half-made objects, gone objects and errors are put into the engine's terms here and nowhere else.
 */
export function handler<Inputs, State extends object>(lifecycle: Lifecycle<Inputs, State>): Handler {
  let config: ConfigReader = () => undefined;
  let made: Context | undefined;
  const context = (): Context => (made ??= createContext(config));

  return {
    // The engine does not wait for this before it calls the other verbs: it must do nothing that takes time or throws.
    configure(request) {
      config = (key) => request.config.get(key);
      made = undefined;
      return Promise.resolve();
    },
    check: async (olds, news) => briefly(async () => {
      const { inputs, failures } = await lifecycle.check(olds, news, report);
      return { inputs: defined(inputs), failures: [...failures] };
    }),
    diff: async (_id, state, inputs) => briefly(() => lifecycle.diff(state, inputs, report)),
    create: async (inputs) => keepingHalfMade(inputs, async () => {
      const { id, state } = await lifecycle.create(context(), inputs as Inputs);
      return { id, outs: defined(state) };
    }),
    read: async (id, state) => briefly(async () => {
      const found = await lifecycle.read(context(), id, (state ?? {}) as Partial<State>);
      if (found === "gone") return { id: "" };
      return { id: found.id, props: defined(found.state), ...(found.inputs && { inputs: defined(found.inputs) }) };
    }),
    update: async (id, state, inputs) => keepingHalfMade(inputs, async () => ({
      outs: defined(await lifecycle.update(context(), id, state as Partial<State>, inputs as Inputs)),
    })),
    delete: async (id, state) => briefly(() => lifecycle.delete(context(), id, state as Partial<State>)),
  };
}

const clients = new Map<string, Client>();
const turns = new Turns();
// The engine starts its provider process with its own address as the only argument.
const show = engineLog(process.argv[2]);
const report = createReport(show);

/** What lifecycles and functions work with, from the settings that are in force. */
export function createContext(config: ConfigReader, env: NodeJS.ProcessEnv = process.env): Context {
  const settings = readSettings(config, env);
  const log = createLog(settings.logLevel);
  const key = JSON.stringify(settings);
  const client = clients.get(key) ?? createClient({ ...settings, log });
  clients.set(key, client);
  const clock = { now: Date.now, sleep: (milliseconds: number) => sleep(milliseconds) };
  return {
    client,
    origin: new URL(settings.baseUrl).origin,
    concurrency: settings.concurrency ?? defaultConcurrency,
    items: new Lists((collectionId) => client.items.list(collectionId), clock),
    files: new Lists((collectionId) => client.files.list(collectionId), clock),
    turns,
    clock,
    log,
    status: createStatus(show, { clock, log }),
    report,
  };
}

/** Values as the state holds them: what is undefined is not there. */
function defined(values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The engine shows a thrown error's stack to the stack's author, who has no use for it: the message is all they get. */
async function briefly<T>(verb: () => T | Promise<T>): Promise<T> {
  try {
    return await verb();
  } catch (error) {
    throw withoutStack(error);
  }
}

/** Puts a half-made object into the form that makes the engine keep it. */
async function keepingHalfMade<T>(inputs: Properties, verb: () => Promise<T>): Promise<T> {
  try {
    return await verb();
  } catch (error) {
    if (!(error instanceof HalfMade)) throw withoutStack(error);
    const half = error as HalfMade<object>;
    // The provider process adds the provider's text to whole results only; without it the object could never be
    // refreshed or deleted again. Of what stands here the engine prints the reasons alone.
    const properties = { ...defined(half.state), [PROVIDER_KEY]: inputs[PROVIDER_KEY] };
    throw Object.assign(withoutStack(error), { id: half.id, properties, reasons: [half.message] });
  }
}

function withoutStack(error: unknown): Error {
  const brief = new Error(error instanceof Error ? error.message : String(error));
  brief.name = "vultr-inference";
  brief.stack = "";
  return brief;
}
