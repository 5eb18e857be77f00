import * as pulumi from "@pulumi/pulumi";
import { Collection, Provider, type ProviderArgs } from "../../sdk/index";

const registered: { type: string; name: string; provider: string | undefined; inputs: Record<string, unknown> }[] = [];
beforeAll(() =>
  pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, provider, inputs }) => {
        registered.push({ type, name, provider, inputs: inputs as Record<string, unknown> });
        return { id: `${name}-id`, state: inputs as object };
      },
      call: () => ({}),
    },
    "project",
    "stack",
  ),
);
beforeEach(() => void registered.splice(0));

/** How the engine is told that a value is secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => void output.apply(resolve));

test("a provider hands its settings on as configuration in texts, with a key that is secret in any case", async () => {
  const provider = new Provider("other", {
    apiKey: "k",
    baseUrl: "http://other.test/v1",
    concurrency: 2,
    requestsPerSecond: pulumi.output(0.5),
    maxRetries: 0,
    logsPath: undefined,
  });
  await value(provider.urn);
  expect(registered).toMatchObject([{ type: "pulumi:providers:pulumi-nodejs", name: "other" }]);
  expect(registered[0]?.inputs).toEqual({
    "vultr-inference:providerName": "other",
    "vultr-inference:apiKey": { [SIGNATURE]: SECRET, value: "k" },
    "vultr-inference:baseUrl": "http://other.test/v1",
    "vultr-inference:concurrency": "2",
    "vultr-inference:requestsPerSecond": "0.5",
    "vultr-inference:maxRetries": "0",
  });
});

test("resources take it by themselves and from their parent", async () => {
  const provider = new Provider("other", { apiKey: "k" });
  const parent = new pulumi.ComponentResource("test:index:Parent", "parent", {}, { providers: [provider] });
  await value(new Collection("own", { name: "x" }, { provider }).urn);
  await value(new Collection("inherited", { name: "x" }, { parent }).urn);
  await value(new Collection("none", { name: "x" }).urn);
  const taken = Object.fromEntries(registered.map(({ name, provider: reference }) => [name, reference]));
  expect(taken["own"]).toMatch(/::other::other-id$/u);
  expect(taken["inherited"]).toBe(taken["own"]);
  expect(taken["none"]).toBe("");
});

test.each<[string, object, string]>([
  ["no key", {}, 'Provider "other" has no apiKey: '],
  ["an empty key", { apiKey: "" }, 'Provider "other" has no apiKey: '],
  ["a misspelt argument", { apikey: "k" }, 'Provider "other" has no argument apikey; it takes apiKey, baseUrl, '],
  [
    "nonsense",
    { apiKey: "k", concurrency: 0 },
    'Argument concurrency of Provider "other" must be a whole number from 1 to 1024.',
  ],
  [
    "nonsense beside a key that comes later",
    { apiKey: pulumi.secret("k"), maxRetries: Number.NaN },
    'Argument maxRetries of Provider "other" must be',
  ],
])("%s is refused at once by name", (_what, args, message) => {
  const make = (): Provider => new Provider("other", args as ProviderArgs);
  expect(make).toThrow(message);
  expect(make).toThrow(pulumi.RunError);
});

test("isInstance tells it from other providers", () => {
  class Foreign extends pulumi.ProviderResource {}
  expect(Provider.isInstance(new Provider("other", { apiKey: "k" }))).toBe(true);
  expect(Provider.isInstance(new Foreign("pulumi-nodejs", "foreign", {}))).toBe(false);
  expect(Provider.isInstance(undefined)).toBe(false);
});
