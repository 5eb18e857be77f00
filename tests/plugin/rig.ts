import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { handleUnaryCall, ServiceError } from "@grpc/grpc-js";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb.js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import { SupportsFeatureResponse, type ResourceInvokeRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { Status } from "@pulumi/pulumi/proto/status_pb.js";
import { Empty, grpc, Struct } from "../../plugin/protocol.js";

/** Values as the protocol carries them. */
export type Values = Readonly<Record<string, unknown>>;

export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const secret = (value: unknown): Values => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });
export const outputValue = (parts: Values): Values => ({ [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...parts });
export const asset = (parts: Values): Values => ({ [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", ...parts });

const struct = (values: Values) => Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
const values = (message: { toJavaScript(): Values } | undefined): Values => message?.toJavaScript() ?? {};

/** What an engine is told about an object that exists and is not as it should be. */
export class Kept extends Error {
  constructor(
    message: string,
    readonly id: string,
    readonly outputs: Values,
    readonly reasons: readonly string[],
  ) {
    super(message);
  }
}

function failure(error: ServiceError): Error {
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  if (!(bytes instanceof Buffer)) return new Error(error.details);
  const [any] = Status.deserializeBinary(bytes).getDetailsList();
  const failed = any?.unpack(
    (data) => messages.ErrorResourceInitFailed.deserializeBinary(data),
    "pulumirpc.ErrorResourceInitFailed",
  );
  return failed
    ? new Kept(error.details, failed.getId(), values(failed.getProperties()), failed.getReasonsList())
    : new Error(error.details);
}

/** One object of the engine's state. */
export interface Deployed {
  readonly id: string;
  readonly inputs: Values;
  readonly outputs: Values;
}

/** What a difference says. */
export interface Compared {
  readonly changes: boolean;
  readonly replaces: readonly string[];
  /** Kinds by path. */
  readonly details: Readonly<Record<string, string>>;
}

/** An engine's side of one connection to the plugin. */
export class Engine {
  readonly client: ResourceProviderClient;

  constructor(port: number) {
    // Otherwise all clients of a process share one connection.
    this.client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
      "grpc.use_local_subchannel_pool": 1,
    });
  }

  close(): void {
    this.client.close();
  }

  call<Reply>(send: (done: (error: ServiceError | null, reply: Reply) => void) => unknown): Promise<Reply> {
    return new Promise(
      (done, failed) => void send((error, reply) => (error === null ? done(reply) : failed(failure(error)))),
    );
  }

  async configure(args: Values, name = "default"): Promise<messages.ConfigureResponse> {
    await this.call<messages.ProviderHandshakeResponse>((done) =>
      this.client.handshake(new messages.ProviderHandshakeRequest(), done),
    );
    const request = new messages.ConfigureRequest()
      .setArgs(struct(args))
      .setName(name)
      .setUrn(providerUrn(name))
      .setAcceptsecrets(true);
    return this.call((done) => this.client.configure(request, done));
  }

  attach(address: string): Promise<unknown> {
    return this.call((done) => this.client.attach(new PluginAttach().setAddress(address), done));
  }

  cancel(): Promise<unknown> {
    return this.call((done) => this.client.cancel(new Empty(), done));
  }

  async schema(version = 0, subpackage = ""): Promise<{ version: string; resources: Values; functions: Values }> {
    const request = new messages.GetSchemaRequest().setVersion(version).setSubpackageName(subpackage);
    const reply = await this.call<messages.GetSchemaResponse>((done) => this.client.getSchema(request, done));
    return JSON.parse(reply.getSchema()) as { version: string; resources: Values; functions: Values };
  }

  async checkConfig(args: Values, name = "default"): Promise<{ inputs: Values; reasons: string[] }> {
    const request = new messages.CheckRequest().setUrn(providerUrn(name)).setNews(struct(args));
    const reply = await this.call<messages.CheckResponse>((done) => this.client.checkConfig(request, done));
    return { inputs: values(reply.getInputs()), reasons: reply.getFailuresList().map((one) => one.getReason()) };
  }

  async diffConfig(before: Values, now: Values): Promise<{ changes: boolean; replaces: string[]; diffs: string[] }> {
    const request = new messages.DiffRequest()
      .setUrn(providerUrn("default"))
      .setOldInputs(struct(before))
      .setNews(struct(now));
    const reply = await this.call<messages.DiffResponse>((done) => this.client.diffConfig(request, done));
    return {
      changes: reply.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: reply.getReplacesList(),
      diffs: reply.getDiffsList(),
    };
  }

  async check(
    type: string,
    name: string,
    news: Values,
    olds: Values = {},
  ): Promise<{ inputs: Values; reasons: string[] }> {
    const request = new messages.CheckRequest().setUrn(urnOf(type, name)).setNews(struct(news)).setOlds(struct(olds));
    const reply = await this.call<messages.CheckResponse>((done) => this.client.check(request, done));
    return {
      inputs: values(reply.getInputs()),
      reasons: reply.getFailuresList().map((one) => `${one.getProperty()}${one.getReason()}`),
    };
  }

  async diff(
    type: string,
    name: string,
    { id, inputs, outputs }: Deployed,
    news: Values,
    ignoreChanges: string[] = [],
  ): Promise<Compared> {
    const request = new messages.DiffRequest()
      .setUrn(urnOf(type, name))
      .setId(id)
      .setOlds(struct(outputs))
      .setOldInputs(struct(inputs))
      .setNews(struct(news));
    const reply = await this.call<messages.DiffResponse>((done) =>
      this.client.diff(request.setIgnorechangesList(ignoreChanges), done),
    );
    const kinds = Object.entries(messages.PropertyDiff.Kind);
    const details = [...reply.getDetaileddiffMap().entries()].map(
      ([path, one]: [string, messages.PropertyDiff]) =>
        [path, kinds.find(([, kind]) => kind === one.getKind())?.[0] ?? ""] as const,
    );
    return {
      changes: reply.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: reply.getReplacesList(),
      details: Object.fromEntries(details),
    };
  }

  async create(type: string, name: string, inputs: Values, preview = false): Promise<Deployed> {
    const request = new messages.CreateRequest()
      .setUrn(urnOf(type, name))
      .setProperties(struct(inputs))
      .setPreview(preview);
    const reply = await this.call<messages.CreateResponse>((done) => this.client.create(request, done));
    return { id: reply.getId(), inputs, outputs: values(reply.getProperties()) };
  }

  /** Checks and creates, as an `up` does. */
  async deploy(type: string, name: string, news: Values): Promise<Deployed> {
    const { inputs, reasons } = await this.check(type, name, news);
    if (reasons.length > 0) throw new Error(reasons.join("\n"));
    return this.create(type, name, inputs);
  }

  async read(type: string, name: string, id: string, { inputs, outputs }: Partial<Deployed> = {}): Promise<Deployed> {
    const request = new messages.ReadRequest()
      .setUrn(urnOf(type, name))
      .setId(id)
      .setInputs(struct(inputs ?? {}))
      .setProperties(struct(outputs ?? {}));
    const reply = await this.call<messages.ReadResponse>((done) => this.client.read(request, done));
    return { id: reply.getId(), inputs: values(reply.getInputs()), outputs: values(reply.getProperties()) };
  }

  async update(
    type: string,
    name: string,
    { id, inputs, outputs }: Deployed,
    news: Values,
    { preview = false, ignoreChanges = [] }: { preview?: boolean; ignoreChanges?: string[] } = {},
  ): Promise<Deployed> {
    const request = new messages.UpdateRequest()
      .setUrn(urnOf(type, name))
      .setId(id)
      .setOlds(struct(outputs))
      .setOldInputs(struct(inputs))
      .setNews(struct(news));
    const reply = await this.call<messages.UpdateResponse>((done) =>
      this.client.update(request.setPreview(preview).setIgnorechangesList(ignoreChanges), done),
    );
    return { id, inputs: news, outputs: values(reply.getProperties()) };
  }

  async delete(type: string, name: string, { id, inputs, outputs }: Deployed): Promise<void> {
    const request = new messages.DeleteRequest()
      .setUrn(urnOf(type, name))
      .setId(id)
      .setProperties(struct(outputs))
      .setOldInputs(struct(inputs));
    await this.call((done) => this.client.delete(request, done));
  }

  /** Calls a method of the component, which the monitor at an address tells of. */
  async method(name: string, args: Values, monitor: string, preview = false): Promise<Values> {
    const self = { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: urnOf("KnowledgeBase", "handbook") };
    const request = new messages.CallRequest()
      .setTok(`vultr-inference:index:KnowledgeBase/${name}`)
      .setArgs(struct({ ...args, __self__: self }))
      .setMonitorendpoint(monitor)
      .setDryrun(preview);
    return values((await this.call<messages.CallResponse>((done) => this.client.call(request, done))).getReturn());
  }

  async invoke(name: string, args: Values, preview = false): Promise<Values> {
    const request = new messages.InvokeRequest()
      .setTok(`vultr-inference:index:${name}`)
      .setArgs(struct(args))
      .setPreview(preview);
    return values((await this.call<messages.InvokeResponse>((done) => this.client.invoke(request, done))).getReturn());
  }
}

/** What a program has registered, as the engine tells a plugin that asks: `state` is that of the one resource. */
export async function startMonitor(state: () => Values): Promise<{ readonly address: string; stop(): void }> {
  const server = new grpc.Server();
  const invoke: handleUnaryCall<ResourceInvokeRequest, messages.InvokeResponse> = (_, done) =>
    done(null, new messages.InvokeResponse().setReturn(struct({ state: state() })));
  const supportsFeature: handleUnaryCall<unknown, SupportsFeatureResponse> = (_, done) =>
    done(null, new SupportsFeatureResponse().setHassupport(true));
  server.addService(ResourceMonitorService, { invoke, supportsFeature });
  const port = await new Promise<number>((bound) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (_, found) => bound(found));
  });
  return { address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}

export const urnOf = (type: string, name: string): string =>
  `urn:pulumi:test::project::vultr-inference:index:${type}::${name}`;
const providerUrn = (name: string): string => `urn:pulumi:test::project::pulumi:providers:vultr-inference::${name}`;

/** A folder of this test's own. */
export const folder = (): string => mkdtempSync(join(tmpdir(), "vultr-inference-plugin-"));

/** The engine of a run against an API, which knows nothing of those before. */
export async function startRun(port: number, { key, url }: Readonly<Record<"key" | "url", string>>): Promise<Engine> {
  const begun = new Engine(port);
  await begun.configure({ apiKey: secret(key), baseUrl: url });
  return begun;
}
