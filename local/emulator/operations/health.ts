import type { Operation } from "../operation.js";

/** `/health`: that the API is there, without a key. */
export const healthOperations = (): Operation[] => [
  {
    id: "getHealth",
    method: "GET",
    path: "/health",
    open: true,
    handle: () => ({ status: 200, json: { status: "ok" } }),
  },
];
