/** The functions, as programs in every language call them. */
import type { Context } from "../provider/session/context.js";
import type { InferenceFunction } from "../provider/functions/function.js";
import { functions } from "../provider/functions/index.js";
import type { Properties } from "../provider/engine/values.js";
import { tokenOf } from "./resources.js";
import { without } from "./values.js";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- arguments differ; each function checks its own
type Called = InferenceFunction<any, object>;

/** What stands in a preview for the words of a model: a preview asks none unless it is told to. */
export const PLACEHOLDER = "(not asked in a preview)";

function chatPlaceholder({ model }: Properties): object {
  const answer = { content: PLACEHOLDER, toolCalls: [], finishReason: "preview" };
  return { ...answer, choices: [answer], model, usage: { promptTokens: 0, completionTokens: 0, totalTokens: 0 } };
}

/** Functions that cost money beyond the tokens of a question, and what a preview answers in their place. */
export const PAID: Readonly<Record<string, (args: Properties) => object>> = {
  chatCompletion: chatPlaceholder,
  ragCompletion: chatPlaceholder,
  speech: ({ file }) => ({ audio: "", mediaType: PLACEHOLDER, ...(file !== undefined && { file }) }),
};

/** By the last part of the token. */
export const FUNCTIONS: Readonly<Record<string, Called>> = functions;

/** Functions whose answers are secret whatever they are asked. */
const SECRET = ["requestLogs"];

/** An answer of a function. */
export interface Answer {
  readonly result: Properties;
  /** Whether it is to be kept secret. */
  readonly isSecret: boolean;
}

/**
 * Answers a call of a function. In a preview, one that costs money answers a placeholder, or what a file of an earlier
 * run holds, unless its argument `runInPreview` is true.
 *
 * @param context what it works with; asked for where something is to be done alone.
 */
export async function answer(
  token: string,
  given: Properties,
  context: (confidential: boolean) => Context,
  about: { readonly isPreview: boolean; readonly isConfidential: boolean },
): Promise<Answer> {
  const name = token.split(":").at(-1) ?? "";
  const called = token === tokenOf(name) && Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (called === undefined)
    throw new Error(
      `There is no function ${token} in this version of vultr-inference. There are ` +
        `${Object.keys(FUNCTIONS).map(tokenOf).join(", ")}.`,
    );
  const { runInPreview, ...rest } = given;
  const placeholder = PAID[name];
  const args = placeholder === undefined ? given : rest;
  if (placeholder !== undefined && runInPreview !== undefined && typeof runInPreview !== "boolean")
    throw new Error(`${name}: runInPreview must be true or false.`);
  const isSecret = about.isConfidential || SECRET.includes(name);
  const own = (): Context => context(about.isConfidential);
  if (placeholder === undefined || !about.isPreview || runInPreview === true)
    return { result: plain(await called.run(own(), args)), isSecret };
  called.check(args);
  return { result: plain((await called.recorded?.(own(), args)) ?? placeholder(args)), isSecret };
}

/** An answer as the protocol carries it: of a file in the SDK's form, its path is there already. */
function plain(result: object): Properties {
  return without(result as Properties, "asset");
}
