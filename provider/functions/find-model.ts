import { z } from "zod";
import type { Model, ModelWish } from "../client/index.js";
import { listOf, mustSay, text } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";

/** What a model must be able to do. */
export type FindModelArgs = ModelWish;

/** The model that was found. */
export type FindModelResult = Model;

const modality = z.union([text("a word such as text"), listOf(text("a word such as text"), "a list of words")], {
  error: mustSay("a word such as text, image or audio, or a list of them"),
});

/** Finds the best model available that can do what is asked for. */
export const findModel = defineFunction<FindModelArgs, FindModelResult>({
  name: "findModel",
  args: {
    input: modality.optional(),
    output: modality.optional(),
    supports: listOf(text("a parameter such as tools"), "a list of parameters").optional(),
    prefer: listOf(text("a model's id, or its beginning"), "a list of ids").optional(),
  },
  run: ({ client }, wish) => client.models.find(wish),
});
