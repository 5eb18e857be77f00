import { withoutCredentialHeaders, withoutCredentials } from "../../../provider/functions/credentials";

const KEY = "VX7Q2M9ZL4K8WT3B6N1R";

describe("Logged headers lose those that may carry credentials,", () => {
  test.each<[string, string, string]>([
    [
      "as a JSON object",
      `{"Host":"api","Authorization":"Bearer ${KEY}","X-Api-Key":"${KEY}","cookie":"s=${KEY}","accept":"*/*"}`,
      '{"Host":"api","accept":"*/*"}',
    ],
    ["as JSON with lists of values", `{"host":["api"],"proxy-authorization":["Basic ${KEY}"]}`, '{"host":["api"]}'],
    ["as a JSON list of pairs", `[["host","api"],["authorization","Bearer ${KEY}"]]`, '[["host","api"]]'],
    ["as a JSON list of lines", `["host: api","X-Auth-Token: ${KEY}"]`, '["host: api"]'],
    [
      "as a JSON list of objects",
      `[{"name":"host","value":"api"},{"name":"Set-Cookie","value":"${KEY}"}]`,
      '[{"name":"host","value":"api"}]',
    ],
    ["as lines", `Host: api\r\nAuthorization: Bearer ${KEY}\r\nAccept: */*`, "Host: api\nAccept: */*"],
    [
      "as lines that go on in the next",
      `Host: api\nAuthorization: Bearer\n  ${KEY}\nAccept: */*`,
      "Host: api\nAccept: */*",
    ],
    ["in a form that nobody knows", `map[Authorization:[Bearer ${KEY}] Host:[api]]`, ""],
    ["not at all where there are none", "", ""],
  ])("%s", (_how, headers, left) => {
    expect(withoutCredentialHeaders(headers)).toBe(left);
  });
});

describe("A body loses what looks like a credential:", () => {
  test.each<[string, string, string]>([
    ["behind Bearer", `curl -H "Authorization: Bearer ${KEY}" x`, 'curl -H "Authorization: [removed] [removed]" x'],
    ["under a telling name", `{"api_key":"${KEY}","model":"m"}`, '{"api_key":"[removed]","model":"m"}'],
    ["with spaces", `{"apiKey" : "${KEY}"}`, '{"apiKey" : "[removed]"}'],
    [
      "in JSON within JSON",
      `{"content":"{\\"x-api-key\\":\\"${KEY}\\"}"}`,
      '{"content":"{\\"x-api-key\\":\\"[removed]\\"}"}',
    ],
    ["in an address", `https://x.test/?api_key=${KEY}&q=1`, "https://x.test/?api_key=[removed]&q=1"],
  ])("%s", (_where, body, left) => {
    expect(withoutCredentials(body)).toBe(left);
  });

  test.each([
    '{"token":"Hello","max_tokens":5}',
    "The bearer of bad news keeps the key under the mat.",
    '{"usage":{"total_tokens":3}}',
  ])("but not %s", (body) => {
    expect(withoutCredentials(body)).toBe(body);
  });
});
