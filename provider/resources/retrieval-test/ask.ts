import type { ItemSummary } from "../../client/index.js";
import { NotFoundError } from "../../client/http/errors.js";
import type { Context } from "../../session/context.js";
import { each } from "../../api/pool.js";
import { tagged } from "../../ownership/tagged.js";
import { isAnswered, isEnough, judge, type Outcome } from "./measure.js";
import { questionsOf, type Inputs } from "./schema.js";

const DEFAULT_DEADLINE_SECONDS = 30;
/** In milliseconds: most indexes are up to date in a moment. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;

/**
 * Asks all questions. Where too few are answered, it asks those again that are not, until the deadline: an index may
 * lag behind its items, and a collection behind its creation.
 *
 * @throws VultrInferenceError where the API does not answer properly, or still knows no such collection.
 */
export async function ask(context: Context, inputs: Inputs): Promise<readonly Outcome[]> {
  const { clock, progress } = context;
  const { cases, minRecall = 1, deadlineSeconds = DEFAULT_DEADLINE_SECONDS } = inputs;
  const deadline = clock.now() + deadlineSeconds * 1000;
  const late = (): boolean => clock.now() >= deadline;

  let outcomes: readonly Outcome[] = questionsOf(cases).map((question) => judge(question, []));
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const asked = await askUnanswered(context, inputs, outcomes).catch((error: unknown) => {
      if (NotFoundError.isInstance(error) && !late()) return undefined;
      throw error;
    });
    outcomes = asked ?? outcomes;
    if (asked && (isEnough(asked, minRecall) || late())) return asked;
    const left = deadline - clock.now();
    const answered = outcomes.filter(isAnswered).length;
    progress(
      `${answered} of ${outcomes.length} questions are answered; the others are asked again for up to ` +
        `${Math.ceil(left / 1000)} s`,
      inputs.resourceUrn,
    );
    await clock.sleep(Math.min(pause, left));
  }
}

/** How far the first result that was expected is looked for, where `topK` is less. */
const RANKED = 10;

async function askUnanswered(
  context: Context,
  { collectionId, rerank }: Pick<Inputs, "collectionId" | "rerank">,
  outcomes: readonly Outcome[],
): Promise<readonly Outcome[]> {
  const { client, items, ownership } = context;
  const mayBeSecret = ownership.mayBeSecret(collectionId);
  const listed = items.fresh(collectionId).then((all) => {
    const superseded = supersededIn({ ownership }, all.values());
    const staying = [...all.values()].filter(({ id }) => !superseded.has(id));
    return { all, superseded, descriptions: staying.map(({ description }) => description) };
  });
  // It may be that nothing is asked.
  listed.catch(() => undefined);
  const askAgain = async (outcome: Outcome): Promise<Outcome> => {
    if (isAnswered(outcome)) return outcome;
    const { question } = outcome;
    const { all, superseded, descriptions } = await listed;
    const most = Math.max(question.topK, RANKED);
    const { results } = await client.search(collectionId, {
      input: question.query,
      limit: most + superseded.size,
      rerank,
    });
    const hits = results.filter(({ id }) => !superseded.has(id)).slice(0, most);
    return judge(
      question,
      hits.map(({ id, content }) => ({ id, content, description: all.get(id)?.description ?? "", mayBeSecret })),
      descriptions,
    );
  };
  const answers: Outcome[] = [...outcomes];
  await each(context, [...outcomes.entries()], async ([index, outcome]) => {
    answers[index] = await askAgain(outcome);
  });
  return answers;
}

/**
 * The items that a replaced resource has left for the engine to delete in the end of the deployment: the program
 * declares their resource, and it has another claim by now. An answer out of them would be none tomorrow.
 */
function supersededIn({ ownership }: Pick<Context, "ownership">, items: Iterable<ItemSummary>): ReadonlySet<string> {
  const old = tagged(items).filter(({ tag }) => {
    const claim = ownership.claimOfDeclared(tag.owner);
    return claim !== undefined && !tag.claims.includes(claim);
  });
  return new Set(old.map(({ id }) => id));
}
