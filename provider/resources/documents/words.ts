/** `1,240` */
export function number(value: number): string {
  return value.toLocaleString("en-US");
}

/** `1 piece`, `1,240 pieces` */
export function count(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
}
