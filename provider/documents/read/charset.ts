/** Browsers look for it no further. */
const LOOKED_AT = 1024;

const META = /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w:.-]+)/iu;
const XML = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w:.-]+)/iu;

const BYTES = new TextDecoder("latin1");

/**
 * What decodes a page that is no UTF-8: by the character encoding that it declares, or by its first sign where that
 * takes two bytes; nothing where it declares none that is known.
 */
export function declaredDecoder(bytes: Uint8Array): TextDecoder | undefined {
  const label = pairs(bytes) ?? labelIn(BYTES.decode(bytes.subarray(0, LOOKED_AT)));
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return undefined;
  }
}

function labelIn(start: string): string | undefined {
  const label = (XML.exec(start) ?? META.exec(start))?.[1];
  // What says so of itself in signs of one byte is none.
  return label === undefined || /^utf-?16/iu.test(label) ? undefined : label;
}

function pairs([first, second]: Uint8Array): string | undefined {
  if (first === 0x3c && second === 0) return "utf-16le";
  return first === 0 && second === 0x3c ? "utf-16be" : undefined;
}
