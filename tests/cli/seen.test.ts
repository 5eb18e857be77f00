import type { StepEventMetadata } from "@pulumi/pulumi/automation";
import { read } from "../../cli/drift/findings";
import { isOurs } from "../../cli/seen";

test.each([
  ["pulumi-nodejs:dynamic/vultr-inference:Item", true],
  ["vultr-inference:index:Item", true],
  ["vultr-inference:index:KnowledgeBase", false],
  ["pulumi-nodejs:dynamic/other:Item", false],
  ["pulumi:providers:vultr-inference", false],
])("%s is a resource of this package: %s", (type, expected) => {
  expect(isOurs(type)).toBe(expected);
});

test.each(["pulumi-nodejs:dynamic/vultr-inference:Item", "vultr-inference:index:Item"])(
  "a removed %s is told as a removed item",
  (type) => {
    const urn = `urn:pulumi:test::project::${type}::returns`;
    const step = {
      op: "delete",
      urn,
      type,
      old: { outputs: { description: "Returns" } },
    } as unknown as StepEventMetadata;
    expect(read(step).findings).toEqual([["item-removed", 'Item "returns" ("Returns") was removed.']]);
  },
);
