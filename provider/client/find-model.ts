import { UsageError } from "./http/errors.js";
import type { Model } from "./model.js";

/** What a model must be able to do. */
export interface ModelWish {
  /** What it must take: `text`, `image`, `audio`. Default `text`. */
  readonly input?: string | readonly string[] | undefined;
  /** What it must answer with. Default `text`. */
  readonly output?: string | readonly string[] | undefined;
  /** Parameters that it must take, in the API's words, e.g. `["tools", "response_format"]`. Default: none. */
  readonly supports?: readonly string[] | undefined;
  /**
   * Ids, or beginnings of ids, from the best to the last; where none of them is there, any other model that can do it
   * is taken. Default: the API's order.
   */
  readonly prefer?: readonly string[] | undefined;
}

/**
 * The best of the models that can do what is wished. Where the API does not say what a model can do, it is taken for
 * one that works on text, and comes behind those that say it.
 *
 * @throws UsageError that lists what there is where none can.
 */
export function pickModel(models: readonly Model[], wish: ModelWish): Model {
  const able = models.flatMap((model, place) => {
    const certainty = abilityOf(model, wish);
    return certainty === "no"
      ? []
      : [{ model, place, rank: [preferenceOf(model, wish.prefer ?? []), certainty === "yes" ? 0 : 1, place] }];
  });
  const [best] = able.sort(
    (a, b) => a.rank.map((part, index) => part - (b.rank[index] ?? 0)).find((difference) => difference !== 0) ?? 0,
  );
  if (best !== undefined) return best.model;
  throw new UsageError(
    `findModel: no available model ${wishInWords(wish)}. There ` +
      `${models.length === 0 ? "is none at all" : `are ${listed(models)}`}.`,
    { operation: "findModel" },
  );
}

function abilityOf(
  model: Model,
  { input = "text", output = "text", supports = [] }: ModelWish,
): "yes" | "maybe" | "no" {
  if (model.isReady === false) return "no";
  const isNamed = supports.every(
    (word) => model.supports?.includes(word) === true || model.features?.includes(word) === true,
  );
  const parts = [
    has(model.input, [input].flat(), isForText(model)),
    has(model.output, [output].flat(), isForText(model)),
    isNamed ? "yes" : model.supports === undefined ? "maybe" : "no",
  ];
  return parts.includes("no") ? "no" : parts.includes("maybe") ? "maybe" : "yes";
}

/** @param mayBe whether it may be so where the API does not say it. */
function has(known: readonly string[] | undefined, wanted: readonly string[], mayBe: boolean): "yes" | "maybe" | "no" {
  if (known !== undefined) return wanted.every((word) => known.includes(word)) ? "yes" : "no";
  return mayBe && wanted.every((word) => word === "text") ? "maybe" : "no";
}

/** Older lists say of models for speech, and newer ones of those that rerank, by other words what they are for. */
function isForText({ id, features }: Model): boolean {
  return features?.includes("speech") !== true && !RERANKER.test(id);
}

/** What models that rerank are called. */
export const RERANKER = /retriever|rerank/iu;

/** The place of the first preference that fits, or the one behind the last. */
function preferenceOf({ id }: Model, prefer: readonly string[]): number {
  const exact = prefer.findIndex((wanted) => id === wanted || id.startsWith(wanted));
  return exact < 0 ? prefer.length : exact;
}

function wishInWords({ input = "text", output = "text", supports = [] }: ModelWish): string {
  const able = `takes ${[input].flat().join(" and ")} and answers with ${[output].flat().join(" and ")}`;
  return supports.length === 0 ? able : `${able}, with ${supports.join(" and ")}`;
}

/** A service can have very many. */
const MOST_LISTED = 20;

/** Some models by their names. */
export function listed(models: readonly Model[]): string {
  const more = models.length - MOST_LISTED;
  return [...models.slice(0, MOST_LISTED).map(({ id }) => id), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
