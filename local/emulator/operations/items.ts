import { z } from "zod";
import type { Library } from "../library.js";
import type { Call, Operation } from "../operation.js";
import type { ItemRecord } from "../storage/records.js";
import { someText, text } from "../wire.js";

const addition = z.object({ content: someText(), description: text().optional() });
const update = z.object({ description: text().optional() });

const summary = ({ id, created, description }: ItemRecord) => ({
  id,
  created: new Date(created).toISOString(),
  description,
});

const whole = (item: ItemRecord): unknown => ({ ...summary(item), content: item.content });

/** The description as far as a fault leaves it. */
const kept = ({ fault }: Call, description: string | undefined): string | undefined =>
  description?.slice(0, fault?.truncateDescriptions);

/** `/vector_store/{id}/items`: texts that the search finds. Their content never changes. */
export const itemOperations = (library: Library): Operation[] => [
  {
    id: "listItems",
    method: "GET",
    path: "/vector_store/{id}/items",
    handle: (call) => ({ status: 200, json: { items: library.items(call.param("id")).map(summary) } }),
  },
  {
    id: "addItem",
    method: "POST",
    path: "/vector_store/{id}/items",
    async handle(call) {
      const { content, description } = await call.json(addition);
      const { item, tokens } = library.addItem(call.param("id"), content, kept(call, description));
      return { status: 201, json: { item: whole(item), usage: { prompt_tokens: tokens, total_tokens: tokens } } };
    },
  },
  {
    id: "getItem",
    method: "GET",
    path: "/vector_store/{id}/items/{itemid}",
    handle: (call) => ({ status: 200, json: { item: whole(library.item(call.param("id"), call.param("itemid"))) } }),
  },
  {
    id: "updateItem",
    method: "PATCH",
    path: "/vector_store/{id}/items/{itemid}",
    async handle(call) {
      const { description } = await call.json(update);
      const item = library.describeItem(call.param("id"), call.param("itemid"), kept(call, description));
      return { status: 200, json: { item: whole(item) } };
    },
  },
  {
    id: "deleteItem",
    method: "DELETE",
    path: "/vector_store/{id}/items/{itemid}",
    handle(call) {
      library.removeItem(call.param("id"), call.param("itemid"));
      return { status: 204 };
    },
  },
];
