import type { Operation } from "../operation.js";
import type { UsageCounter } from "../usage-counter.js";

/** `/usage`: what was spent this month. */
export const usageOperations = (usage: UsageCounter): Operation[] => [
  {
    id: "getUsage",
    method: "GET",
    path: "/usage",
    handle: () => ({
      status: 200,
      json: {
        usage: {
          current_month: {
            chat_usage: usage
              .rows()
              .map(([model, { input, output }]) => ({ model, input_tokens: input, output_tokens: output })),
          },
        },
      },
    }),
  },
];
