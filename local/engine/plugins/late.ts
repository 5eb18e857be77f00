/**
 * Loaded into programs and provider processes before the SDK. Half of the time that the SDK takes to load goes to what
 * it needs for serializing functions alone, the TypeScript compiler and a reader of `node_modules`: they come when used.
 */
import { Module } from "node:module";

const LATE = /[\\/]runtime[\\/]closure[\\/](parseFunction|codePaths)\.js$/u;
const HEAVY: ReadonlySet<string> = new Set(["../../typescript-shim", "@npmcli/arborist"]);

type Loader = (this: NodeJS.Module, id: string) => unknown;
const prototype = Module.prototype as { require: Loader };
const load = prototype.require;

prototype.require = function (id) {
  if (!HEAVY.has(id) || !LATE.test(this.filename)) return load.call(this, id);
  let loaded: object | undefined;
  return new Proxy({}, {
    get: (_, key): unknown => key === "__esModule" || Reflect.get((loaded ??= load.call(this, id) as object), key),
  });
};
