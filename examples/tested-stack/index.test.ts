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
  const { steps } = await stack.up();
  expect(steps).toEqual(["create Collection faq", "create Item returns", "create Item shipping"]);
  expect(await stack.items("FAQ")).toMatchObject([{ title: "How fast we are" }, { title: "How returns work" }]);
});

it("answers what customers ask", async () => {
  const [best] = await stack.search("FAQ", "Can I send something back?");
  expect(best?.title).toBe("How returns work");
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
