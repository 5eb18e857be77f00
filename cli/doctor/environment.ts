import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import type { Configuration } from "../../provider/api/configuration.js";
import type { ConfigReader } from "../../provider/api/setting.js";
import { readSettings } from "../../provider/api/configuration.js";
import { isLoopback } from "../../provider/client/http/connections.js";
import { messageOf } from "../../provider/text/error-message.js";
import { configOfStack } from "../drift/retrieval.js";
import { findEngine } from "../engine.js";
import { openStack } from "../stack.js";
import type { Finding } from "./findings.js";

interface PackageFile {
  readonly version: string;
  readonly engines?: { readonly node?: string };
}

/** The versions of all that takes part. */
export async function versions(cwd: string): Promise<Finding[]> {
  const own = readJson(join(__dirname, "../../../package.json"));
  const [least = "20.19"] = /[\d.]+/u.exec(own.engines?.node ?? "") ?? [];
  const isOld = compare(process.versions.node, least) < 0;
  const node: Finding = {
    check: "Node.js",
    status: isOld ? "problem" : "ok",
    found: process.versions.node,
    ...(isOld && { advice: `Install Node.js ${least} or newer.` }),
  };
  const sdk = sdkVersion(cwd);
  return [
    { check: "this package", status: "ok", found: own.version },
    node,
    { check: "engine", status: "ok", found: (await findEngine()).label },
    sdk === undefined
      ? {
          check: "@pulumi/pulumi",
          status: "warning",
          found: "not installed here",
          advice: "Run this in the folder of a stack, or install it there: npm install @pulumi/pulumi.",
        }
      : { check: "@pulumi/pulumi", status: "ok", found: sdk },
  ];
}

/** Where settings come from: a stack's configuration where there is one, else the environment alone. */
export async function configuration(
  cwd: string,
  stack: string | undefined,
): Promise<{ readonly config: ConfigReader; readonly findings: readonly Finding[]; readonly opened?: Stack }> {
  const isProject = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].some((name) => existsSync(resolve(cwd, name)));
  if (!isProject && stack === undefined)
    return {
      config: () => undefined,
      findings: [{ check: "stack", status: "ok", found: "none: settings come from the environment" }],
    };
  try {
    const opened = await openStack(await findEngine(), { cwd, ...(stack === undefined ? {} : { stack }) });
    const all = await configOfStack(opened);
    return { config: (key) => all[key], findings: [{ check: "stack", status: "ok", found: opened.name }], opened };
  } catch (error) {
    return {
      config: () => undefined,
      findings: [
        {
          check: "stack",
          status: "warning",
          found: `its configuration cannot be read: ${complaintOf(error)}`,
          advice:
            "Settings of the environment are used below. Name the stack with --stack, and set " +
            "PULUMI_CONFIG_PASSPHRASE where it needs one.",
        },
      ],
    };
  }
}

/**
 * What a command of the engine complained of, on one line and without what else it printed: the Automation API tells a
 * command that failed by its code, and what it said below that.
 */
export function complaintOf(error: unknown): string {
  const message = messageOf(error);
  return /^ ?stderr: (?:error: )?(.+)$/mu.exec(message)?.[1] ?? message.trim().split("\n")[0] ?? "";
}

/** The settings, or what is wrong with them. */
export function settingsOf(config: ConfigReader): {
  readonly settings?: Configuration;
  readonly findings: readonly Finding[];
} {
  try {
    const settings = readSettings(config);
    return {
      settings,
      findings: [{ check: "key", status: "ok", found: `from ${settings.apiKeySource}` }, address(settings)],
    };
  } catch (error) {
    return { findings: [{ check: "settings", status: "problem", found: "incomplete", advice: messageOf(error) }] };
  }
}

function address({ baseUrl }: Configuration): Finding {
  const { origin, pathname } = new URL(baseUrl);
  const found = `${origin}${pathname.replace(/\/+$/u, "")}${proxyInWords(origin)}`;
  if (origin.startsWith("https:") || isLoopback(origin)) return { check: "address", status: "ok", found };
  const advice =
    "The key and the documents go there unencrypted: use an https address, unless the network is yours alone.";
  return { check: "address", status: "warning", found, advice };
}

/** The proxy that the environment names for an origin, without what may be a password in it. */
function proxyInWords(origin: string): string {
  if (isLoopback(origin)) return "";
  const names = origin.startsWith("https:") ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy", "HTTP_PROXY"];
  const proxy = names.map((name) => process.env[name]).find((value) => value !== undefined && value !== "");
  if (proxy === undefined || !URL.canParse(proxy)) return "";
  const excluded = process.env["no_proxy"] ?? process.env["NO_PROXY"];
  return (
    ", through the proxy " +
    `${new URL(proxy).host}${excluded === undefined || excluded === "" ? "" : " unless NO_PROXY excludes it"}`
  );
}

function sdkVersion(cwd: string): string | undefined {
  try {
    return readJson(createRequire(join(resolve(cwd), "package.json")).resolve("@pulumi/pulumi/package.json")).version;
  } catch {
    return undefined;
  }
}

function readJson(path: string): PackageFile {
  return JSON.parse(readFileSync(path, "utf8")) as PackageFile;
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number));
  const index = (left ?? []).findIndex((part, at) => part !== (right?.[at] ?? 0));
  return index < 0 ? 0 : (left?.[index] ?? 0) - (right?.[index] ?? 0);
}
