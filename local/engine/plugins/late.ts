/**
 * Loaded into programs, provider processes and the command line before the SDK. Half of the time that the SDK takes to
 * load goes to what it needs for serializing functions alone, the TypeScript compiler and a reader of `node_modules`.
 * So entries in `require.cache` stand for the SDK's own files that load these, until they are used.
 */
import { createRequire, Module } from "node:module";
import { inspect } from "node:util";

type Exports = Readonly<Record<string | symbol, unknown>>;

/** What `attempt` answers with; undefined where it throws. */
function orNothing<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}

/** The SDK that a script finds. */
const sdkOf = (script: string): NodeJS.Require | undefined =>
  orNothing(() => createRequire(createRequire(script).resolve("@pulumi/pulumi/package.json")));

/** @param make - the exports that stand for the file's own, which `load` answers with. */
function standIn(sdk: NodeJS.Require, file: string, make: (load: () => Exports) => object): void {
  // There are versions of the SDK without it.
  const path = orNothing(() => sdk.resolve(file));
  if (path === undefined || path in sdk.cache) return;
  const entry = new Module(path);
  let loaded: Exports | undefined;
  entry.exports = make(() => {
    if (loaded === undefined) Reflect.deleteProperty(sdk.cache, path);
    return (loaded ??= sdk(path) as Exports);
  });
  entry.loaded = true;
  sdk.cache[path] = entry;
}

/** A module of values, which is loaded when one of them is looked at. */
const values = (load: () => Exports): object => new Proxy({}, { get: (_, name) => load()[name] });

/** A module of functions, which is loaded when one of them is called. */
const functions = (load: () => Exports): object =>
  new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...args: unknown[]) =>
          (load()[name] as (...all: unknown[]) => unknown)(...args),
    },
  );

/**
 * What a program's error says. The SDK paints stacks; a line with a file right in a scope of packages, which is where
 * its own source maps put its sources, sends the painting of Node.js 20 into a loop that ends when its memory is full.
 */
function defaultErrorMessage(error: unknown): string {
  const { stack, message } = Object(error) as Partial<Error>;
  return stack ? inspect(error) : (message ?? String(error));
}

// A child process runs a script of the SDK, which need not be the SDK beside this package.
const sdk = sdkOf(process.argv[1] ?? __filename) ?? sdkOf(__filename);
if (sdk) {
  standIn(sdk, "./typescript-shim", values);
  standIn(sdk, "./runtime/closure/codePaths", functions);
  standIn(sdk, "./cmd/run/error", () => ({ defaultErrorMessage }));
}
