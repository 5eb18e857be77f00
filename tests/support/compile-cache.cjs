// Loaded into each Node.js process of a test run. Each program and each process of its providers compiles the same 500
// files of node_modules when it starts, which is a fifth of what a test of a stack costs on Node.js 20. Here they are
// compiled once a run, as later releases of Node.js do it by themselves.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join } = require("node:path");
const vm = require("node:vm");
const { isMainThread } = require("node:worker_threads");

const folder = process.env.TESTS_COMPILE_CACHE;
const script = process.argv[1] ?? "";
const OF_STACKS = /@pulumi\/pulumi\/cmd\/(?:run|dynamic-provider)(?:\/index\.js)?$/u;
if (folder !== undefined && isMainThread && OF_STACKS.test(script)) {
  if (Module.enableCompileCache !== undefined) Module.enableCompileCache(folder);
  else keepCompiled(join(folder, createHash("sha256").update(script).digest("hex")));
}

/** Compiles files of node_modules from what the first process with the same main file left in `file`, or leaves it. */
function keepCompiled(file) {
  const kept = read(file);
  const compiled = new Map();
  const resolved = kept?.resolved ?? {};

  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, isMain, options) {
    const ordinary = options === undefined && parent?.path !== undefined && isInstalled(parent.path);
    if (!ordinary) return resolve.call(this, request, parent, isMain, options);
    const key = `${parent.path}\0${request}`;
    return (resolved[key] ??= resolve.call(this, request, parent, isMain, options));
  };

  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, filename) {
    // What imports does so by Node.js' own loader, of which a script here would know nothing.
    if (!isInstalled(filename) || /\bimport\(/u.test(content)) return compile.call(this, content, filename);
    const script = new vm.Script(Module.wrap(content.replace(/^#!.*/u, "")), {
      filename,
      cachedData: kept?.data(filename),
    });
    const run = script.runInThisContext();
    const result = run.call(this.exports, this.exports, requireOf(this), this, filename, dirname(filename));
    // With the functions that loading has called, which would be forgotten again until the end.
    if (kept === undefined) compiled.set(filename, script.createCachedData());
    return result;
  };

  if (kept === undefined) process.once("exit", () => write(file, resolved, compiled));
}

const isInstalled = (path) => path.includes("/node_modules/");

function requireOf(module) {
  const require = (request) => module.require(request);
  require.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  require.main = process.mainModule;
  require.cache = Module._cache;
  require.extensions = Module._extensions;
  return require;
}

function read(file) {
  let all;
  try {
    all = readFileSync(file);
  } catch {
    return undefined;
  }
  const start = 4 + all.readUInt32LE(0);
  const { resolved, places } = JSON.parse(all.subarray(4, start).toString());
  const data = (filename) => {
    const [from, length] = places[filename] ?? [];
    return from === undefined ? undefined : all.subarray(start + from, start + from + length);
  };
  return { resolved, data };
}

function write(file, resolved, compiled) {
  const places = {};
  const data = [];
  let from = 0;
  for (const [filename, bytes] of compiled) {
    places[filename] = [from, bytes.length];
    data.push(bytes);
    from += bytes.length;
  }
  const head = Buffer.from(JSON.stringify({ resolved, places }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  mkdirSync(dirname(file), { recursive: true });
  // Others may be about to leave the same: a file is there whole or not at all.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, Buffer.concat([length, head, ...data]));
  renameSync(own, file);
}
