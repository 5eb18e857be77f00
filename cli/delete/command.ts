import { Command, InvalidArgumentError } from "commander";
import type { Client } from "../../provider/client/index.js";
import { clean, shorten } from "../../provider/text/clean.js";
import { parseMemberId } from "../../provider/ownership/member.js";
import { unlessNotFound } from "../../provider/api/not-found.js";
import { describe, readDescription } from "../../provider/ownership/tag.js";
import { count } from "../../provider/text/quantity.js";
import { openApi } from "../api.js";
import { interruptible } from "../interruption.js";

interface Options {
  readonly claim?: readonly string[];
}

const EXAMPLES = `
Examples:
  vultr-inference delete "handbook/6f1c1a52-8f0e-4d0c-9a51-2f0c3f5f9b10"   one item or file
  vultr-inference delete "handbook" --claim a1b2c3d4e5                    all items that an interrupted run has left

A deployment that keeps something since it cannot prove that it is its own prints this command for it. What other stacks
manage as well is not deleted: it only loses the claim. The key and the address come from VULTR_INFERENCE_API_KEY and
VULTR_INFERENCE_BASE_URL.

Exit codes:
  0    deleted, or there was nothing to delete
  1    an error
  130  interrupted`;

/** `vultr-inference delete`: what a deployment has kept, since it could not prove it to be its own. */
export function deleteCommand(): Command {
  return new Command("delete")
    .description("delete items and files that a deployment has kept, by their ids or by the claim in their tags")
    .argument("<id...>", "<collection id>/<item or file id>, or with --claim the id of a collection")
    .option("--claim <claim>", "delete the items of the collection that bear this claim; may be repeated", oneMore)
    .addHelpText("after", EXAMPLES)
    .action((ids: string[], { claim = [] }: Options) => interruptible((signal) => deleteAll(ids, claim, signal)));
}

/** Claims of the first format are shorter than ten letters. */
function oneMore(text: string, before: readonly string[] = []): readonly string[] {
  if (/^[0-9a-z]{1,10}$/iu.test(text)) return [...before, text.toLowerCase()];
  throw new InvalidArgumentError("It must be the claim of a tag: at most ten letters and digits.");
}

async function deleteAll(ids: readonly string[], claims: readonly string[], signal: AbortSignal): Promise<void> {
  const { client } = openApi();
  const members = claims.length > 0 ? [] : ids.map((id) => ({ id, ...parseMemberId("item or file", id) }));
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  for (const { id, collectionId, memberId } of members) {
    signal.throwIfAborted();
    say(`${await deleteMember(client, collectionId, memberId)} "${clean(id)}"`);
  }
  for (const collectionId of claims.length > 0 ? ids : []) {
    const { deleted, released } = await deleteClaimed(client, collectionId, new Set(claims), signal, say);
    const shared = released > 0 ? `; ${count(released, "item")} that others manage, too, only lost the claim` : "";
    say(`Deleted ${count(deleted, "item")} of "${clean(collectionId)}"${shared}.`);
  }
}

async function deleteMember(client: Client, collectionId: string, memberId: string): Promise<string> {
  if (await unlessNotFound(client.items.get(collectionId, memberId))) {
    await client.items.delete(collectionId, memberId);
    return "Deleted the item";
  }
  if (!(await unlessNotFound(client.files.get(collectionId, memberId)))) return "There is no item or file";
  await client.files.delete(collectionId, memberId);
  return "Deleted the file, and the items made of it:";
}

async function deleteClaimed(
  client: Client,
  collectionId: string,
  claims: ReadonlySet<string>,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<{ deleted: number; released: number }> {
  let [deleted, released] = [0, 0];
  for (const { id, description } of await client.items.list(collectionId)) {
    signal.throwIfAborted();
    const { tag, title } = readDescription(description);
    if (!tag?.claims.some((claim) => claims.has(claim))) continue;
    const others = tag.claims.filter((claim) => !claims.has(claim));
    if (others.length > 0) {
      await client.items.update(collectionId, id, { description: describe({ ...tag, claims: others }, title) });
      released++;
    } else {
      await unlessNotFound(client.items.delete(collectionId, id));
      const shown = tag.secret === true ? "" : `  ${shorten(clean(title), 60)}`;
      say(`- ${clean(collectionId)}/${clean(id)}${shown}`);
      deleted++;
    }
  }
  return { deleted, released };
}
