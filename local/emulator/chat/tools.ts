import { exampleOf } from "./example.js";
import { property } from "./property.js";
import { lastQuestion, type ChatRequest } from "./request.js";
import type { ScriptedToolCall } from "./scripted.js";

/** A call of a function, as the assistant asks for it. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, unless a script says otherwise. */
  readonly arguments: string;
}

/** The call that a request demands: of the tool it names, or of its first one when any is required. */
export function demandedCall(request: ChatRequest, index: number): ToolCall | undefined {
  const { tools = [], tool_choice: choice } = request;
  const named = property(property(choice, "function"), "name");
  if (choice !== "required" && typeof named !== "string") return undefined;
  const tool = tools.find(({ function: made }) => named === undefined || made?.name === named);
  if (tool === undefined) return undefined;
  const { name, parameters } = tool.function ?? {};
  return {
    id: `call_${index}`,
    name: typeof name === "string" ? name : "tool",
    arguments: JSON.stringify(exampleOf(parameters, lastQuestion(request))),
  };
}

/** A call that a script wants. */
export function scriptedCall({ id, name, arguments: given }: ScriptedToolCall, position: number): ToolCall {
  return { id: id ?? `call_${position}`, name, arguments: typeof given === "string" ? given : JSON.stringify(given) };
}
