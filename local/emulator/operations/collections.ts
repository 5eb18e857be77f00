import { z } from "zod";
import type { Library } from "../library.js";
import type { Operation } from "../operation.js";
import type { CollectionRecord } from "../storage/records.js";
import { someText } from "../wire.js";

const body = z.object({ name: someText() });

const wire = ({ id, name, created }: CollectionRecord): unknown => ({
  id,
  name,
  created: new Date(created).toISOString(),
});

/** `/vector_store`: the collections. */
export const collectionOperations = (library: Library): Operation[] => [
  {
    id: "listCollections",
    method: "GET",
    path: "/vector_store",
    handle: () => ({ status: 200, json: { collections: library.collections().map(wire) } }),
  },
  {
    id: "createCollection",
    method: "POST",
    path: "/vector_store",
    async handle(call) {
      const { name } = await call.json(body);
      return { status: 201, json: { collection: wire(library.addCollection(name)) } };
    },
  },
  {
    id: "getCollection",
    method: "GET",
    path: "/vector_store/{id}",
    handle: (call) => ({ status: 200, json: { collection: wire(library.collection(call.param("id"))) } }),
  },
  {
    id: "updateCollection",
    method: "PATCH",
    path: "/vector_store/{id}",
    async handle(call) {
      const { name } = await call.json(body);
      return { status: 200, json: { collection: wire(library.renameCollection(call.param("id"), name)) } };
    },
  },
  {
    id: "deleteCollection",
    method: "DELETE",
    path: "/vector_store/{id}",
    handle(call) {
      library.removeCollection(call.param("id"));
      return { status: 204 };
    },
  },
];
