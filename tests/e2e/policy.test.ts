import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzeRequest, AnalyzerResourceOptions, type AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Struct as StructClass } from "google-protobuf/google/protobuf/struct_pb";
import { Collection, Item } from "../../sdk/index.js";
import { ROOT } from "../support/project-copy.js";

// The SDK's own copies: messages of another are not its messages.
const requireFromSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const grpc = requireFromSdk("@grpc/grpc-js") as typeof Grpc;
const { Struct } = requireFromSdk("google-protobuf/google/protobuf/struct_pb") as { Struct: typeof StructClass };

describe("The example's policy pack", () => {
  let pack: ChildProcess;
  let analyzer: InstanceType<typeof AnalyzerClient> | undefined;
  beforeAll(async () => {
    const script = requireFromSdk.resolve("./cmd/run-policy-pack");
    pack = spawn(process.execPath, [script, "127.0.0.1:1", "."], {
      cwd: join(ROOT, "examples/policy"),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const port = await new Promise<string>((resolve, reject) => {
      pack.stdout?.once("data", (line: Buffer) => resolve(line.toString().trim()));
      pack.once("exit", (code) => reject(new Error(`The policy pack ended with ${code}.`)));
    });
    analyzer = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  });
  afterAll(() => {
    analyzer?.close();
    pack.kill();
  });

  /** The rules that a resource of this type breaks. */
  async function broken(type: string, properties: Record<string, string>): Promise<string[]> {
    const request = new AnalyzeRequest()
      .setType(type)
      .setName("x")
      .setUrn(`urn:pulumi:s::p::${type}::x`)
      .setOptions(new AnalyzerResourceOptions())
      .setProperties(Struct.fromJavaScript(properties));
    const answer = await new Promise<AnalyzeResponse>((resolve, reject) =>
      analyzer?.analyze(request, (error, reply) => (error ? reject(error) : resolve(reply))),
    );
    return answer.getDiagnosticsList().map((diagnostic) => diagnostic.getPolicyname());
  }

  it("finds a collection whose name does not say whose it is", async () => {
    await expect(broken(Collection.__pulumiType, { name: "Handbook" })).resolves.toEqual(["collection-names-the-team"]);
    await expect(broken(Collection.__pulumiType, { name: "docs: Handbook" })).resolves.toEqual([]);
  });

  it("finds an item without a title", async () => {
    await expect(broken(Item.__pulumiType, { content: "x" })).resolves.toEqual(["item-has-a-title"]);
    await expect(broken(Item.__pulumiType, { content: "x", description: "X" })).resolves.toEqual([]);
  });

  it("leaves resources of other types alone", async () => {
    await expect(broken("random:index/randomId:RandomId", { name: "Handbook" })).resolves.toEqual([]);
  });
});
