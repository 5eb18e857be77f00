import * as pulumi from "@pulumi/pulumi";
import { ownerOf } from "../../provider/ownership/tag";
import { Collection, Documents, type DocumentsArgs } from "../../sdk/index";

const registered: { type: string; name: string; inputs: Record<string, unknown> }[] = [];
beforeAll(() =>
  pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        registered.push({ type, name, inputs: inputs as Record<string, unknown> });
        return { id: "kb/owner", state: { ...(inputs as object) } };
      },
      call: () => ({}),
    },
    "project",
    "stack",
  ),
);
beforeEach(() => void registered.splice(0));

const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => void output.apply(resolve));

/** What is registered for documents of this source. */
async function registeredFor(
  source: DocumentsArgs["source"],
  options?: pulumi.CustomResourceOptions,
): Promise<Record<string, unknown>> {
  await value(new Documents("docs", { collectionId: "kb", source }, options).urn);
  return registered.find(({ name }) => name === "docs")?.inputs ?? {};
}

test("documents are registered under their type, with their provider's constant text, an owner and their URN", async () => {
  const urn = await value(pulumi.createUrn("docs", Documents.__pulumiType));
  await expect(registeredFor("docs")).resolves.toEqual({
    collectionId: "kb",
    source: { folder: "docs", declared: "path" },
    owner: ownerOf(urn),
    resourceUrn: urn,
    __provider: 'exports.handler = () => require("pulumi-vultr-inference/provider").documents;',
  });
  expect(registered[0]?.type).toBe("pulumi-nodejs:dynamic/vultr-inference:Documents");
});

test("those below a component say so in their URN and have an owner of their own", async () => {
  const parent = new pulumi.ComponentResource("test:Parent", "parent");
  const urn = await value(pulumi.createUrn("docs", Documents.__pulumiType, parent));
  await expect(registeredFor("docs", { parent })).resolves.toMatchObject({ resourceUrn: urn, owner: ownerOf(urn) });
});

test("the provider is told that the option ignoreChanges names the source, and what replaceOnChanges names", async () => {
  const options = { ignoreChanges: ["source"], replaceOnChanges: ["maxTokens"] };
  await expect(registeredFor("docs", options)).resolves.toMatchObject({
    sourceIgnored: true,
    replaceOnChanges: ["maxTokens"],
  });
});

test("a folder may be made of outputs", async () => {
  const source = { folder: pulumi.output("docs"), include: [pulumi.output("*.md")], exclude: ["drafts"] };
  await expect(registeredFor(source)).resolves.toMatchObject({
    source: { folder: "docs", include: ["*.md"], exclude: ["drafts"] },
  });
});

test("texts go into one asset, so that the state holds their hash alone", async () => {
  const { source, confidential } = await registeredFor({ texts: [{ name: "a.md", text: pulumi.output("Text.") }] });
  const { texts } = source as { texts: pulumi.asset.StringAsset };
  expect(pulumi.asset.StringAsset.isInstance(texts)).toBe(true);
  expect(JSON.parse(await texts.text)).toEqual([{ name: "a.md", text: "Text." }]);
  expect(confidential).toBeUndefined();
});

test.each([
  ["a text", { texts: [{ name: "a.md", text: pulumi.secret("Text.") }] }],
  ["a name", { texts: [{ name: pulumi.secret("a.md"), text: "Text." }] }],
  ["the whole source", pulumi.secret("docs")],
])("documents are confidential where %s is secret", async (_what, source) => {
  await expect(registeredFor(source)).resolves.toMatchObject({ confidential: true });
});

test("isInstance tells them from other classes", () => {
  expect(Documents.isInstance(new Documents("docs", { collectionId: "kb", source: "docs" }))).toBe(true);
  expect(Documents.isInstance(new Collection("kb", { name: "kb" }))).toBe(false);
});
