/** What has more than one sign in it, and so is put in brackets beside others. */
const COMPOSED = /^[^\p{L}\p{N}(]|[^\p{L}\p{N}.,](?<!^\(.*\))/su;

/** A part of an equation that is written in a line, as it stands beside others. */
export function grouped(text: string): string {
  return COMPOSED.test(text) ? `(${text})` : text;
}

/** What stands above or below a sign: nothing where that is nothing. */
export function script(sign: "^" | "_", text: string): string {
  return text === "" ? "" : sign + grouped(text);
}

export function fraction(numerator: string, denominator: string): string {
  return `${grouped(numerator)}/${grouped(denominator)}`;
}

export function root(text: string, degree: string): string {
  return `${degree === "" || degree === "2" ? "" : `^${grouped(degree)}`}√${grouped(text)}`;
}
