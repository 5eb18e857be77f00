import * as pulumi from "@pulumi/pulumi";
import { Collection, RetrievalTest, type RetrievalCase, type RetrievalTestArgs } from "../../sdk/index";

const registered: { type: string; name: string; inputs: Record<string, unknown> }[] = [];
beforeAll(() =>
  pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        registered.push({ type, name, inputs: inputs as Record<string, unknown> });
        return { id: "retrieval-test-1", state: { ...(inputs as object) } };
      },
      call: () => ({}),
    },
    "project",
    "stack",
  ),
);
beforeEach(() => void registered.splice(0));

const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => void output.apply(resolve));
const CASES: RetrievalCase[] = [{ query: "When?", expect: { document: "a.md" } }];

/** What is registered for a test of these cases. */
async function registeredFor(
  cases: RetrievalTestArgs["cases"],
  options?: pulumi.CustomResourceOptions,
): Promise<Record<string, unknown>> {
  await value(new RetrievalTest("answers", { collectionId: "kb", cases }, options).urn);
  return registered.find(({ name }) => name === "answers")?.inputs ?? {};
}

test("a retrieval test is registered under its type, with its provider's constant text and its URN", async () => {
  await expect(registeredFor(CASES)).resolves.toEqual({
    collectionId: "kb",
    cases: CASES,
    resourceUrn: await value(pulumi.createUrn("answers", RetrievalTest.__pulumiType)),
    __provider: 'exports.handler = () => require("pulumi-vultr-inference/provider").retrievalTest;',
  });
  expect(registered[0]?.type).toBe("pulumi-nodejs:dynamic/vultr-inference:RetrievalTest");
});

test("one below a component says so in its URN", async () => {
  const parent = new pulumi.ComponentResource("test:Parent", "parent");
  const { resourceUrn } = await registeredFor(CASES, { parent });
  expect(resourceUrn).toBe(await value(pulumi.createUrn("answers", RetrievalTest.__pulumiType, parent)));
});

test.each([
  ["all of them", pulumi.secret(CASES)],
  ["one of their questions", [{ query: pulumi.secret("When?"), expect: { document: "a.md" } }]],
  ["one of their expectations", [{ query: "When?", expect: [{ text: pulumi.secret("never") }] }]],
])("cases are confidential where %s is secret", async (_what, cases) => {
  await expect(registeredFor(cases)).resolves.toMatchObject({ confidential: true });
});

test("cases may be made of outputs, which does not make them confidential", async () => {
  const inputs = await registeredFor(
    pulumi.output([{ query: pulumi.output("When?"), expect: pulumi.output({ document: "a.md" }) }]),
  );
  expect(inputs).toMatchObject({ cases: CASES });
  expect(inputs).not.toHaveProperty("confidential");
});

test("isInstance tells it from other classes", () => {
  expect(RetrievalTest.isInstance(new RetrievalTest("answers", { collectionId: "kb", cases: CASES }))).toBe(true);
  expect(RetrievalTest.isInstance(new Collection("kb", { name: "kb" }))).toBe(false);
});
