import { execFileSync } from "node:child_process";
import { join } from "node:path";

const LATE = join(__dirname, "../../../../dist/local/engine/plugins/late.js");

it("the SDK loads the compiler when it serializes a function, and not before", () => {
  const program = `
    const pulumi = require("@pulumi/pulumi");
    const hasCompiler = () => Object.keys(require.cache).some((file) => file.endsWith("/typescript/lib/typescript.js"));
    const before = hasCompiler();
    const three = 3;
    pulumi.runtime.serializeFunction(() => three + 1).then(({ text }) =>
      console.log(JSON.stringify({ before, after: hasCompiler(), text: text.includes("three + 1") })));`;
  const printed = execFileSync(process.execPath, ["--require", LATE, "--eval", program], { encoding: "utf8" });
  expect(JSON.parse(printed)).toEqual({ before: false, after: true, text: true });
});

it("an error of which a stack's line lies right in a scope of packages can be shown", () => {
  const program = `
    const error = new Error("Missing required configuration variable");
    error.stack = "Error: " + error.message + "\\n    at Config.require (/app/node_modules/@pulumi/config.ts:301:19)";
    console.log(require("@pulumi/pulumi/cmd/run/error").defaultErrorMessage(error));`;
  expect(execFileSync(process.execPath, ["--require", LATE, "--eval", program], { encoding: "utf8" })).toContain(
    "@pulumi/config.ts:301:19",
  );
});

it("nothing of Node.js is replaced", () => {
  const program = `
    const { Module } = require("node:module");
    console.log([Module.prototype.require, Module._load, Module._resolveFilename, require("util").inspect, Error.prepareStackTrace].map(String));`;
  const printed = (...flags: string[]) =>
    execFileSync(process.execPath, [...flags, "--eval", program], { encoding: "utf8" });
  expect(printed("--require", LATE)).toEqual(printed());
});
