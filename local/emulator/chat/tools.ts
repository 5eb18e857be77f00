import { lastQuestion, type ChatRequest } from "./request.js";

/** A call of a function, as the assistant asks for it. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON. */
  readonly arguments: string;
}

/** The call that a request demands: of the tool it names, or of its first one when any is required. */
export function chosenTool(request: ChatRequest, index: number): ToolCall | undefined {
  const { tools = [], tool_choice: choice } = request;
  const named = nameIn(choice);
  if (choice !== "required" && named === undefined) return undefined;
  const tool = tools.find(({ function: made }) => named === undefined || made?.name === named);
  if (tool === undefined) return undefined;
  const { name, parameters } = tool.function ?? {};
  return {
    id: `call_${index}`,
    name: typeof name === "string" ? name : "tool",
    arguments: JSON.stringify(exampleOf(parameters, lastQuestion(request), 0)),
  };
}

function nameIn(choice: unknown): string | undefined {
  const made = property(choice, "function");
  const name = property(made, "name");
  return typeof name === "string" ? name : undefined;
}

/** Deeper schemas get null. */
const DEPTH = 16;

/** A value that fits a simple JSON schema; texts are the user's question. */
function exampleOf(schema: unknown, question: string, depth: number): unknown {
  const choices = property(schema, "enum");
  if (Array.isArray(choices)) return choices[0] as unknown;
  switch (depth > DEPTH ? "null" : property(schema, "type")) {
    case "string":
      return question;
    case "integer":
    case "number":
      return property(schema, "minimum") ?? 1;
    case "boolean":
      return true;
    case "array":
      return [exampleOf(property(schema, "items"), question, depth + 1)];
    case "null":
      return null;
    default:
      return Object.fromEntries(
        Object.entries(property(schema, "properties") ?? {}).map(([name, part]) => [name, exampleOf(part, question, depth + 1)]),
      );
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
