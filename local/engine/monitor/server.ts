import type { Server, UntypedServiceImplementation } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { LoaderService } from "@pulumi/pulumi/proto/codegen/loader_grpc_pb.js";
import { CHANNEL_OPTIONS, grpc } from "../protocol/pulumi.js";
import { engineService, type Message } from "./engine.js";
import { ResourceMonitorService } from "./monitor.js";

/** Both services of a run on one port of the loopback. */
export class EngineServer {
  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  /**
   * @param monitor - what answers to the program's registrations.
   * @param loader - what answers with the schemas of packages, for programs that ask.
   */
  static async start(
    monitor: UntypedServiceImplementation,
    show: (message: Message) => void,
    loader?: UntypedServiceImplementation,
  ): Promise<EngineServer> {
    const server = new grpc.Server(CHANNEL_OPTIONS);
    server.addService(ResourceMonitorService, monitor);
    server.addService(EngineService, engineService(show));
    if (loader !== undefined) server.addService(LoaderService, loader);
    const port = await new Promise<number>((done, failed) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? done(bound) : failed(error),
      );
    });
    return new EngineServer(server, `127.0.0.1:${port}`);
  }

  stop(): void {
    this.server.forceShutdown();
  }
}
