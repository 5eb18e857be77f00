// The same for Node's own test runner, without any other package: "npm run test:node". The folder's program runs in a
// process of its own, as a deployment runs it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { testStack } from "pulumi-vultr-inference/testing";

let stack;
before(async () => {
  stack = await testStack(import.meta.dirname, { config: { returnDays: "30" } });
});
after(() => stack.close());

test("makes a collection with both answers", async () => {
  const { steps } = await stack.up();
  assert.deepEqual(steps, ["create Collection faq", "create Item returns", "create Item shipping"]);
  const titles = (await stack.items("FAQ")).map(({ title }) => title);
  assert.deepEqual(titles, ["How fast we are", "How returns work"]);
});

test("answers what customers ask", async () => {
  const [best] = await stack.search("FAQ", "Can I send something back?");
  assert.equal(best?.title, "How returns work");
});
