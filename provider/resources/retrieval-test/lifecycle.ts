import { randomUUID } from "node:crypto";
import { diff } from "../../pulumi/diff.js";
import { InitializationFailure } from "../../engine/initialization-failure.js";
import type { Context } from "../../session/context.js";
import type { Lifecycle } from "../../pulumi/lifecycle.js";
import type { Properties } from "../../engine/values.js";
import { ask } from "./ask.js";
import {
  brief,
  headline,
  isAnswered,
  isEnough,
  mrrOf,
  nameOfQuestion,
  recallOf,
  tableOf,
  type Outcome,
} from "./measure.js";
import { check, fields, type Inputs, type RetrievalResult, type State } from "./schema.js";

/**
 * Questions to a collection with what must be found. There is nothing of it in the API: it exists in the state alone.
 */
export const lifecycle = {
  check,

  diff: (state, inputs) => {
    const { changes, replaces } = diff(fields, state, inputs);
    return { changes: changes || isToBeMended(state, inputs), replaces };
  },

  create: async (context, inputs) => {
    const id = `retrieval-test-${randomUUID().slice(0, 8)}`;
    return { id, state: await run(context, id, inputs) };
  },

  read(_context, id, state) {
    if (state.results !== undefined) return Promise.resolve({ id, state: state as State });
    return Promise.reject(
      new Error(
        `There is no retrieval test "${id}" to read: one exists in the stack that declares it, not in the API. ` +
          "Leave the option id out.",
      ),
    );
  },

  update: (context, id, _state, inputs) => run(context, id, inputs),
  delete: () => Promise.resolve(),
} satisfies Lifecycle<Inputs, State>;

/** Whether the last run has failed the deployment. One that only warned has said what it had to say. */
function isToBeMended(state: Properties, inputs: Properties): boolean {
  return state["passed"] !== true && inputs["onFailure"] !== "warn";
}

async function run(context: Context, id: string, inputs: Inputs): Promise<State> {
  const { confidential = false, resourceUrn: urn } = inputs;
  const outcomes = await ask(context, inputs);
  const state = stateOf(inputs, outcomes);
  const table = tableOf(outcomes, state.minRecall, confidential);
  if (state.passed) {
    context.progress(headline(outcomes, state.minRecall), urn);
    context.log.info(table);
    return state;
  }
  if (state.onFailure === "fail") throw new InitializationFailure(id, state, `${table}\n${advice(state)}`);
  await context.report(table, { urn, severity: "warning" });
  return state;
}

/** What a failed deployment leaves behind, and the ways on. */
function advice({ recall }: State): string {
  const lower = recall > 0 ? `minRecall: ${brief(recall)} or ` : "";
  return [
    'The content is left in place, and the next "pulumi up" asks again. Fix the content or the questions. To go ' +
      "back, restore",
    'the content as it was, for example with "git revert", and run "pulumi up". To deploy it as it is, set',
    `${lower}onFailure: "warn".`,
  ].join("\n");
}

function stateOf(inputs: Inputs, outcomes: readonly Outcome[]): State {
  const { collectionId, revision, rerank, casesHash, minRecall = 1, onFailure = "fail", confidential = false } = inputs;
  return {
    collectionId,
    revision,
    casesHash,
    minRecall,
    onFailure,
    rerank,
    recall: recallOf(outcomes),
    mrr: mrrOf(outcomes),
    passed: isEnough(outcomes, minRecall),
    results: outcomes.map((outcome, index) => resultOf(outcome, nameOfQuestion(outcome, index, confidential))),
  };
}

function resultOf(outcome: Outcome, query: string): RetrievalResult {
  const { recall, rank, came } = outcome;
  const passed = isAnswered(outcome);
  return { query, passed, recall, ...(rank !== undefined && { rank }), ...(!passed && { instead: came }) };
}
