/**
 * The component, which the plugin makes for programs that have no class of it: its parts are registered with the engine
 * as a program would.
 */
import type * as pulumi from "@pulumi/pulumi";
import type { CallRequest, ConstructRequest } from "@pulumi/pulumi/proto/provider_pb.js";
import { CallResponse, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import type * as ResourceMessages from "@pulumi/pulumi/proto/resource_pb.js";
import { located } from "../provider/functions/located.js";
import type { SearchHit } from "../provider/functions/search.js";
import { NATIVE_VARIABLE } from "../provider/api/setting.js";
import { isUnknown, UNKNOWN, type Properties } from "../provider/engine/values.js";
import type * as Sdk from "../sdk/index.js";
import type * as Functions from "./functions.js";
import { componentInputs } from "./component-inputs.js";
import { sdk, Struct } from "./protocol.js";
import { tokenOf } from "./resources.js";
import { received, sent, without } from "./values.js";

const KNOWLEDGE_BASE = tokenOf("KnowledgeBase");

/** What the SDK's own server of components uses, and does not declare. */
interface Runtime {
  readonly awaitFeatureSupport: () => Promise<void>;
  readonly waitForRPCs: () => Promise<void>;
}
interface Storage {
  readonly withLocalStorage: <T>(work: () => Promise<T>) => Promise<T>;
}

/** The SDK is loaded by the first component: most programs have none. */
function loaded(): {
  readonly runtime: typeof pulumi.runtime & Runtime;
  readonly storage: Storage;
  readonly resource: typeof pulumi;
} {
  const settings = sdk("./runtime/settings.js") as Runtime;
  const { runtime, ...resource } = sdk("./index.js") as typeof pulumi;
  return {
    runtime: { ...runtime, ...settings },
    storage: sdk("./runtime/state.js") as Storage,
    resource: resource as typeof pulumi,
  };
}

/** Does something as the program that a request comes from. */
function asProgram<T>(request: ConstructRequest | CallRequest, engine: string, work: () => Promise<T>): Promise<T> {
  const { runtime, storage } = loaded();
  return storage.withLocalStorage(async () => {
    runtime.resetOptions(
      request.getProject(),
      request.getStack(),
      request.getParallel(),
      engine,
      request.getMonitorendpoint(),
      request.getDryrun(),
      request.getOrganization(),
    );
    await runtime.awaitFeatureSupport();
    runtime.setAllConfig(
      Object.fromEntries(
        request
          .getConfigMap()
          .toObject(false)
          .map(([key, value]) => [key, value]),
      ),
      request.getConfigsecretkeysList(),
    );
    const done = await work();
    await runtime.waitForRPCs();
    return done;
  });
}

/** Makes a component. @throws Error for another one than there is. */
export async function construct(request: ConstructRequest, engine: string): Promise<ConstructResponse> {
  if (request.getType() !== KNOWLEDGE_BASE)
    throw new Error(
      `There is no component ${request.getType()} in this version of vultr-inference, only ${KNOWLEDGE_BASE}.`,
    );
  // From here on the classes declare what this plugin serves.
  process.env[NATIVE_VARIABLE] = "1";
  // Loaded once the variable is set.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- runners that sandbox CommonJS find no import()
  const { KnowledgeBase } = require("../sdk/index.js") as typeof Sdk;
  const { runtime } = loaded();
  return asProgram(request, engine, async () => {
    const args = componentInputs(request) as unknown as Sdk.KnowledgeBaseArgs;
    const made = new KnowledgeBase(request.getName(), args, optionsOf(request));
    const { collectionId, revision, recall, mrr } = made;
    const [state, dependencies] = await runtime.serializeResourceProperties(request.getName(), {
      collectionId,
      revision,
      recall,
      mrr,
    });
    const reply = new ConstructResponse()
      .setUrn(await valueOf(made.urn))
      .setState(Struct.fromJavaScript(state as Parameters<typeof Struct.fromJavaScript>[0]));
    for (const [name, resources] of dependencies) {
      const urns = await Promise.all(Array.from(resources, ({ urn }) => valueOf(urn)));
      reply.getStatedependenciesMap().set(name, new ConstructResponse.PropertyDependencies().setUrnsList(urns));
    }
    return reply;
  });
}

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => void output.apply(resolve));
}

/** The options that reach the parts of a component. */
function optionsOf(request: ConstructRequest): pulumi.ComponentResourceOptions {
  const { resource } = loaded();
  const { DependencyResource, DependencyProviderResource } = resource as unknown as Record<
    string,
    new (
      reference: string,
    ) => pulumi.Resource & pulumi.ProviderResource
  >;
  if (DependencyResource === undefined || DependencyProviderResource === undefined)
    throw new Error("This version of @pulumi/pulumi cannot make components for others.");
  const aliases = request.getAliasesList().map((alias) => {
    if (alias.hasUrn()) return alias.getUrn();
    const { noparent, parenturn, ...named } = alias.getSpec()?.toObject() ?? {};
    const given = Object.entries(named).filter(([, value]) => typeof value === "string" && value !== "");
    const parent = noparent === true ? resource.rootStackResource : parenturn;
    return { ...Object.fromEntries(given), ...(parent !== undefined && parent !== "" && { parent }) };
  });
  return {
    aliases,
    dependsOn: request.getDependenciesList().map((urn) => new DependencyResource(urn)),
    providers: Object.fromEntries(
      request
        .getProvidersMap()
        .toObject(false)
        .map(([name, reference]) => [name, new DependencyProviderResource(reference)]),
    ),
    ...(request.getParent() !== "" && { parent: new DependencyResource(request.getParent()) }),
    ...(request.hasProtect() && { protect: request.getProtect() === true }),
    ...(request.hasRetainondelete() && { retainOnDelete: request.getRetainondelete() === true }),
  };
}

/** Answers a question, as the function of this name does. */
type Ask = (
  name: string,
  args: Properties,
  about: Parameters<typeof Functions.answer>[3],
) => ReturnType<typeof Functions.answer>;

/** The methods, by the output that stands for their answer while it is not known. */
const METHODS: Readonly<Record<string, string>> = { search: "results", ask: "content" };

/** Calls a method of the component. What is not known yet, or costs money in a preview, makes its answer unknown. */
export async function callMethod(request: CallRequest, engine: string, ask: Ask): Promise<CallResponse> {
  const [component, method = ""] = request.getTok().split("/");
  const output = component === KNOWLEDGE_BASE && Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (output === undefined)
    throw new Error(
      `There is no method ${request.getTok()} in this version of vultr-inference. There are ${Object.keys(METHODS)
        .map((name) => `${KNOWLEDGE_BASE}/${name}`)
        .join(", ")}.`,
    );
  const { plain, marked, secret } = received(request.getArgs());
  const { runInPreview, ...args } = without(plain, "__self__");
  const about = { isPreview: request.getDryrun(), isConfidential: secret.size > 0 };
  const isSpared = about.isPreview && method === "ask" && runInPreview !== true;
  const collectionId =
    isUnknown(args) || isSpared ? UNKNOWN : await collectionOf(request, engine, marked["__self__"] as Properties);
  if (isUnknown(collectionId)) return new CallResponse().setReturn(sent({ [output]: UNKNOWN }));
  const { result, isSecret } = await (method === "search"
    ? searched(collectionId, args, about, ask)
    : asked(collectionId, { ...args, runInPreview }, about, ask));
  return new CallResponse().setReturn(sent(result, new Set(isSecret ? Object.keys(result) : [])));
}

const searched = async (
  collectionId: unknown,
  args: Properties,
  about: Parameters<Ask>[2],
  ask: Ask,
): ReturnType<Ask> => {
  const { result, isSecret } = await ask("search", { ...args, collectionId }, about);
  const { result: listed } = await ask("listItems", { collectionId }, about);
  return {
    result: { results: located(result["results"] as SearchHit[], listed["items"] as Parameters<typeof located>[1]) },
    isSecret,
  };
};

const asked = (
  collectionId: unknown,
  { question, ...rest }: Properties,
  about: Parameters<Ask>[2],
  ask: Ask,
): ReturnType<Ask> =>
  ask(
    "ragCompletion",
    { temperature: 0, ...rest, collectionId, messages: [{ role: "user", content: question }] },
    about,
  );

/** The collection of a component that the program has declared. */
function collectionOf(request: CallRequest, engine: string, { urn }: Properties): Promise<unknown> {
  return asProgram(request, engine, () => {
    const monitor = loaded().runtime.getMonitor();
    const { ResourceInvokeRequest } = sdk("./proto/resource_pb.js") as typeof ResourceMessages;
    const look = new ResourceInvokeRequest().setTok("pulumi:pulumi:getResource").setArgs(sent({ urn }));
    return new Promise((found, failed) => {
      monitor?.invoke(look, (error, reply) => {
        if (error !== null) {
          failed(error);
          return;
        }
        const { state } = received(reply.getReturn()).plain;
        const { collectionId, revision } = (state ?? {}) as Properties;
        // Where its content is about to change, the answer is about to change, too.
        found(isUnknown(revision) ? UNKNOWN : (collectionId ?? UNKNOWN));
      });
    });
  });
}
