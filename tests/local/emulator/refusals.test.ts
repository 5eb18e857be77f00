import { request } from "node:http";
import { closeAll, rig } from "./support/http.js";

afterEach(closeAll);

describe("keys", () => {
  it("are needed everywhere but for the health", async () => {
    const { emulator } = await rig();
    const health = await fetch(`${emulator.url}/health`);
    expect(health.status).toBe(200);
    const response = await fetch(`${emulator.url}/vector_store`);
    expect([response.status, await response.json()]).toEqual([401, { message: "No API key provided" }]);
  });

  it("that are wrong get 422", async () => {
    const { ask } = await rig();
    const { status, body } = await ask("GET", "/vector_store", undefined, { authorization: "Bearer other" });
    expect([status, body]).toEqual([422, { message: "Invalid API key" }]);
  });

  it("may be chosen", async () => {
    const { emulator, ask } = await rig({ key: "chosen" });
    expect(emulator.key).toBe("chosen");
    expect((await ask("GET", "/vector_store")).status).toBe(200);
  });
});

describe("web pages", () => {
  /** A request as a browser would send it, past what fetch allows to set. */
  const send = (url: string, headers: Record<string, string>): Promise<{ status: number; body: string }> =>
    new Promise((done, failed) => {
      const call = request(url, { headers }, (response) => {
        let body = "";
        response
          .setEncoding("utf8")
          .on("data", (part: string) => (body += part))
          .on("end", () => done({ status: response.statusCode ?? 0, body }));
      });
      call.on("error", failed).end();
    });

  it.each([
    ["another origin", { origin: "https://evil.example" }],
    ["no origin of its own", { origin: "null" }],
    ["another port", { origin: "http://127.0.0.1:1" }],
    ["a site that says so", { "sec-fetch-site": "cross-site" }],
    ["a name that was made to lead here", { host: "evil.example" }],
    ["such a name with a port", { host: "127.0.0.1.evil.example:80" }],
  ])("from %s are refused, whatever key they have", async (_what, headers) => {
    const { emulator } = await rig({ control: true });
    for (const path of ["/v1/vector_store", "/v1/health", "/_emulator/journal"]) {
      const { status, body } = await send(new URL(path, emulator.url).href, {
        authorization: `Bearer ${emulator.key}`,
        ...headers,
      });
      expect([path, status]).toEqual([path, 403]);
      expect(body).not.toContain(emulator.key);
    }
    expect([...emulator.journal]).toEqual([]);
  });

  it("of the emulator's own, and programs under any name of this machine, are answered", async () => {
    const { emulator } = await rig();
    const { host, port } = new URL(emulator.url);
    for (const headers of [
      { origin: `http://${host}`, "sec-fetch-site": "same-origin" },
      { host: `localhost:${port}` },
      { host: "[::1]:1" },
      { host: "127.0.0.2" },
      {},
    ]) {
      expect(
        (await send(`${emulator.url}/vector_store`, { authorization: `Bearer ${emulator.key}`, ...headers })).status,
      ).toBe(200);
    }
  });
});

describe("bodies", () => {
  it.each([
    [{}, "name: is required"],
    [{ name: 7 }, "name: must be a string"],
    [{ name: "" }, "name: must not be empty"],
    [null, "expected object"],
  ])("%j is refused with 422 and the field's name", async (body, message) => {
    const { ask } = await rig();
    const reply = await ask("POST", "/vector_store", body);
    expect(reply.status).toBe(422);
    expect(reply.body.message).toContain(message);
  });

  it("name all wrong fields at once", async () => {
    const { ask } = await rig();
    await ask("POST", "/vector_store", { name: "a" });
    const { body } = await ask("POST", "/vector_store/a/items", { content: 1, description: 2 });
    expect(body.message).toBe("content: must be a string; description: must be a string");
  });

  it("that are no JSON get 400, another type 415, too large 413", async () => {
    const { ask } = await rig();
    expect((await ask("POST", "/vector_store", "{")).status).toBe(400);
    expect((await ask("POST", "/vector_store", "name=x", { "content-type": "text/plain" })).status).toBe(415);
    const large = await ask("POST", "/vector_store", { name: "x".repeat(5_000_000) });
    expect(large.status).toBe(413);
  });
});

describe("paths", () => {
  it.each(["/nothing", "/vector_store/", "/vector_store/a/b", "/../v1/nothing", "/%E0%A4%A"])(
    "%s is not found",
    async (path) => {
      const { ask } = await rig();
      expect([(await ask("GET", path)).status]).toEqual([404]);
    },
  );

  it("that exist for other methods answer 405 and name those", async () => {
    const { ask } = await rig();
    const { status, headers } = await ask("PUT", "/vector_store");
    expect([status, headers.get("allow")]).toEqual([405, "GET, POST"]);
  });
});
