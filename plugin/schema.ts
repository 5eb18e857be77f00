import { readFileSync } from "node:fs";
import { join } from "node:path";

/** As much of the schema as the plugin itself reads. */
export interface Schema {
  readonly resources: Readonly<
    Record<string, { readonly properties?: Readonly<Record<string, unknown>>; readonly required?: readonly string[] }>
  >;
}

/** The package's folder: two above this file once it is compiled, one above its source. */
const ROOT = [join(__dirname, "../.."), join(__dirname, "..")].find((folder) => folder === "" || isRoot(folder)) ?? "";

function isRoot(folder: string): boolean {
  try {
    return (
      (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name?: unknown }).name ===
      "pulumi-vultr-inference"
    );
  } catch {
    return false;
  }
}

/** The version of this package. */
export const VERSION = (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { readonly version: string })
  .version;

let parsed: Schema | undefined;

/** What the package offers, as `npm run docs` has written it. */
export function schema(): Schema {
  return (parsed ??= JSON.parse(readFileSync(join(ROOT, "plugin/schema.json"), "utf8")) as Schema);
}

/** The same as the text that engines ask for. */
export function schemaText(): string {
  return JSON.stringify({ ...schema(), version: VERSION });
}
