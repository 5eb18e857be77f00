import { z } from "zod";
import { diff } from "../../../provider/pulumi/diff";
import { createOnly, computed, replace, update } from "../../../provider/pulumi/fields";
import { UNKNOWN } from "../../../provider/engine/values";

const fields = {
  place: replace(z.string()),
  text: replace(z.string(), { diffKey: "hash" }),
  hash: computed(z.string()),
  label: update(z.string().optional()),
  own: update(z.string().optional(), { internal: true }),
  adopt: createOnly(z.string().optional()),
};
const state = { place: "a", hash: "1", label: "x" };

test.each([
  ["nothing differs", { place: "a", text: "one", hash: "1", label: "x" }, { changes: false, replaces: [] }],
  ["a replace field differs", { place: "b", hash: "1", label: "x" }, { changes: true, replaces: ["place"] }],
  [
    "the hash that stands for a field differs",
    { place: "a", hash: "2", label: "x" },
    { changes: true, replaces: ["text"] },
  ],
  ["an update field differs", { place: "a", hash: "1", label: "y" }, { changes: true, replaces: [] }],
  ["an update field is taken away", { place: "a", hash: "1" }, { changes: true, replaces: [] }],
  [
    "a field matters on create only",
    { place: "a", hash: "1", label: "x", adopt: "z" },
    { changes: false, replaces: [] },
  ],
  ["a replace field is not known yet", { place: UNKNOWN, hash: "1", label: "x" }, { changes: true, replaces: [] }],
  ["a hash is not known yet", { place: "a", hash: UNKNOWN, label: "x" }, { changes: true, replaces: [] }],
])("when %s", (_case, inputs, expected) => {
  expect(diff(fields, state, inputs)).toEqual(expected);
});

test.each([
  ["an input that is otherwise changed in place", ["label"], { label: "y" }, ["label"]],
  ["a part of it", ["label.of[0]"], { label: "y" }, ["label"]],
  ["it in brackets", ['["label"]'], { label: "y" }, ["label"]],
  ["all inputs", ["*"], { label: "y" }, ["label"]],
  ["all inputs, of which none changes", ["*"], {}, []],
  ["another input", ["hash", "label2"], { label: "y" }, []],
  ["one that is not known yet", ["label"], { label: UNKNOWN }, []],
  ["one that only matters on create", ["adopt", "*"], { adopt: "z" }, []],
  ["all inputs, where only what the class adds changes", ["*"], { own: "other" }, []],
])("replaceOnChanges names %s", (_case, replaceOnChanges, inputs, replaces) => {
  expect(diff(fields, state, { ...state, ...inputs, replaceOnChanges }).replaces).toEqual(replaces);
});

test("an output that is null and an input that is missing are the same", () => {
  expect(diff(fields, { ...state, label: null }, { place: "a", hash: "1" })).toEqual({ changes: false, replaces: [] });
});
