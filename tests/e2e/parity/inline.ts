import * as grpc from "@grpc/grpc-js";
import { createRequire } from "node:module";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { readFileSync } from "node:fs";
import type { Declared } from "./play.js";

type Program = () => Promise<Record<string, unknown>>;

const load = createRequire(__filename);
// The SDK keeps the type of its server to itself.
const { LanguageServer } = load("@pulumi/pulumi/automation/server.js") as {
  LanguageServer: new (program: Program) => grpc.UntypedServiceImplementation;
};
const declare = load("./program/declare.js") as (declared: Declared) => Record<string, unknown>;

/** Hosts the test program in this process, as the Automation API does with inline programs. */
export async function hosted(declaredFile: string): Promise<{ address: string; close: () => void }> {
  const server = new grpc.Server();
  const program: Program = () =>
    Promise.resolve().then(() => declare(JSON.parse(readFileSync(declaredFile, "utf8")) as Declared));
  server.addService(LanguageRuntimeService, new LanguageServer(program));
  const port = await new Promise<number>((done, failed) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? failed(error) : done(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
