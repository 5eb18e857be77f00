// The same for vitest, which loads TypeScript itself: "npm run test:vitest".
import { afterAll, beforeAll, expect, test } from "vitest";
import { testStack, type TestStack } from "pulumi-vultr-inference/testing";
import program from "./index";

let stack: TestStack;
beforeAll(async () => {
  stack = await testStack(program, { config: { returnDays: "30" } });
});
afterAll(() => stack.close());

test("makes a collection with both answers", async () => {
  const { steps } = await stack.up();
  expect(steps).toEqual(["create Collection faq", "create Item returns", "create Item shipping"]);
  expect(await stack.items("FAQ")).toMatchObject([{ title: "How fast we are" }, { title: "How returns work" }]);
});

test("answers what customers ask", async () => {
  const [best] = await stack.search("FAQ", "Can I send something back?");
  expect(best?.title).toBe("How returns work");
});
