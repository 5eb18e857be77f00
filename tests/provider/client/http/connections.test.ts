import { execFile } from "node:child_process";
import { connect, createServer, type AddressInfo } from "node:net";
import { promisify } from "node:util";
import { Agent, EnvHttpProxyAgent } from "undici";
import { closeConnections, createClient } from "../../../../provider/client/index.js";
import { connectionsTo, isLoopback } from "../../../../provider/client/http/connections.js";
import { canary, clientAgainst, errorOf } from "../support/client.js";
import { answer } from "../support/wire.js";

const environment = { ...process.env };
afterEach(() => {
  process.env = { ...environment };
});

test.each([
  ["http://localhost:1", true],
  ["http://a.localhost", true],
  ["http://127.0.0.1:8080", true],
  ["http://127.9.9.9", true],
  ["http://[::1]:1", true],
  ["http://localhost.example.com", false],
  ["http://127.0.0.1.example.com", false],
  ["https://api.vultrinference.com", false],
  ["http://10.0.0.1", false],
])("%s is this machine: %p", (origin, expected) => {
  expect(isLoopback(origin)).toBe(expected);
});

test("the process has one set of connections, recreated once it was closed", async () => {
  const direct = connectionsTo("http://127.0.0.1:1");
  expect(direct).toBeInstanceOf(Agent);
  expect(connectionsTo("http://localhost:2")).toBe(direct);
  const outward = connectionsTo("https://api.vultrinference.com");
  expect(outward).toBeInstanceOf(EnvHttpProxyAgent);
  expect(connectionsTo("https://elsewhere.example")).toBe(outward);
  await closeConnections();
  expect(connectionsTo("http://127.0.0.1:1")).not.toBe(direct);
});

test("requests after one another use the same connections again", async () => {
  const { client, server } = await clientAgainst([answer(200, { collections: [] })]);
  for (let request = 0; request < 20; request++) await client.collections.list();
  // Two, because undici first looks whether an idle connection is still there, and asks on another one meanwhile.
  expect(server.connections).toBeLessThanOrEqual(2);
});

/** A proxy that notes which tunnels were asked for, and makes each to `target`, or none. */
async function startProxy(target?: number): Promise<{ url: string; asked: string[]; stop: () => Promise<unknown> }> {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (data) => {
      asked.push(data.toString("latin1").split("\r\n")[0] ?? "");
      if (target === undefined) {
        socket.end("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
        return;
      }
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      socket.pipe(connect(target, "127.0.0.1")).pipe(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, stop: () => new Promise((resolve) => server.close(resolve)) };
}

test("HTTPS_PROXY carries what leaves this machine, NO_PROXY and loopback go directly", async () => {
  const proxy = await startProxy();
  for (const name of ["HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"]) process.env[name] = proxy.url;
  process.env["NO_PROXY"] = process.env["no_proxy"] = "direct.invalid";
  const ask = (baseUrl: string) => errorOf(createClient({ apiKey: canary, baseUrl, maxRetries: 0 }).collections.list());

  const error = await ask("https://inference.invalid/v1");
  expect(proxy.asked).toEqual(["CONNECT inference.invalid:443 HTTP/1.1"]);
  expect(error).toMatchObject({ code: "connection", outcomeUnknown: false });
  expect(error.message).toContain("HTTPS_PROXY");

  expect((await ask("https://direct.invalid/v1")).message).toContain("was not found");
  const { client } = await clientAgainst([answer(200, { collections: [] })]);
  await client.collections.list();
  expect(proxy.asked).toHaveLength(1);
  await proxy.stop();
});

test("through a proxy the API answers as without one", async () => {
  const { server } = await clientAgainst([answer(200, { collections: [{ id: "docs", name: "Docs" }] })]);
  const proxy = await startProxy(server.port);
  for (const name of ["HTTP_PROXY", "http_proxy"]) process.env[name] = proxy.url;
  const client = createClient({ apiKey: canary, baseUrl: "http://inference.invalid/v1" });
  expect(await client.collections.list()).toEqual([{ id: "docs", name: "Docs" }]);
  expect(proxy.asked).toEqual(["CONNECT inference.invalid:80 HTTP/1.1"]);
  await closeConnections();
  await server.stop();
  await proxy.stop();
});

test("a certificate that nobody vouches for is told apart, with the way out", async () => {
  const cause = Object.assign(new Error("self-signed certificate"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
  const dispatcher = Object.assign(new Agent(), {
    dispatch: (_: unknown, handler: { onResponseError(controller: unknown, error: Error): void }) => {
      handler.onResponseError(undefined, cause);
      return true;
    },
  });
  const { client } = await clientAgainst([], { dispatcher, maxRetries: 0 });
  const { message } = await errorOf(client.collections.list());
  expect(message).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
  expect(message).toContain("NODE_EXTRA_CA_CERTS");
});

test("idle connections do not keep a process alive", async () => {
  const { server } = await clientAgainst([answer(200, { collections: [] })]);
  const program = `
    const { createClient } = require("pulumi-vultr-inference/client");
    createClient({ apiKey: "a-key", baseUrl: process.argv[1] }).collections.list().then((all) => console.log(all.length));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", program, server.baseUrl], { timeout: 20_000 });
  expect(stdout).toBe("0\n");
});
