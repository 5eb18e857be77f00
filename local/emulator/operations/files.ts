import type { Behavior } from "../behavior.js";
import type { Ingestion } from "../ingest/ingestion.js";
import type { Library } from "../library.js";
import type { Operation } from "../operation.js";
import type { FileRecord } from "../storage/records.js";

const wire = ({ id, filename, status, items, tokens, error }: FileRecord): unknown => ({
  id,
  filename,
  status,
  items,
  tokens,
  ...(error === null ? {} : { error }),
});

/** `/vector_store/{id}/files`: documents that become items behind the answer. */
export const fileOperations = (library: Library, ingestion: Ingestion, { deleteFile }: Behavior): Operation[] => [
  {
    id: "listFiles",
    method: "GET",
    path: "/vector_store/{id}/files",
    handle: (call) => ({ status: 200, json: { files: library.files(call.param("id")).map(wire) } }),
  },
  {
    id: "addFile",
    method: "POST",
    path: "/vector_store/{id}/files",
    async handle(call) {
      const { filename, bytes } = await call.upload("file");
      const file = library.addFile(call.param("id"), filename, bytes);
      ingestion.add(file, call.fault?.ingestion);
      return { status: 201, json: { file: wire(file) } };
    },
  },
  {
    id: "getFile",
    method: "GET",
    path: "/vector_store/{id}/files/{fileid}",
    handle: (call) => ({ status: 200, json: { file: wire(library.file(call.param("id"), call.param("fileid"))) } }),
  },
  ...(deleteFile ? [fileDeletion(library)] : []),
];

const fileDeletion = (library: Library): Operation => ({
  id: "deleteFile",
  method: "DELETE",
  path: "/vector_store/{id}/files/{fileid}",
  handle(call) {
    library.removeFile(call.param("id"), call.param("fileid"));
    return { status: 204 };
  },
});
