/** Replaces every known secret in a text by `[secret]`. */
export class Masking {
  readonly #secrets = new Set<string>();

  /** Remembers a secret. Texts of one or two characters are no secrets: masking them would cut every output apart. */
  add(text: string): void {
    if (text.length < 3) return;
    this.#secrets.add(text);
    const quoted = JSON.stringify(text).slice(1, -1);
    if (quoted !== text) this.#secrets.add(quoted);
  }

  mask(text: string): string {
    let masked = text;
    for (const hidden of this.#secrets) masked = masked.replaceAll(hidden, "[secret]");
    return masked;
  }
}
