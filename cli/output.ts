import { writeFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { InvalidArgumentError } from "commander";

/** A file that a report is written to. */
export interface Output<Format extends string> {
  readonly format: Format;
  readonly path: string;
}

const ENDINGS: Readonly<Record<string, string>> = {
  ".txt": "text",
  ".json": "json",
  ".md": "markdown",
  ".xml": "junit",
};

/** Takes `--output` once more: a file whose ending says the format, or `<format>:<file>`. */
export function outputs<Format extends string>(
  formats: readonly Format[],
): (text: string, before: readonly Output<Format>[]) => Output<Format>[] {
  return (text, before) => {
    const [named = "", ...rest] = text.split(":");
    const isNamed = rest.length > 0 && formats.some((known) => known === named);
    const path = isNamed ? rest.join(":") : text;
    const format = formats.find((known) => known === (isNamed ? named : ENDINGS[extname(path)]));
    if (format !== undefined && path !== "") return [...before, { format, path }];
    const endings = Object.keys(ENDINGS).filter((ending) => formats.some((known) => known === ENDINGS[ending]));
    throw new InvalidArgumentError(
      `Its format is unknown: end it in one of ${endings.join(", ")}, or write <format>:<file>.`,
    );
  };
}

/** Writes a report to the files that were named. */
export function writeOutputs<Format extends string>(
  all: readonly Output<Format>[],
  written: (format: Format) => string,
): void {
  for (const { format, path } of all) {
    try {
      writeFileSync(resolve(path), written(format));
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      throw new Error(`--output: "${path}" cannot be written (${code}). Name a file in a folder that is there.`);
    }
  }
}
