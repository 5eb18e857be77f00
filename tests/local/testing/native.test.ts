import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Collection, Documents, File, Item, KnowledgeBase, Provider, RetrievalTest } from "../../../sdk/index.js";
import { testStack, type TestStack } from "../../../local/testing.js";

const NATIVE = "PULUMI_VULTR_INFERENCE_NATIVE";

describe("a stack of dynamic resources that goes over to the plugin", () => {
  let stack: TestStack;
  let folder: string;
  let isDynamic = true;
  let title = "Returns";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "vultr-inference-native-"));
    writeFileSync(join(folder, "delivery.md"), "# Delivery\n\nIn three days.");
    stack = await testStack(
      () => {
        if (isDynamic) Reflect.deleteProperty(process.env, NATIVE);
        const faq = new Collection("faq", { name: "FAQ" });
        const item = new Item("returns", {
          collectionId: faq.id,
          content: "Send anything back within 30 days.",
          description: title,
        });
        new Item("code", { collectionId: faq.id, content: pulumi.secret("The code is 1234.") });
        new Item("asset", { collectionId: faq.id, content: new pulumi.asset.StringAsset("We open at nine.") });
        new File("delivery", { collectionId: faq.id, source: join(folder, "delivery.md") });
        new Documents("texts", {
          collectionId: faq.id,
          source: { texts: [{ name: "a.md", text: "We are closed on Sundays." }] },
        });
        new RetrievalTest("test", {
          collectionId: faq.id,
          revision: item.contentHash,
          cases: [{ query: "Sundays", expect: { text: "Sundays" } }],
        });
        const partner = new Provider("partner", { apiKey: stack.emulator.key, baseUrl: stack.emulator.url });
        new KnowledgeBase("kb", { name: "KB", documents: folder }, { provider: partner });
        return { id: faq.id, isItem: Item.isInstance(item), hash: item.contentHash };
      },
      { native: true },
    );
  });
  afterAll(async () => {
    await stack.close();
    rmSync(folder, { recursive: true });
  });

  it("shows no change of a resource, and keeps every id and tag", async () => {
    const before = await stack.up();
    expect(before.changes).toMatchObject({ create: 12 });
    const items = await stack.client.items.list("faq");
    isDynamic = false;
    const preview = await stack.preview();
    // The account that the program declares is another provider now.
    expect(preview.steps).toEqual(["create vultr-inference partner", "delete pulumi-nodejs partner"]);
    const { outputs, messages } = await stack.up();
    expect({ outputs, messages }).toEqual({ outputs: before.outputs, messages: [] });
    expect(await stack.client.items.list("faq")).toEqual(items);
  });

  it("goes on with the plugin: it refreshes, changes in place, and destroys", async () => {
    await expect(stack.refresh()).resolves.toMatchObject({ steps: [] });
    title = "Returning";
    expect((await stack.up()).steps).toEqual(["update Item returns"]);
    expect(
      (await stack.client.items.list("faq")).map(({ description }) => description.replace(/^\[.*\] /u, "")),
    ).toContain("Returning");
    await stack.destroy();
    expect(await stack.client.collections.list()).toEqual([]);
  });
});
