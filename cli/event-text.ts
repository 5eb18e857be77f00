/** A message of the engine without its colour tags. */
export function withoutTags(message: string): string {
  return message.replaceAll(/<\{%[^%]*%\}>/gu, "");
}

/** A resource's name in the program, as its URN has it. */
export function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
