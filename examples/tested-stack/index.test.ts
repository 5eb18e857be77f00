import * as pulumi from "@pulumi/pulumi";
import { searchOutput } from "pulumi-vultr-inference";
import { testStack, type TestStack } from "pulumi-vultr-inference/testing";
import program from "./index";

let stack: TestStack;
beforeAll(async () => {
  stack = await testStack(program, { config: { returnDays: "30" } });
});
afterAll(() => stack.close());

it("makes a collection with both answers", async () => {
  const { steps, outputs } = await stack.up();
  expect(steps).toEqual(["create Collection faq", "create Item returns", "create Item shipping"]);
  const items = await stack.client.items.list(String(outputs["collectionId"]));
  expect(items).toHaveLength(2);
});

it("changes nothing when it runs again", async () => {
  expect((await stack.preview()).steps).toEqual([]);
});

it("lets another stack search what it made", async () => {
  const site = await testStack(
    () => {
      const knowledge = new pulumi.StackReference(stack.reference);
      const collectionId = knowledge.requireOutput("collectionId");
      const { results } = searchOutput({ collectionId, input: "Can I send something back?" });
      return { answer: results.apply(([best]) => best?.content) };
    },
    { name: "site", beside: stack },
  );
  expect((await site.up()).outputs["answer"]).toContain("within 30 days");
});

it("leaves nothing behind", async () => {
  await stack.destroy();
  expect(await stack.client.collections.list()).toEqual([]);
});
