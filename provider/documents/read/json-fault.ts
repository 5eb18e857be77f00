const TOKEN =
  /\s*(?:("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null)|([[\]{},:]))/iuy;

/** What may come next: a value, a key, what stands behind a key, or what stands behind a value. */
type Next = "value" | "first value" | "key" | "first key" | "colon" | "comma";

/** Where a text that is not JSON goes wrong: the offset of the first token that does not belong, or its end. */
export function faultIn(source: string): number {
  const open: string[] = [];
  let next: Next = "value";
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    const [whole = "", value, sign] = match ?? [];
    const after = step(next, value, sign, open);
    if (!match || after === undefined) return at + (/^\s*/u.exec(source.slice(at, at + 1000))?.[0].length ?? 0);
    next = after;
    at += whole.length;
  }
}

function step(next: Next, value: string | undefined, sign: string | undefined, open: string[]): Next | undefined {
  if (value !== undefined)
    return next.endsWith("key")
      ? value.startsWith('"')
        ? "colon"
        : undefined
      : next.endsWith("value")
        ? "comma"
        : undefined;
  if (sign === ":") return next === "colon" ? "value" : undefined;
  if (sign === ",") return next !== "comma" || open.length === 0 ? undefined : open.at(-1) === "{" ? "key" : "value";
  if (sign === "{" || sign === "[") {
    if (!next.endsWith("value")) return undefined;
    open.push(sign);
    return sign === "{" ? "first key" : "first value";
  }
  if (sign === undefined || !(next === "comma" || next.startsWith("first"))) return undefined;
  return open.pop() === (sign === "}" ? "{" : "[") ? "comma" : undefined;
}
