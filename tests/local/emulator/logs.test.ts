import { manualClock } from "../../../local/emulator/index.js";
import { RequestLog } from "../../../local/emulator/request-log.js";
import { closeAll, rig } from "./support/http.js";

afterEach(closeAll);

describe("request logs", () => {
  it("tell what was asked and answered, headers as a string", async () => {
    const { ask, emulator } = await rig({ clock: manualClock(Date.UTC(2026, 0, 1)) });
    await ask("POST", "/vector_store", { name: "a" }, { "x-mine": "yes" });
    await fetch(`${emulator.url}/vector_store`);
    const { requests } = (await ask("POST", "/logs", { period: 15 })).body;
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      timestamp: "2026-01-01T00:00:00.000Z",
      method: "POST",
      endpoint: "/v1/vector_store",
      request_body: '{"name":"a"}',
      response_body: '{"collection":{"id":"a","name":"a","created":"2026-01-01T00:00:00.000Z"}}',
      response_code: 201,
    });
    expect(JSON.parse(requests[0]?.request_headers ?? "")).toMatchObject({
      "x-mine": "yes",
      authorization: `Bearer ${emulator.key}`,
    });
  });

  it("reach back from a time, itself included, for the period, its start not", async () => {
    const clock = manualClock(Date.UTC(2026, 0, 1));
    const { ask } = await rig({ clock });
    await ask("GET", "/models");
    clock.advance(15 * 60_000);
    await ask("GET", "/audio/voices");
    const endpoints = async (more: object): Promise<string[]> =>
      (await ask("POST", "/logs", { period: 15, ...more })).body.requests.map(({ endpoint }) => endpoint);
    expect(await endpoints({ timestamp: "2026-01-01T00:15:00Z" })).toEqual(["/v1/audio/voices"]);
    expect(await endpoints({ timestamp: "2026-01-01T00:00:00Z" })).toEqual(["/v1/models"]);
    expect(await endpoints({ period: 30, endpoint: "/models" })).toEqual(["/v1/models"]);
    expect(await endpoints({ period: 30, endpoint: "/v1/models" })).toEqual(["/v1/models"]);
  });

  it("take a time in every usual form of ISO 8601", async () => {
    const clock = manualClock(Date.UTC(2026, 0, 31, 12));
    const { ask } = await rig({ clock });
    await ask("GET", "/audio/voices");
    const forms = [
      "2026-01-31T12:00:00Z",
      "2026-01-31T12:00:00.000+00:00",
      "2026-01-31T12:00Z",
      "2026-01-31 12:00:00",
      "20260131T120000Z",
      "2026-01-31T13:00:00+0100",
      "2026-01-31T14:30:00,5+02:30",
      "2026-01-31t12:00:00z",
      "2026-01-31T12",
    ];
    for (const timestamp of forms) {
      const { status, body } = await ask("POST", "/logs", { period: 15, timestamp });
      expect([timestamp, status]).toEqual([timestamp, 200]);
      expect(body.requests[0]?.endpoint).toBe("/v1/audio/voices");
    }
    expect((await ask("POST", "/logs", { period: 15, timestamp: "2026-02-01" })).body.requests).toEqual([]);
  });

  it.each([
    [{ period: 15, timestamp: "2026-02-30" }, "timestamp: must be a time in ISO 8601, as 2026-01-31T12:00:00Z"],
    [{}, "period: is required"],
    [{ period: 20 }, "period: must be one of 15, 30, 45, 60 (minutes)"],
    [{ period: 15, timestamp: "yesterday" }, "timestamp: must be a time in ISO 8601, as 2026-01-31T12:00:00Z"],
  ])("refuse %j", async (body, message) => {
    const { ask } = await rig();
    const reply = await ask("POST", "/logs", body);
    expect([reply.status, reply.body.message]).toEqual([422, message]);
  });

  it("forget what is older than an hour or too much", () => {
    const log = new RequestLog();
    const entry = { method: "GET", endpoint: "/", headers: {}, requestBody: "", status: 200 };
    log.write({ ...entry, at: 0, responseBody: "" });
    log.write({ ...entry, at: 3_600_001, responseBody: "x".repeat(10_000_000) });
    expect(log.between(-1, 4_000_000)).toHaveLength(1);
    log.write({ ...entry, at: 3_600_002, responseBody: "y".repeat(10_000_000) });
    expect(log.between(-1, 4_000_000).map(({ at }) => at)).toEqual([3_600_002]);
  });
});
