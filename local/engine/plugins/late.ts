/**
 * Loaded into programs, provider processes and the command line before the SDK. Half of the time that the SDK takes to
 * load goes to what it needs for serializing functions alone, the TypeScript compiler and a reader of `node_modules`: they
 * come when used.
 */
import { Module } from "node:module";
import util, { type InspectOptions } from "node:util";

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

/** A file right in a scope of packages, which is where source maps of the SDK say that its sources lie. */
const IN_SCOPE = /[\\/]node_modules[\\/]@[^\\/\s]+[\\/][^\\/\s]+:\d+:\d+\)?$/mu;
const { inspect } = util;

// Painting such a line of a stack takes Node.js 20 half a minute, until its memory is full; the SDK then goes without colours.
util.inspect = Object.assign((value: unknown, options?: InspectOptions) => {
  const isPaintable = !(value instanceof Error) || !IN_SCOPE.test(value.stack ?? "");
  return inspect(value, isPaintable ? options : { ...options, colors: false });
}, inspect) as typeof inspect;
