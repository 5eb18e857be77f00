import * as pulumi from "@pulumi/pulumi";
import type { InferenceFunction } from "../../../provider/functions/function";
import { call, callOutput, callPaidOutput } from "../../../sdk/functions/call";
import { Collection, Item, Provider } from "../../../sdk/index";

interface Args {
  readonly texts: readonly { readonly text: string }[];
}

/** Tells where it would ask and what. */
const ask: InferenceFunction<Args, { origin: string; said: string }> = {
  check: () => undefined,
  run: ({ places }, { texts }) =>
    Promise.resolve({ origin: places.current.origin, said: texts.map(({ text }) => text).join(" ") }),
};
const recorded: typeof ask = {
  ...ask,
  recorded: (_context, { texts }) => Promise.resolve({ origin: "a file", said: String(texts.length) }),
};

const hello = { texts: [{ text: "Hello." }] };

/** Resources named `new …` are going to be made, so in a preview nobody knows their outputs. */
function inPreview(preview: boolean): void {
  void pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs, type }) => {
        if (preview && name.startsWith("new")) return { id: undefined as unknown as string, state: {} };
        return {
          id: `${name}-id`,
          state: type.includes("providers")
            ? (inputs as object)
            : { ...(inputs as object), origin: "o", itemId: "i", created: "now", tokens: 1 },
        };
      },
      call: () => ({}),
    },
    "project",
    "stack",
    preview,
  );
}

beforeEach(() => inPreview(false));
beforeAll(() =>
  Object.assign(process.env, {
    VULTR_INFERENCE_API_KEY: "the-key-of-the-stack",
    VULTR_INFERENCE_BASE_URL: "http://stack.test/v1",
  }),
);
afterAll(() => {
  delete process.env["VULTR_INFERENCE_API_KEY"];
  delete process.env["VULTR_INFERENCE_BASE_URL"];
});

const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => void output.apply(resolve));
const isKnown = (output: pulumi.Output<unknown>): Promise<boolean> =>
  (output as unknown as { isKnown: Promise<boolean> }).isKnown;

describe("A function", () => {
  it("runs over plain values with the stack's settings", async () => {
    await expect(call(() => ask, hello)).resolves.toEqual({ origin: "http://stack.test", said: "Hello." });
  });

  it("runs over Inputs, however deep they are, once all of them are there", async () => {
    const texts = pulumi.output([{ text: pulumi.output("Hello") }, { text: Promise.resolve("there.") }]);
    await expect(value(callOutput(() => ask, { texts }).said)).resolves.toBe("Hello there.");
  });

  it("has a secret result where an argument is secret, and only there", async () => {
    const secret = callOutput(() => ask, { texts: [{ text: pulumi.secret("x") }] });
    await expect(pulumi.isSecret(secret)).resolves.toBe(true);
    await expect(pulumi.isSecret(callOutput(() => ask, hello))).resolves.toBe(false);
  });

  it.each<[string, () => Parameters<typeof callOutput<Args, unknown>>, boolean]>([
    ["nothing", () => [() => ask, hello], false],
    ["an argument", () => [() => ask, { texts: [{ text: pulumi.secret("x") }] }], true],
    ["all arguments at once", () => [() => ask, { texts: pulumi.secret([{ text: "x" }]) }], true],
    [
      "what it depends on",
      () => [() => ask, hello, { dependsOn: new Item("secret", { collectionId: "kb", content: pulumi.secret("x") }) }],
      true,
    ],
    [
      "the key of its provider",
      () => [() => ask, hello, { provider: new Provider("keyed", { apiKey: pulumi.secret("the-key-of-the-other") }) }],
      false,
    ],
  ])("is run with what tells nothing, where secret is %s: %#", async (_what, args, expected) => {
    const [, given, options] = args();
    const seen: boolean[] = [];
    const run: typeof ask.run = ({ confidential }) => (
      seen.push(confidential), Promise.resolve({ origin: "", said: "" })
    );
    await value(callOutput(() => ({ ...ask, run }), given, options));
    expect(seen).toEqual([expected]);
  });

  it("that fails does so with a RunError", async () => {
    const error: unknown = await call(() => ({ ...ask, run: () => Promise.reject(new Error("No.")) }), hello).catch(
      (reason: unknown) => reason,
    );
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ message: "No." });
  });
});

describe("An explicit provider", () => {
  const provider = (args: object = {}): Provider =>
    new Provider("other", { apiKey: pulumi.secret("the-key-of-the-other"), baseUrl: "http://other.test/v1", ...args });

  it("is what both forms ask", async () => {
    await expect(call(() => ask, hello, { provider: provider() })).resolves.toMatchObject({
      origin: "http://other.test",
    });
    await expect(value(callOutput(() => ask, hello, { provider: provider() }).origin)).resolves.toBe(
      "http://other.test",
    );
  });

  it("does not make results secret by its key", async () => {
    await expect(pulumi.isSecret(callOutput(() => ask, hello, { provider: provider() }))).resolves.toBe(false);
  });

  it("that is not known yet makes results unknown; the plain form, which cannot wait, says so", async () => {
    inPreview(true);
    const later = provider({ apiKey: new Collection("new", { name: "x" }).origin });
    await expect(isKnown(callOutput(() => ask, hello, { provider: later }))).resolves.toBe(false);
    await expect(call(() => ask, hello, { provider: later })).rejects.toThrow("not known yet in this preview");
  });

  it("must be one of this package", async () => {
    const foreign = new Collection("kb", { name: "x" }) as unknown as Provider;
    await expect(call(() => ask, hello, { provider: foreign })).rejects.toThrow(
      "must be a Provider of pulumi-vultr-inference",
    );
  });
});

describe("In the preview of an update, a function", () => {
  class Shelf extends pulumi.ComponentResource<undefined> {
    constructor(name: string, child: string) {
      super("test:index:Shelf", name, { child });
    }
    /** Children that come late count as well. */
    protected override async initialize({ child }: { child: string }): Promise<undefined> {
      await new Promise((resolve) => setImmediate(resolve));
      const inner = new pulumi.ComponentResource("test:index:Inner", `${child}-inner`, {}, { parent: this });
      new Item(child, { collectionId: "kb", content: "Text." }, { parent: inner });
      return undefined;
    }
  }

  beforeEach(() => inPreview(true));

  it.each<[string, () => pulumi.Resource | pulumi.Resource[], boolean]>([
    ["nothing", () => [], true],
    ["a resource that stays as it is", () => new Item("old", { collectionId: "kb", content: "Text." }), true],
    ["a resource that is going to be made", () => new Item("new", { collectionId: "kb", content: "Text." }), false],
    [
      "several resources, of which one is going to be made",
      () => ["old", "new"].map((name) => new Item(name, { collectionId: "kb", content: "Text." })),
      false,
    ],
    ["a component in which everything stays as it is", () => new Shelf("shelf", "old"), true],
    ["a component in which something is going to be made", () => new Shelf("shelf", "new"), false],
    ["an empty component", () => new pulumi.ComponentResource("test:index:Empty", "empty"), true],
  ])("that depends on %s is known or not accordingly", async (_what, dependsOn, known) => {
    await expect(isKnown(callOutput(() => ask, hello, { dependsOn: dependsOn() }))).resolves.toBe(known);
  });

  it("that is paid for does not run, and asks for no key", async () => {
    delete process.env["VULTR_INFERENCE_API_KEY"];
    const run = jest.fn();
    await expect(isKnown(callPaidOutput(() => ({ ...ask, run }), hello))).resolves.toBe(false);
    expect(run).not.toHaveBeenCalled();
    process.env["VULTR_INFERENCE_API_KEY"] = "the-key-of-the-stack";
  });

  it("that is paid for has its arguments checked all the same", async () => {
    const check = jest.fn();
    await isKnown(callPaidOutput(() => ({ ...ask, check }), hello));
    expect(check).toHaveBeenCalledWith(hello);
  });

  it("that is paid for runs where it is told to", async () => {
    await expect(value(callPaidOutput(() => ask, hello, { runInPreview: true }).said)).resolves.toBe("Hello.");
  });

  it("that is paid for is known from what was recorded", async () => {
    await expect(value(callPaidOutput(() => recorded, hello).origin)).resolves.toBe("a file");
  });
});

test("In a deployment, what is paid for runs", async () => {
  await expect(value(callPaidOutput(() => recorded, hello).origin)).resolves.toBe("http://stack.test");
});
