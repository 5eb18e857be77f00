import type * as Grpc from "@grpc/grpc-js";
import type * as LanguageMessages from "@pulumi/pulumi/proto/language_pb.js";
import { createRequire } from "node:module";

/** A stack's program as a function: what it returns are the stack's outputs. */
export type InlineProgram = () => unknown;

type Run = Grpc.handleUnaryCall<LanguageMessages.RunRequest, LanguageMessages.RunResponse>;

interface Sdk {
  readonly grpc: typeof Grpc;
  readonly service: Grpc.ServiceDefinition;
  readonly messages: typeof LanguageMessages;
  /** Its type the SDK keeps to itself. */
  readonly LanguageServer: new (
    program: () => Promise<unknown>,
  ) => { readonly run: Run };
}

/** The SDK that the program uses, too: loaded when a program is hosted, since it takes most of a second. */
function sdk(): Sdk {
  const load = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  return {
    grpc: load("@grpc/grpc-js") as typeof Grpc,
    service: (load("./proto/language_grpc_pb.js") as { LanguageRuntimeService: Grpc.ServiceDefinition })
      .LanguageRuntimeService,
    messages: load("./proto/language_pb.js") as typeof LanguageMessages,
    LanguageServer: (load("./automation/server.js") as Pick<Sdk, "LanguageServer">).LanguageServer,
  };
}

/** Where an engine finds a program. */
export interface Host {
  readonly address: string;
  readonly close: () => void;
}

/** Runs a program in this process whenever an engine calls. */
export async function hosted(program: InlineProgram): Promise<Host> {
  const { grpc, service, messages, LanguageServer } = sdk();
  const run: Run = (call, callback) => {
    let thrown: Error | undefined;
    // What a program throws reaches the engine this way alone: test runners count a stray rejection as a failure.
    const guarded = async (): Promise<unknown> => {
      try {
        return await program();
      } catch (error) {
        thrown = error instanceof Error ? error : new Error(String(error));
        return {};
      }
    };
    new LanguageServer(guarded).run(call, (error, reply) => {
      if (thrown) callback(null, new messages.RunResponse().setError(thrown.message));
      else callback(error, reply);
    });
  };
  const server = new grpc.Server();
  server.addService(service, { run });
  const port = await new Promise<number>((done, failed) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? done(bound) : failed(error),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
