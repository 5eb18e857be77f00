/** The service that an engine calls: which provider a call is for, and how an error reaches the engine. */
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb.js";
import * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb.js";
import { Status } from "@pulumi/pulumi/proto/status_pb.js";
import type { Properties } from "../provider/engine/values.js";
import { messageOf } from "../provider/text/error-message.js";
import { Any, CHANNEL_OPTIONS, Empty, grpc, type Grpc } from "./protocol.js";
import { Provider } from "./provider.js";
import { sent } from "./values.js";
import type { Marks } from "./verbs.js";

/** A server that one engine calls, or several. */
export interface PluginServer {
  readonly port: number;
  /** The engines have all results. */
  end(): void;
  close(): void;
}

/**
 * Serves the plugin on a free port of this machine. Each connection is a provider of its own, with its own
 * configuration.
 *
 * @param engine the address at which the engine takes messages, where one listens.
 */
export async function servePlugin(engine?: string): Promise<PluginServer> {
  const providers = new Map<string, Provider>();
  const server = new grpc.Server(CHANNEL_OPTIONS);
  server.addService(ResourceProviderService, serviceOf(providers, engine));
  const port = await new Promise<number>((bound, failed) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, found) =>
      error === null ? bound(found) : failed(error),
    );
  });
  return {
    port,
    end: () => {
      for (const provider of providers.values()) provider.end();
    },
    close: () => server.forceShutdown(),
  };
}

function serviceOf(providers: Map<string, Provider>, engine: string | undefined): Grpc.UntypedServiceImplementation {
  const of = (peer: string): Provider => {
    const known = providers.get(peer) ?? new Provider(engine);
    providers.set(peer, known);
    return known;
  };
  const on =
    <Request, Reply>(
      answer: (provider: Provider, request: Request) => Reply | Promise<Reply>,
    ): Grpc.handleUnaryCall<Request, Reply> =>
    (call, done) => {
      Promise.resolve()
        .then(() => answer(of(call.getPeer()), call.request))
        .then(
          (reply) => done(null, reply),
          (error: unknown) => done(statusOf(error)),
        );
    };
  const nothing = new Empty();
  return {
    handshake: on((provider, request: messages.ProviderHandshakeRequest) => provider.handshake(request)),
    attach: on((provider, request: PluginAttach) => {
      provider.attach(request.getAddress());
      return nothing;
    }),
    parameterize: on((provider) => provider.parameterize()),
    getPluginInfo: on((provider) => provider.getPluginInfo()),
    getSchema: on((provider, request: messages.GetSchemaRequest) => provider.getSchema(request)),
    getMapping: on(() => new messages.GetMappingResponse()),
    getMappings: on(() => new messages.GetMappingsResponse()),
    checkConfig: on((provider, request: messages.CheckRequest) => provider.checkConfig(request)),
    diffConfig: on((provider, request: messages.DiffRequest) => provider.diffConfig(request)),
    configure: on((provider, request: messages.ConfigureRequest) => provider.configure(request)),
    check: on((provider, request: messages.CheckRequest) => provider.verbs.check(request)),
    diff: on((provider, request: messages.DiffRequest) => provider.verbs.diff(request)),
    create: on((provider, request: messages.CreateRequest) => provider.verbs.create(request)),
    read: on((provider, request: messages.ReadRequest) => provider.verbs.read(request)),
    update: on((provider, request: messages.UpdateRequest) => provider.verbs.update(request)),
    delete: on(async (provider, request: messages.DeleteRequest) => {
      await provider.verbs.delete(request);
      return nothing;
    }),
    invoke: on((provider, request: messages.InvokeRequest) => provider.invoke(request)),
    construct: on((provider, request: messages.ConstructRequest) => provider.construct(request)),
    call: on((provider, request: messages.CallRequest) => provider.call(request)),
    cancel: on((provider) => {
      provider.cancel();
      return nothing;
    }),
  };
}

/** What a lifecycle's error says of an object that exists. */
interface InitializationFailed {
  readonly id: string;
  readonly properties: Properties;
  readonly reasons: readonly string[];
  readonly marks?: Marks;
}

/** An error in the protocol's terms: one sentence, and with it the object that exists and is not as it should be. */
function statusOf(error: unknown): Partial<Grpc.ServiceError> {
  const details = messageOf(error);
  const { id, properties, reasons, marks } = error as Partial<InitializationFailed>;
  if (id === undefined || properties === undefined || reasons === undefined)
    return { code: grpc.status.UNKNOWN, details };
  const failed = new ErrorResourceInitFailed()
    .setId(id)
    .setReasonsList([...reasons])
    .setProperties(sent(properties, marks?.secret, marks?.like));
  const any = new Any();
  any.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  // What addDetails answers is not the status.
  const status = new Status().setCode(grpc.status.UNKNOWN).setMessage(details).setDetailsList([any]);
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details, metadata };
}
