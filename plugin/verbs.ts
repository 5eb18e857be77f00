/** The verbs of resources, as the engine calls them. */
import * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import type { ConfigReader } from "../provider/api/setting.js";
import { handler, type Handler } from "../provider/pulumi/handler.js";
import type { Difference } from "../provider/pulumi/diff.js";
import type { Properties } from "../provider/engine/values.js";
import type { Session } from "../provider/session/session.js";
import { detailedDiff } from "./detailed-diff.js";
import { asCompared, asFound, imported, isWhatIsKnown } from "./imported.js";
import { createdOutputs, updatedOutputs } from "./preview.js";
import { preparedInputs, servedAs, type Served } from "./resources.js";
import { withIgnored } from "./ignored.js";
import { received, sent, type Received } from "./values.js";

/** The calls about resources, for one configuration. */
export class Verbs {
  readonly #handlers = new Map<string, Handler>();
  /** The URNs of what was read without a state. */
  readonly #imported = new Set<string>();

  constructor(
    private readonly session: Session,
    private readonly config: ConfigReader,
  ) {}

  async check(request: messages.CheckRequest): Promise<messages.CheckResponse> {
    const { name, served, calls } = this.#of(request.getUrn());
    const news = received(request.getNews());
    if (this.#imported.has(request.getUrn()) && isWhatIsKnown(name, news.plain))
      return new messages.CheckResponse().setInputs(request.getNews());
    const before = received(request.getOlds()).plain;
    const prepared = await preparedInputs(served, request.getUrn(), news, before);
    const { inputs = {}, failures = [] } = await calls.check(before, prepared);
    const found = failures.map(({ property, reason }) =>
      new messages.CheckFailure().setProperty(property).setReason(reason),
    );
    const reply = new messages.CheckResponse().setInputs(sent(inputs, hidden(served, news), news.marked));
    return reply.setFailuresList(found);
  }

  async diff(request: messages.DiffRequest): Promise<messages.DiffResponse> {
    const { served, calls } = this.#of(request.getUrn());
    const before = received(request.getOldInputs()).plain;
    const state = received(request.getOlds()).plain;
    const news = withIgnored(received(request.getNews()).plain, state, request.getIgnorechangesList());
    const found = (await calls.diff(
      request.getId(),
      asCompared(this.#imported.has(request.getUrn()), state, before, news),
      news,
    )) as Difference;
    const past = news["sourceIgnored"] === true ? { ...before, documents: news["documents"] } : before;
    return diffResponse(found, detailedDiff(served, past, news, found));
  }

  async create(request: messages.CreateRequest): Promise<messages.CreateResponse> {
    const { name, served, calls } = this.#of(request.getUrn());
    const inputs = received(request.getProperties());
    const secret = hidden(served, inputs);
    if (request.getPreview()) {
      return new messages.CreateResponse().setProperties(
        sent(createdOutputs(name, served, inputs.plain), secret, inputs.marked),
      );
    }
    const { id, outs = {} } = await keepingSecrets(secret, inputs.marked, () => calls.create(inputs.plain));
    return new messages.CreateResponse().setId(id).setProperties(sent(outs, secret, inputs.marked));
  }

  async read(request: messages.ReadRequest): Promise<messages.ReadResponse> {
    const { name, served, calls } = this.#of(request.getUrn());
    const state = received(request.getProperties());
    const inputs = received(request.getInputs());
    const isManaged = Object.keys(state.plain).length > 0;
    if (!isManaged && served.noImport !== undefined) throw new Error(served.noImport);
    const found = await calls.read(request.getId(), state.plain);
    if (found.id === undefined || found.id === "") return new messages.ReadResponse();
    const { props = {}, inputs: drifted } = found as { props?: Properties; inputs?: Properties };
    const secret = new Set([...state.secret, ...hidden(served, inputs)]);
    const reply = new messages.ReadResponse().setId(found.id);
    if (!isManaged) {
      this.#imported.add(request.getUrn());
      const { outputs, inputs: own } = await imported(name, props, this.session.context(this.config));
      return reply.setProperties(sent(outputs)).setInputs(sent(own));
    }
    // What `.get` reads has no inputs, and is another's to claim.
    const isGot = Object.keys(inputs.plain).length === 0;
    const { claim } = state.plain;
    reply.setProperties(sent(isGot ? { ...props, claim } : props, secret, state.marked));
    return reply.setInputs(
      drifted === undefined || isGot
        ? request.getInputs()
        : sent({ ...inputs.plain, ...asFound(drifted) }, secret, inputs.marked),
    );
  }

  async update(request: messages.UpdateRequest): Promise<messages.UpdateResponse> {
    const { name, served, calls } = this.#of(request.getUrn());
    const state = received(request.getOlds());
    const inputs = received(request.getNews());
    const secret = new Set([...hidden(served, inputs), ...state.secret]);
    if (request.getPreview()) {
      return new messages.UpdateResponse().setProperties(
        sent(updatedOutputs(name, served, state.plain, inputs.plain), secret, inputs.marked),
      );
    }
    const news = withIgnored(inputs.plain, state.plain, request.getIgnorechangesList());
    const { outs = {} } = await keepingSecrets(secret, inputs.marked, () =>
      calls.update(request.getId(), state.plain, news),
    );
    return new messages.UpdateResponse().setProperties(sent(outs, secret, inputs.marked));
  }

  async delete(request: messages.DeleteRequest): Promise<void> {
    const { calls } = this.#of(request.getUrn());
    await calls.delete(request.getId(), received(request.getProperties()).plain);
  }

  #of(urn: string): { readonly name: string; readonly served: Served; readonly calls: Handler } {
    const { name, served } = servedAs(urn);
    const calls = this.#handlers.get(name) ?? handler(served.lifecycle, () => this.session, this.config);
    this.#handlers.set(name, calls);
    return { name, served, calls };
  }
}

/** What is secret of what inputs bring about: themselves, and what is computed of them. */
function hidden({ hides }: Served, { secret }: Received): ReadonlySet<string> {
  return new Set([...secret].flatMap((name) => hides[name] ?? []));
}

function diffResponse(
  { changes, replaces }: Difference,
  details: ReadonlyMap<string, keyof typeof messages.PropertyDiff.Kind>,
): messages.DiffResponse {
  const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
  const reply = new messages.DiffResponse().setChanges(changes || replaces.length > 0 ? DIFF_SOME : DIFF_NONE);
  reply.setReplacesList(replaces);
  if (!changes || details.size === 0) return reply;
  for (const [path, kind] of details) {
    reply
      .getDetaileddiffMap()
      .set(path, new messages.PropertyDiff().setKind(messages.PropertyDiff.Kind[kind]).setInputdiff(true));
  }
  return reply.setDiffsList([...details.keys()]).setHasdetaileddiff(true);
}

/** What marks the properties of an object that exists and is not as it should be. */
export interface Marks {
  readonly secret: ReadonlySet<string>;
  readonly like: Properties;
}

/** Lets an error about an object that exists know what of it is secret. */
async function keepingSecrets<T>(secret: ReadonlySet<string>, like: Properties, verb: () => Promise<T>): Promise<T> {
  try {
    return await verb();
  } catch (error) {
    throw Object.assign(error as Error, { marks: { secret, like } satisfies Marks });
  }
}
