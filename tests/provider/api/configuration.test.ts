import { checkProvider, ConfigError, readSettings } from "../../../provider/api/configuration";
import { providerConfig } from "../../../provider/api/setting";

const reader = (config: Record<string, string>) => (key: string) => config[key];

test("stack configuration wins over the environment, and the source of the key is named", () => {
  const settings = readSettings(reader({ "vultr-inference:apiKey": "from-config" }), {
    VULTR_INFERENCE_API_KEY: "from-env",
  });
  expect(settings).toMatchObject({ apiKey: "from-config", apiKeySource: "stack config vultr-inference:apiKey" });
});

test("the environment stands in where the configuration has nothing", () => {
  const settings = readSettings(reader({}), {
    VULTR_INFERENCE_API_KEY: "k",
    VULTR_INFERENCE_REQUESTS_PER_SECOND: "2.5",
  });
  expect(settings).toMatchObject({
    apiKeySource: "environment variable VULTR_INFERENCE_API_KEY",
    requestsPerSecond: 2.5,
  });
});

test("without an address the live API is meant", () => {
  expect(readSettings(reader({}), { VULTR_INFERENCE_API_KEY: "k" }).baseUrl).toBe("https://api.vultrinference.com/v1");
});

test("numbers come as text and are parsed", () => {
  const config = {
    "vultr-inference:apiKey": "k",
    "vultr-inference:concurrency": "4",
    "vultr-inference:maxRetries": "0",
  };
  expect(readSettings(reader(config), {})).toMatchObject({ concurrency: 4, maxRetries: 0 });
});

test("no key is an error that names both places for it", () => {
  expect(() => readSettings(reader({ "vultr-inference:apiKey": "" }), {})).toThrow(ConfigError);
  expect(() => readSettings(reader({}), {})).toThrow(/vultr-inference:apiKey.*VULTR_INFERENCE_API_KEY/u);
});

test.each([
  ["concurrency", "0"],
  ["concurrency", "many"],
  ["concurrency", "1.5"],
  ["concurrency", "1025"],
  ["timeoutSeconds", "-1"],
  ["maxRetries", "NaN"],
  ["requestsPerSecond", "0"],
  ["baseUrl", "ftp://example.com"],
  ["baseUrl", "example"],
  ["logsPath", "logs"],
])("%s may not be %s", (name, value) => {
  const config = { "vultr-inference:apiKey": "k", [`vultr-inference:${name}`]: value };
  expect(() => readSettings(reader(config), {})).toThrow(`Stack config vultr-inference:${name} must be `);
});

test("the level of the log is in the environment alone: warn, unless it says otherwise; nonsense is refused by name", () => {
  const levelIn = (env: NodeJS.ProcessEnv): string =>
    readSettings(reader({}), { VULTR_INFERENCE_API_KEY: "k", ...env }).logLevel;
  expect([levelIn({}), levelIn({ VULTR_INFERENCE_LOG: "" }), levelIn({ VULTR_INFERENCE_LOG: "debug" })]).toEqual([
    "warn",
    "warn",
    "debug",
  ]);
  expect(() => levelIn({ VULTR_INFERENCE_LOG: "loud" })).toThrow(
    "Environment variable VULTR_INFERENCE_LOG must be one of error, warn, info, debug.",
  );
});

describe("An explicit provider", () => {
  const env = { VULTR_INFERENCE_API_KEY: "of-another-account", VULTR_INFERENCE_BASE_URL: "http://env.test/v1" };

  test("has its arguments read like configuration, and is named as their source", () => {
    const config = providerConfig("partner", { apiKey: "k", concurrency: 3, maxRetries: undefined });
    expect(readSettings(reader(config), env)).toMatchObject({
      apiKey: "k",
      apiKeySource: 'argument apiKey of Provider "partner"',
      baseUrl: "http://env.test/v1",
      concurrency: 3,
    });
  });

  test("never takes a key from the environment", () => {
    expect(() => readSettings(reader(providerConfig("partner", { apiKey: "" })), env)).toThrow(
      'Provider "partner" has no apiKey',
    );
  });

  test("is told what it misspelt and what makes no sense", () => {
    expect(() => checkProvider("partner", { apiKey: "k", key: "k" })).toThrow(
      'Provider "partner" has no argument key; it takes apiKey, ',
    );
    expect(() => checkProvider("partner", { apiKey: "k", timeoutSeconds: "soon" })).toThrow(
      'Argument timeoutSeconds of Provider "partner" must be a number from 0.001 to 86400.',
    );
    expect(() => checkProvider("partner", { apiKey: "k", timeoutSeconds: "30" })).not.toThrow();
  });
});
