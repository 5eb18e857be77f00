import type { Operation } from "../operation.js";

/** An operation that a request line names. */
export interface Match {
  readonly operation: Operation;
  /** The path below the base URL, as it came. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
}

/** What a request line means. */
export type Route = Match | { readonly allowed: readonly string[] } | undefined;

/**
 * Matches a method and a path below the base URL.
 *
 * @returns the operation with its parameters; the methods of a path that has others; undefined for an unknown path.
 */
export function createRouter(operations: readonly Operation[]): (method: string, path: string) => Route {
  const routes = operations.map((operation) => ({ operation, segments: operation.path.split("/") }));
  return (method, path) => {
    const given = path.split("/");
    const matches = routes.flatMap(({ operation, segments }) => {
      const params = match(segments, given);
      return params === undefined ? [] : [{ operation, path, params }];
    });
    if (matches.length === 0) return undefined;
    return (
      matches.find(({ operation }) => operation.method === method) ?? {
        allowed: matches.map(({ operation }) => operation.method),
      }
    );
  };
}

function match(segments: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (segments.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? "";
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name === undefined ? segment !== value : value === "") return undefined;
    if (name !== undefined) params[name] = decode(value);
  }
  return params;
}

/** A segment that is not well escaped stands for itself: it will be found nowhere. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
