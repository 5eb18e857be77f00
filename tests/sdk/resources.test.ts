import * as pulumi from "@pulumi/pulumi";
import { ownerOf } from "../../provider/ownership/tag";
import { Collection, Documents, File, Item, KnowledgeBase, Provider, RetrievalTest } from "../../sdk/index";

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly id: string | undefined;
  readonly inputs: Record<string, unknown>;
}

const registered: Registered[] = [];
beforeAll(() =>
  pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, id, inputs }) => {
        registered.push({ type, name, id, inputs: inputs as Record<string, unknown> });
        return {
          id: id === undefined || id === "" ? `${name}-id` : id,
          state: { ...(inputs as object), itemId: "i", created: "now", tokens: 1, origin: "http://localhost" },
        };
      },
      call: () => ({}),
    },
    "project",
    "stack",
  ),
);
beforeEach(() => void registered.splice(0));

const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => void output.apply(resolve));

test("a collection is registered under its type, with its provider's constant text", async () => {
  const collection = new Collection("kb", { name: "Knowledge" });
  await value(collection.urn);
  expect(registered).toEqual([
    {
      type: "pulumi-nodejs:dynamic/vultr-inference:Collection",
      name: "kb",
      id: "",
      inputs: {
        name: "Knowledge",
        owner: expect.stringMatching(/^[\w-]{12}$/u),
        resourceUrn: expect.stringMatching(/::kb$/u),
        __provider: 'exports.handler = () => require("pulumi-vultr-inference/provider").collection;',
      },
    },
  ]);
});

test("a collection's id and collectionId are one", async () => {
  const collection = new Collection("kb", { name: "Knowledge" });
  await expect(value(collection.collectionId)).resolves.toBe(await value(collection.id));
});

test("an item is registered with its content's hash and an owner made of its URN", async () => {
  await value(new Item("a", { collectionId: "kb", content: "Text." }).urn);
  await value(new Item("b", { collectionId: "kb", content: "Text." }).urn);
  const [a, b] = registered.map(({ inputs }) => inputs);
  expect(a).toMatchObject({
    content: "Text.",
    contentHash: expect.stringMatching(/^[0-9a-f]{64}$/u),
    owner: expect.stringMatching(/^[\w-]{12}$/u),
    __provider: 'exports.handler = () => require("pulumi-vultr-inference/provider").item;',
  });
  expect(a?.["contentHash"]).toBe(b?.["contentHash"]);
  expect(a?.["owner"]).not.toBe(b?.["owner"]);
});

test("an item below a component has another owner than one of the same name beside it", async () => {
  const parent = new pulumi.ComponentResource("test:Parent", "parent");
  await value(new Item("same", { collectionId: "kb", content: "Text." }).urn);
  await value(new Item("same", { collectionId: "kb", content: "Text." }, { parent }).urn);
  const owners = registered.filter(({ name }) => name === "same").map(({ inputs }) => inputs["owner"]);
  expect(new Set(owners).size).toBe(2);
});

test("secret content has a secret hash", async () => {
  const item = new Item("secret", { collectionId: "kb", content: pulumi.secret("Text.") });
  await expect(pulumi.isSecret(item.contentHash)).resolves.toBe(true);
  const open = new Item("open", { collectionId: "kb", content: "Text." });
  await expect(pulumi.isSecret(open.contentHash)).resolves.toBe(false);
});

test("get reads an existing object by its id, with nothing declared", async () => {
  await value(Item.get("foreign", "kb/1").urn);
  expect(registered[0]).toEqual({
    type: Item.__pulumiType,
    name: "foreign",
    id: "kb/1",
    inputs: { __provider: expect.any(String) },
  });
});

test("isInstance tells the classes apart", () => {
  const collection = new Collection("kb", { name: "Knowledge" });
  expect(Collection.isInstance(collection)).toBe(true);
  expect(Item.isInstance(collection)).toBe(false);
  expect(Item.isInstance(undefined)).toBe(false);
});

test("an item's owner is made of its URN, with and without a parent", async () => {
  const item = new Item("plain", { collectionId: "kb", content: "Text." });
  const parent = new pulumi.ComponentResource("test:Parent", "another");
  const child = new Item("child", { collectionId: "kb", content: "Text." }, { parent });
  const urns = [
    await value(pulumi.createUrn("plain", Item.__pulumiType)),
    await value(pulumi.createUrn("child", Item.__pulumiType, parent)),
  ];
  await value(pulumi.all([item.urn, child.urn]));
  const owners = ["plain", "child"].map(
    (name) => registered.find((resource) => resource.name === name)?.inputs["owner"],
  );
  expect(owners).toEqual(urns.map(ownerOf));
});

test.each<[string, (options: pulumi.CustomResourceOptions) => unknown, RegExp]>([
  [
    "a collection",
    (options) => new Collection("x", { name: "X" }, options),
    /^Collection "x": .*set adopt to its id or adoptByName: true, .*vultr-inference adopt/u,
  ],
  [
    "an item",
    (options) => new Item("x", { collectionId: "kb", content: "X" }, options),
    /^Item "x": .*set adopt to its id, .*vultr-inference adopt/u,
  ],
  [
    "a file",
    (options) => new File("x", { collectionId: "kb", source: "x.md" }, options),
    /^File "x": .*set adopt to its id, .*vultr-inference adopt/u,
  ],
  [
    "documents",
    (options) => new Documents("x", { collectionId: "kb", source: "docs" }, options),
    /^Documents "x": .*Item with adopt: .*vultr-inference adopt/u,
  ],
  [
    "a test",
    (options) => new RetrievalTest("x", { collectionId: "kb", cases: [] }, options),
    /^RetrievalTest "x": .*nothing of a test/u,
  ],
  [
    "a knowledge base",
    (options) => new KnowledgeBase("x", { name: "X" }, options),
    /^KnowledgeBase "x": .*set adopt to its id or adoptByName: true/u,
  ],
])("the option import of %s is refused in a sentence that names the way", (_what, make, expected) => {
  const message = ((): string => {
    try {
      make({ import: "kb/1" });
      return "made";
    } catch (error) {
      expect(pulumi.RunError.isInstance(error)).toBe(true);
      return (error as Error).message;
    }
  })();
  expect(message).toMatch(expected);
  expect(message).toContain("leave the option import out");
});

describe("What is no object of properties gets one sentence", () => {
  const classes = { Collection, Documents, File, Item, RetrievalTest, KnowledgeBase, Provider } as unknown as Record<
    string,
    new (
      name: string,
      args?: unknown,
    ) => object
  >;

  test.each(Object.entries(classes))("from %s", (name, Class) => {
    expect(() => new Class("x")).toThrow(
      new RegExp(
        `^${name} "x": its second argument must be an object of properties, such as \\{ \\w+(, \\w+)? \\}, but ` +
          `is missing\\.$`,
        "u",
      ),
    );
    expect(() => new Class("x", "canary")).toThrow(/but is text\.$/u);
    expect(() => new Class("x", [{ name: "canary" }])).toThrow(/but is a list\.$/u);
    expect(() => new Class("x", pulumi.output({ name: "canary" }))).toThrow(/but is an Output\.$/u);
    expect(registered).toEqual([]);
  });
});
