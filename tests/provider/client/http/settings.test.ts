import { createClient, UsageError } from "../../../../provider/client/index.js";
import { checkOptions } from "../../../../provider/client/http/settings.js";

const apiKey = "a-proper-key";

test("defaults: the live API, 16 at once, two minutes an attempt and five in all, 4 retries", () => {
  expect(checkOptions({ apiKey })).toMatchObject({
    origin: "https://api.vultrinference.com",
    prefix: "/v1",
    concurrency: 16,
    requestsPerSecond: Infinity,
    timeoutMs: 300_000,
    attemptTimeoutMs: 120_000,
    maxRetries: 4,
  });
});

test("a base URL may end with a slash and have no path", () => {
  expect(checkOptions({ apiKey, baseUrl: "http://127.0.0.1:4010/v1/" })).toMatchObject({
    origin: "http://127.0.0.1:4010",
    prefix: "/v1",
  });
  expect(checkOptions({ apiKey, baseUrl: "http://localhost:4010" })).toMatchObject({ prefix: "" });
});

test.each([
  ["missing", undefined, "is missing"],
  ["null", null, "is missing"],
  ["empty", "", "is missing"],
  ["no string", 5, "must be a string, not number"],
  ["with a line break at its end", "secret-key\n", "white space or a line break at its start or end"],
  ["with a space", "secret key", "cannot be sent in a header"],
  ["with a letter outside ASCII", "sécret", "cannot be sent in a header"],
  ["with a header in it", "secret\r\nx-evil: 1", "cannot be sent in a header"],
])("a key that is %s is refused by name, and not shown", (_, key, message) => {
  const make = () => createClient({ apiKey: key as string, apiKeySource: "stack config vultr-inference:apiKey" });
  expect(make).toThrow(UsageError);
  expect(make).toThrow(`apiKey (from stack config vultr-inference:apiKey)`);
  expect(make).toThrow(message);
  expect(make).not.toThrow(/s.cret/u);
});

test.each([
  ["baseUrl", "api.vultrinference.com", "must be an http or https URL"],
  ["baseUrl", "ftp://host/v1", "must be an http or https URL"],
  ["baseUrl", 5, "must be an http or https URL"],
  ["baseUrl", "https://user:pass@host/v1", "must not hold a user name or a password"],
  ["baseUrl", "https://host/v1?x=1", 'without "?" and "#"'],
  ["baseUrl", "https://host/v1#x", 'without "?" and "#"'],
  ["concurrency", 0, "concurrency must be a whole number from 1 to 1024, not 0"],
  ["concurrency", 1.5, "concurrency must be a whole number"],
  ["concurrency", "8", "concurrency must be a whole number"],
  ["requestsPerSecond", 0, "requestsPerSecond must be a number of at least 0.01, not 0"],
  ["timeoutSeconds", 0, "timeoutSeconds must be a number from 0.001 to 86400"],
  ["timeoutSeconds", NaN, "timeoutSeconds must be a number"],
  ["attemptTimeoutSeconds", "5", "attemptTimeoutSeconds must be a number"],
  ["maxRetries", -1, "maxRetries must be a whole number from 0 to 20"],
  ["logsPath", "logs", "logsPath must be a path below baseUrl"],
  ["logsPath", "/a/../b", "logsPath must be a path below baseUrl"],
  ["logsPath", "/logs?x=1", "logsPath must be a path below baseUrl"],
])("%s %j is refused by name", (name, value, message) => {
  const make = () => createClient({ apiKey, [name]: value });
  expect(make).toThrow(UsageError);
  expect(make).toThrow(message);
});

test("Bun, whose stand-in for undici sends nothing, is refused in words", () => {
  Object.defineProperty(process.versions, "bun", { value: "1.4.5", configurable: true });
  try {
    expect(() => createClient({ apiKey })).toThrow(
      "Bun cannot send requests by undici: give the option fetch, or run this with Node.js 20.19 or newer.",
    );
  } finally {
    Reflect.deleteProperty(process.versions, "bun");
  }
});

test("the key and the address are taken from the environment where none are given, and the key says so", () => {
  const env = { VULTR_INFERENCE_API_KEY: "key-of-the-environment", VULTR_INFERENCE_BASE_URL: "http://127.0.0.1:1/v1" };
  expect(checkOptions({}, env)).toMatchObject({
    apiKey: "key-of-the-environment",
    apiKeySource: "environment variable VULTR_INFERENCE_API_KEY",
    origin: "http://127.0.0.1:1",
  });
  expect(checkOptions({ apiKey, baseUrl: "http://127.0.0.1:2/v1" }, env)).toMatchObject({
    apiKey,
    apiKeySource: undefined,
    origin: "http://127.0.0.1:2",
  });
  expect(() => checkOptions({}, {})).toThrow(
    "apiKey is missing; set it to the key of the inference subscription, or set VULTR_INFERENCE_API_KEY in the " +
      "environment.",
  );
});

test("two things that send the requests are one too many", () => {
  expect(() => checkOptions({ apiKey, fetch, dispatcher: { dispatch: () => true } })).toThrow(
    "fetch and dispatcher both say what sends the requests",
  );
});

test.each(["127.0.0.1:3128", "proxy:secret", "://", "ftp://proxy.test"])(
  "a proxy %j is refused, and not repeated",
  (proxy) => {
    const env = { HTTPS_PROXY: proxy };
    expect(() => checkOptions({ apiKey }, env)).toThrow(
      new UsageError(
        "The environment variable HTTPS_PROXY must be the address of a proxy, such as http://proxy.example.com:3128.",
        { operation: "createClient" },
      ),
    );
    expect(checkOptions({ apiKey, baseUrl: "http://127.0.0.1:1" }, env)).toMatchObject({
      origin: "http://127.0.0.1:1",
    });
    expect(checkOptions({ apiKey }, { ...env, HTTPS_PROXY: "http://user:password@proxy.test" })).toBeDefined();
  },
);
