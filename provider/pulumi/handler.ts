import type { dynamic } from "@pulumi/pulumi";
import { withoutValue } from "./check.js";
import type { ConfigReader } from "../api/setting.js";
import { InitializationFailure } from "../engine/initialization-failure.js";
import type { Context } from "../session/context.js";
import type { Lifecycle } from "./lifecycle.js";
import { session, type Session } from "../session/session.js";
import { messageOf } from "../text/error-message.js";
import { missingAdvice } from "../api/not-found.js";
import { PROVIDER_KEY, withoutKeys, type Properties } from "../engine/values.js";

/** The verbs of a dynamic provider with nothing left out, so that a caller need not ask which of them exist. */
export type Handler = Required<Omit<dynamic.ResourceProvider<Properties, Properties>, "configure">> & {
  configure(request: dynamic.ConfigureRequest): Promise<void>;
};

/**
 * Gives a lifecycle the form that the engine's provider process calls. The one seam to Pulumi's dynamic providers:
 * partially created objects, gone objects and errors are put into the engine's terms here and nowhere else.
 */
export function handler<Inputs, State extends object>(
  lifecycle: Lifecycle<Inputs, State>,
  open: () => Session = session,
  known: ConfigReader = () => undefined,
): Handler {
  let config = known;
  const context = (...about: (Properties | undefined)[]): Context =>
    open().context(
      config,
      about.some((values) => values?.["confidential"] === true),
    );
  const ownership = (): Session["ownership"] => open().ownership;
  const out = outOf(open);
  const { printable, kept, redact, said } = out;

  return {
    // The engine does not wait for this before it calls the other verbs: it must do nothing that takes time or throws.
    configure(request) {
      config = (key) => request.config.get(key);
      open().followEngine();
      return Promise.resolve();
    },
    check: async (olds, news) =>
      briefly(printable, async () => {
        ownership().called();
        await open().missKey(config);
        const { inputs, failures } = await lifecycle.check(olds, news, {
          ...open().local,
          account: () => context(news),
        });
        const isNew = Object.keys(olds).length === 0;
        if (isNew && failures.length === 0 && takesOverMember(inputs))
          await open().reportOnce("adopt", ADOPTED_MEMBERS);
        const shown = failures
          .map(withoutValue)
          .map(({ property, reason }) => ({ property, reason: printable(reason) }));
        return { inputs: defined(inputs), failures: shown };
      }),
    diff: async (id, state, inputs) =>
      briefly(printable, async () => {
        ownership().called(id, state, true);
        const found = await lifecycle.diff(state, inputs, open().local, () => context(state, inputs));
        if (ownership().isLost(state, id) && found.replaces.length === 0)
          return { changes: true, replaces: ["collectionId"] };
        return found.changes || !ownership().isUnsettled(state) ? found : { ...found, changes: true };
      }),
    create: async (inputs) =>
      keepingInitializationFailures(inputs, out, async () => {
        ownership().called();
        const { id, state } = await lifecycle.create(context(inputs), inputs as Inputs);
        return { id: usable(id, redact), outs: kept(state) };
      }),
    read: async (id, state) =>
      briefly(printable, async () => {
        ownership().called(id, state);
        const found = await lifecycle.read(context(state), id, (state ?? {}) as Partial<State>);
        if (found === "not-found") return { id: "" };
        return { id: found.id, props: kept(found.state), ...(found.inputs && { inputs: kept(found.inputs) }) };
      }),
    update: async (id, state, inputs) =>
      keepingInitializationFailures(inputs, out, async () => {
        ownership().called(id, state, true);
        const after = await lifecycle.update(context(state, inputs), id, state as Partial<State>, inputs as Inputs);
        return { outs: kept(after) };
      }),
    delete: async (id, state) =>
      briefly(printable, async () => {
        ownership().called(id, state);
        await lifecycle.delete(context(state), id, state as Partial<State>).finally(said);
      }),
  };
}

/**
 * A preview calls everything new "create". A line for each item would bury the rest; of collections, each says so
 * itself.
 */
const ADOPTED_MEMBERS = "Takes over the items and files that adopt names, with what they hold; none of them is made.";

function takesOverMember({ collectionId, adopt }: Properties): boolean {
  return collectionId !== undefined && adopt !== undefined;
}

const ID_WITH_KEY =
  "The API answered an id that holds the API key, and it was not taken. Check what it created, and ask its provider.";

/** @throws Error where an id holds a key: it would stand in the state, and everywhere the resource is named. */
function usable(id: string, redact: (text: string) => string): string {
  if (redact(id) === id) return id;
  throw new Error(ID_WITH_KEY);
}

/** Values as the state holds them: what is undefined is not there. */
function defined(values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/**
 * The engine shows a thrown error's stack to the stack's author, who has no use for it: the message is all they get.
 */
async function briefly<T>(printable: (text: string) => string, verb: () => T | Promise<T>): Promise<T> {
  try {
    return await verb();
  } catch (error) {
    throw withoutStack(printable(messageOf(error)));
  }
}

/** How something leaves this process: shown, or kept in the state. */
interface Out {
  readonly printable: (text: string) => string;
  /** Values as the state holds them: what is undefined is not there, and no key is in them. */
  readonly kept: (values: object) => Record<string, unknown>;
  readonly redact: (text: string) => string;
  /** What was said of a resource comes before its end. */
  readonly said: () => Promise<void>;
}

function outOf(open: () => Session): Out {
  const redact = (text: string): string => open().redact(text);
  return {
    printable: (text) => open().printable(text),
    kept: (values) => withoutKeys(defined(values), redact),
    redact,
    said: () => open().said(),
  };
}

/** Puts a partially created object into the form that makes the engine keep it. */
async function keepingInitializationFailures<T>(inputs: Properties, out: Out, verb: () => Promise<T>): Promise<T> {
  const { printable, kept, redact, said } = out;
  try {
    return await verb().finally(said);
  } catch (error) {
    const reason = printable(messageOf(error) + missingAdvice(error));
    if (!(error instanceof InitializationFailure)) throw withoutStack(reason);
    const half = error as InitializationFailure<object>;
    if (redact(half.id) !== half.id) throw withoutStack(`${reason} ${ID_WITH_KEY}`);
    // The provider process adds the provider's text to whole results only; without it the object could never be
    // refreshed or deleted again. Of what stands here the engine prints the reasons alone.
    const properties = { ...kept(half.state), [PROVIDER_KEY]: inputs[PROVIDER_KEY] };
    throw Object.assign(withoutStack(reason), { id: half.id, properties, reasons: [reason] });
  }
}

function withoutStack(message: string): Error {
  const brief = new Error(message);
  brief.name = "vultr-inference";
  brief.stack = "";
  return brief;
}
