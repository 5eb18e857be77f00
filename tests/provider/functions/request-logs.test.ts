import type { Context } from "../../../provider/session/context";
import { requestLogs } from "../../../provider/functions/request-logs";
import { emulated } from "../emulated";

let machine: Awaited<ReturnType<typeof emulated>>;
let api: Context;
beforeEach(async () => {
  machine = await emulated();
  // What the emulator logs has the machine's time.
  api = { ...machine, clock: { ...machine.clock, now: Date.now } };
  await api.client.collections.create({ name: "Shelf" });
  await api.client.items.add("shelf", { content: `Somebody wrote the key ${machine.emulator.key} into a document.` });
  machine.calls();
});
afterEach(() => machine.emulator.close());

test("what was asked and answered is found, with headers and bodies as texts", async () => {
  const { requests } = await requestLogs.run(api, { period: 15 });
  expect(requests[0]).toEqual({
    timestamp: expect.any(String),
    method: "POST",
    endpoint: "/v1/vector_store",
    requestHeaders: expect.stringContaining('"host"'),
    requestBody: '{"name":"Shelf"}',
    responseBody: expect.stringMatching(/^\{"collection":\{"id":"shelf","name":"Shelf","created":"[^"]+"\}\}$/u),
    responseCode: 201,
  });
});

test("the key is nowhere in it: not in a header, not in a body", async () => {
  const { requests } = await requestLogs.run(api, { period: 60 });
  const all = JSON.stringify(requests);
  expect(all).toContain("Somebody wrote the key [apiKey] into a document.");
  expect(all).not.toContain(machine.emulator.key);
  expect(all).not.toMatch(/authorization/iu);
});

test("the key of somebody else is taken out of a header as well", async () => {
  const foreign = "FOREIGN-KEY-0123456789-ABCDEFGHIJ";
  const logged = {
    timestamp: "t",
    method: "GET",
    endpoint: "/",
    request_body: "",
    response_body: `{"apiKey":"${foreign}"}`,
    response_code: 200,
  };
  const headers = [
    `{"Authorization":"Bearer ${foreign}"}`,
    `Host: api\nX-Api-Key: ${foreign}`,
    `Authorization=Bearer ${foreign}`,
  ];
  machine.emulator.faults.add({
    operation: "lookUpRequests",
    status: 200,
    body: { requests: headers.map((request_headers) => ({ ...logged, request_headers })) },
  });
  const { requests } = await requestLogs.run(api, { period: 15 });
  expect(requests.map(({ requestHeaders }) => requestHeaders)).toEqual(["{}", "Host: api", ""]);
  expect(JSON.stringify(requests)).not.toContain(foreign);
});

test("an endpoint narrows it", async () => {
  await expect(requestLogs.run(api, { period: 15, endpoint: "/v1/models" })).resolves.toEqual({ requests: [] });
  expect((await requestLogs.run(api, { period: 15, endpoint: "/v1/vector_store" })).requests).toHaveLength(1);
});

test("a time of any zone is told to the API in UTC", async () => {
  const lookUp = jest.spyOn(api.client.logs, "lookUp");
  await requestLogs.run(api, { period: 15, timestamp: "2026-01-31T14:00:00+02:00" });
  expect(lookUp).toHaveBeenCalledWith({ period: 15, timestamp: "2026-01-31T12:00:00.000Z" });
});

test("a time in the future is refused before any request", async () => {
  const timestamp = new Date(Date.now() + 60_000).toISOString();
  await expect(requestLogs.run(api, { period: 15, timestamp })).rejects.toThrow(
    `requestLogs: timestamp must not be in the future.`,
  );
  expect(machine.calls()).toEqual([]);
});
