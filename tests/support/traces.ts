import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * The ways in which a secret could be written: as it is, within JSON or a URL, in hexadecimal, and in Base64 at any
 * offset.
 */
export function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    // What also depends on the neighbours is left out at both ends.
    return text.slice(offset === 0 ? 0 : offset + 1, -4);
  });
  const urlSafe = base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString("hex"),
    ...base64,
    ...urlSafe,
  ];
}

/** The files under a folder that hold a secret in any spelling. */
export function filesWith(folder: string, secret: string): string[] {
  const words = spellings(secret);
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .filter((path) => {
      const text = readFileSync(path, "latin1");
      return words.some((word) => text.includes(word));
    });
}

/** Watches the arguments of all processes of this machine, where it shows them, until told to stop. */
export function watchArguments(): { stop: () => string } {
  const seen = new Set<string>();
  const look = (): void => {
    for (const name of processes()) {
      try {
        seen.add(readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " "));
      } catch {
        // The process has ended meanwhile.
      }
    }
  };
  const timer = setInterval(look, 50);
  return {
    stop() {
      clearInterval(timer);
      return [...seen].join("\n");
    },
  };
}

function processes(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/u.test(name));
  } catch {
    return [];
  }
}
