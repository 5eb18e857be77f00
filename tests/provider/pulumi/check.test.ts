import { z } from "zod";
import { checkInputs } from "../../../provider/pulumi/check";
import { computed, replace, update, type Field } from "../../../provider/pulumi/fields";
import { UNKNOWN } from "../../../provider/engine/values";
import { fields as collection } from "../../../provider/resources/collection/schema";
import { fields as documents } from "../../../provider/resources/documents/schema";
import { fields as file } from "../../../provider/resources/file/schema";
import { fields as item } from "../../../provider/resources/item/schema";
import { fields as retrievalTest } from "../../../provider/resources/retrieval-test/schema";

const fields = {
  collectionId: replace(z.string("the id of a collection").min(1, "must not be empty")),
  description: update(z.string("must be text").optional()),
  hash: computed(z.string().optional()),
  owner: update(z.string().optional(), { internal: true }),
};

test("everything wrong is reported at once, each by its property", () => {
  const { failures } = checkInputs(fields, { descripton: "x", description: 5 });
  expect(failures.map(({ property }) => property)).toEqual(["descripton", "collectionId", "description"]);
});

test("a misspelt property is answered with the one that was meant", () => {
  const [failure] = checkInputs(fields, { collectionId: "a", colectionID: "b" }).failures;
  expect(failure?.reason).toContain('Did you mean "collectionId"?');
});

test("a property that resembles none is answered with those there are, derived and internal ones left out", () => {
  const [failure] = checkInputs(fields, { collectionId: "a", flavour: "b" }).failures;
  expect(failure?.reason).toContain("It takes: collectionId, description.");
  expect(failure?.reason).not.toContain("Did you mean");
});

test("a missing property says that it is required", () => {
  expect(checkInputs(fields, {}).failures).toEqual([
    { property: "collectionId", reason: "is required: the id of a collection" },
  ]);
});

test("a value that is not known yet is passed over and kept", () => {
  const { inputs, failures } = checkInputs(fields, { collectionId: UNKNOWN, description: { nested: [UNKNOWN] } });
  expect(failures).toEqual([]);
  expect(inputs["collectionId"]).toBe(UNKNOWN);
});

test("the engine's own property is neither reported nor returned", () => {
  expect(checkInputs(fields, { collectionId: "a", __provider: "text" })).toEqual({
    inputs: { collectionId: "a" },
    failures: [],
  });
});

test("a name that every object inherits is no property of the resource", () => {
  expect(checkInputs(fields, { collectionId: "a", toString: "b" }).failures).toHaveLength(1);
});

const resources = { collection, documents, file, item, retrievalTest };
test.each(Object.entries(resources))("a wrong value of a %s is told once, as what it must be", (_name, room) => {
  const settable = Object.entries<Field>(room).filter(([, { change, internal }]) => change !== "computed" && !internal);
  const told = settable.flatMap(([name]) =>
    [5.5, [], {}, "", "\n", true].map((value) =>
      checkInputs(room, { [name]: value }).failures.filter(({ property }) => property === name),
    ),
  );
  expect(told.filter(({ length }) => length > 1)).toEqual([]);
  expect(told.flat().filter(({ reason }) => !/^(?:must|is|has|cannot|needs)\b/u.test(reason))).toEqual([]);
});
