import type { dynamic } from "@pulumi/pulumi";
import { withoutValue } from "./check.js";
import type { ConfigReader } from "./config.js";
import { endWithEngine } from "./engine-life.js";
import { HalfMade, type Context, type Lifecycle } from "./lifecycle.js";
import { session, type Session } from "./session.js";
import { PROVIDER_KEY, type Properties } from "./values.js";

/** The verbs of a dynamic provider with nothing left out, so that a caller need not ask which of them exist. */
export type Handler = Required<Omit<dynamic.ResourceProvider<Properties, Properties>, "configure">> & {
  configure(request: dynamic.ConfigureRequest): Promise<void>;
};

/**
 * Gives a lifecycle the form that the engine's provider process calls. The one seam to Pulumi's dynamic providers:
 * half-made objects, gone objects and errors are put into the engine's terms here and nowhere else.
 */
export function handler<Inputs, State extends object>(lifecycle: Lifecycle<Inputs, State>, open: () => Session = session): Handler {
  let config: ConfigReader = () => undefined;
  const context = (): Context => open().context(config);
  const { ownership, report } = lazily(open);

  return {
    // The engine does not wait for this before it calls the other verbs: it must do nothing that takes time or throws.
    configure(request) {
      config = (key) => request.config.get(key);
      endWithEngine(() => open().ownership.end());
      return Promise.resolve();
    },
    check: async (olds, news) => briefly(async () => {
      ownership().called();
      const { inputs, failures } = await lifecycle.check(olds, news, report());
      return { inputs: defined(inputs), failures: failures.map(withoutValue) };
    }),
    diff: async (id, state, inputs) => briefly(() => {
      ownership().called(id, state, true);
      return lifecycle.diff(state, inputs, report(), context);
    }),
    create: async (inputs) => keepingHalfMade(inputs, async () => {
      ownership().called();
      const { id, state } = await lifecycle.create(context(), inputs as Inputs);
      return { id, outs: defined(state) };
    }),
    read: async (id, state) => briefly(async () => {
      ownership().called(id, state);
      const found = await lifecycle.read(context(), id, (state ?? {}) as Partial<State>);
      if (found === "gone") return { id: "" };
      return { id: found.id, props: defined(found.state), ...(found.inputs && { inputs: defined(found.inputs) }) };
    }),
    update: async (id, state, inputs) => keepingHalfMade(inputs, async () => {
      ownership().called(id, state, true);
      return { outs: defined(await lifecycle.update(context(), id, state as Partial<State>, inputs as Inputs)) };
    }),
    delete: async (id, state) => briefly(() => {
      ownership().called(id, state);
      return lifecycle.delete(context(), id, state as Partial<State>);
    }),
  };
}

/** What of the session is used in each call. */
function lazily(open: () => Session): { ownership: () => Session["ownership"]; report: () => Session["report"] } {
  return { ownership: () => open().ownership, report: () => open().report };
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
