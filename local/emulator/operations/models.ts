import type { Behavior } from "../behavior.js";
import { notFound } from "../errors.js";
import { modelEntries } from "../models.js";
import type { Answer, Operation } from "../operation.js";

/** `/models` and `/audio/models`: what may be named as `model`. */
export function modelOperations({ modelList: shape, openModelList: open, audioModels }: Behavior): Operation[] {
  const list = (which: "all" | "speech"): Answer => {
    const data = modelEntries(shape, which);
    return { status: 200, json: shape === "2025" ? { object: "list", data } : { data } };
  };
  return [
    { id: "listModels", method: "GET", path: "/models", ...(open && { open }), handle: () => list("all") },
    {
      id: "getModel",
      method: "GET",
      path: "/models/{model}",
      ...(open && { open }),
      handle(call) {
        const found = modelEntries(shape).find(({ id }) => id === call.param("model"));
        if (found === undefined) throw notFound();
        return { status: 200, json: found };
      },
    },
    ...(audioModels
      ? [{ id: "listAudioModels", method: "GET", path: "/audio/models", handle: () => list("speech") } as const]
      : []),
  ];
}
