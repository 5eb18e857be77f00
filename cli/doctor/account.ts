import type { Configuration } from "../../provider/api/configuration.js";
import { AuthenticationError, createClient, type Client, type Collection } from "../../provider/client/index.js";
import { possibleIds } from "../../provider/ownership/collection-id.js";
import { messageOf } from "../../provider/text/error-message.js";
import { count } from "../../provider/text/quantity.js";
import { survey } from "../adopt/survey.js";
import type { Finding } from "./findings.js";

/** So many collections are looked into. */
const LOOKED_INTO = 50;

/** What the account holds and answers, without changing it. */
export async function account(settings: Configuration): Promise<Finding[]> {
  const client = createClient({ ...settings, maxRetries: 1 });
  const began = performance.now();
  try {
    const collections = await client.collections.list();
    const milliseconds = Math.round(performance.now() - began);
    const api: Finding = {
      check: "API",
      status: "ok",
      found: `takes the key, which is an inference subscription's; answered in ${milliseconds} ms`,
    };
    return [api, await models(client), ...(await inventory(client, collections)), ...clashes(collections)];
  } catch (error) {
    return [
      {
        check: "API",
        status: "problem",
        found: isKeyRefused(error) ? "refuses the key" : "gives no answer that is one",
        advice: adviceFor(error),
      },
    ];
  }
}

function isKeyRefused(error: unknown): boolean {
  return AuthenticationError.isInstance(error);
}

function adviceFor(error: unknown): string {
  if (!isKeyRefused(error)) return messageOf(error);
  return (
    "Use the key of an inference subscription, which the console shows on the subscription's page. The account's " +
    "own API key does not work here, and a new subscription's key may take a minute."
  );
}

async function models(client: Client): Promise<Finding> {
  try {
    const all = await client.models.list();
    return all.length > 0
      ? { check: "models", status: "ok", found: count(all.length, "model") }
      : {
          check: "models",
          status: "warning",
          found: "none",
          advice: "Chat, RAG and speech need one. Look at the subscription in the console.",
        };
  } catch (error) {
    return { check: "models", status: "warning", found: "not listed", advice: messageOf(error) };
  }
}

/** Whose the collections are, by the tags of their items. */
async function inventory(client: Client, collections: readonly Collection[]): Promise<Finding[]> {
  if (collections.length === 0) return [{ check: "collections", status: "ok", found: "none" }];
  const seen = [];
  for (const collection of collections.slice(0, LOOKED_INTO)) seen.push(await survey(client, collection));
  const lines = seen.map(({ collection, free, managed, unclear, files }): Finding => {
    const parts = [
      `${count(managed.length, "item")} of stacks`,
      count(free.length + unclear.length, "other item"),
      count(files, "file"),
    ];
    return { check: "collection", status: "ok", found: `"${collection.id}" (${collection.name}): ${parts.join(", ")}` };
  });
  const more = collections.length > LOOKED_INTO ? `; the first ${LOOKED_INTO} are listed` : "";
  return [{ check: "collections", status: "ok", found: `${count(collections.length, "collection")}${more}` }, ...lines];
}

/**
 * Collections of whose name another one has the id already: a collection that is recreated by that name would be
 * refused.
 */
function clashes(collections: readonly Collection[]): Finding[] {
  return collections.flatMap(({ id, name }) => {
    const other = collections.find((one) => one.id !== id && possibleIds(name).includes(one.id));
    return other === undefined
      ? []
      : [
          {
            check: "names",
            status: "warning" as const,
            found: `"${name}" begins like the name that "${other.id}" was created with`,
            advice:
              `A collection's id is made of the first 14 letters and digits of its name. "${id}" could ` +
              `not be created again by its name while "${other.id}" is there: choose names that differ earlier.`,
          },
        ];
  });
}
