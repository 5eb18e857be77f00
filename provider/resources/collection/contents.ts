import type { Context } from "../../session/context.js";
import { unlessNotFound } from "../../api/not-found.js";
import { count } from "../../text/quantity.js";
import type { State } from "./schema.js";

/** What a collection holds, in words; nothing where it is empty. */
export async function contentsOf({ client }: Pick<Context, "client">, collectionId: string, signal?: AbortSignal): Promise<string | undefined> {
  const [items = [], files = []] = await Promise.all([unlessNotFound(client.items.list(collectionId, { signal })), unlessNotFound(client.files.list(collectionId, { signal }))]);
  const parts = [items.length > 0 && count(items.length, "item"), files.length > 0 && count(files.length, "file")].filter((part) => part !== false);
  return parts.length === 0 ? undefined : parts.join(" and ");
}

/**
 * Refuses to delete with a collection what was in it before this stack, or was put there by others.
 *
 * @throws Error where the collection was taken over, is not empty, and the program does not say `forceDestroy`.
 */
export async function requireOwnContents(context: Pick<Context, "client">, { collectionId, adopted, forceDestroy }: Pick<State, "collectionId" | "adopted" | "forceDestroy">): Promise<void> {
  if (adopted !== true || forceDestroy === true) return;
  const contents = await contentsOf(context, collectionId);
  if (contents === undefined) return;
  throw new Error(
    `The collection "${collectionId}" was taken over, and holds ${contents} that this stack did not put there, or no longer manages. Nothing was deleted. ` +
      `To delete all of it, set forceDestroy: true, run "pulumi up", and then delete it. ` +
      `To keep it and only forget it, use "pulumi state delete", or the option retainOnDelete.`,
  );
}
