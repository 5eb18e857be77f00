import { hostname } from "node:os";
import { ago } from "../display/ago.js";
import { branches } from "../display/branches.js";
import { table } from "../display/table.js";
import { holdsSecret, readSetting } from "../project/config.js";
import { selectedStack } from "../project/selection.js";
import type { Setting } from "../project/settings.js";
import type { UpdateRecord } from "../state/history.js";
import { pastUpdates } from "../state/history.js";
import type { SealedResource } from "../state/resource.js";
import { isStack, nameOf } from "../values/urn.js";
import type { CommandContext } from "./context.js";
import { output } from "./stack.js";

/** `pulumi stack ls` */
export function list(context: CommandContext): void {
  const { backend, projectIfAny, env, args } = context;
  const current = projectIfAny && selectedStack(env, projectIfAny, backend.url);
  const ofProject = args.has("all") ? undefined : (args.text("project") ?? projectIfAny?.name);
  const stacks = backend.list(ofProject).map((place) => {
    const { time, resources } = context.existing(place).snapshot;
    const name = place.project === projectIfAny?.name ? place.name : place.fullName;
    const isCurrent = current === place.fullName || current === place.name;
    return { name, current: isCurrent, ...(time !== undefined && { lastUpdate: time }), resourceCount: resources.length };
  });
  if (args.has("json")) {
    context.printJson(stacks);
    return;
  }
  const lines = stacks.map(({ name, current: isCurrent, lastUpdate, resourceCount }) => [
    `${name}${isCurrent ? "*" : ""}`, lastUpdate === undefined ? "n/a" : ago(new Date(lastUpdate)), String(resourceCount),
  ]);
  context.printTable([["NAME", "LAST UPDATE", "RESOURCE COUNT"], ...lines]);
}

/** `pulumi stack` */
export function show(context: CommandContext): void {
  const place = context.place();
  const { resources, time, version } = context.existing(place).snapshot;
  context.print(`Current stack is ${place.name}:\n    Managed by ${hostname()}`);
  if (time !== undefined) context.print(`    Last updated: ${ago(new Date(time))} (${time})`);
  if (version !== undefined) context.print(`    Pulumi version used: ${version}`);
  context.print(`Current stack resources (${resources.length}):`);
  for (const line of resourceLines(context, resources)) context.print(`    ${line}`);
  context.print("");
  output(context);
  context.print("\nUse `pulumi stack select` to change stack; `pulumi stack ls` lists known ones");
}

/** The tree of resources, and below each what else was asked for. */
function resourceLines({ args }: CommandContext, resources: readonly SealedResource[]): string[] {
  const tree = branches(resources, ({ urn }) => urn, ({ type, parent }) => (isStack(type) ? undefined : (parent ?? "")));
  const [heads = "", ...rows] = table([["TYPE", "NAME"], ...tree.map(({ member: { type, urn }, lead }) => [lead + type, nameOf(urn)])]);
  const about = tree.map(({ member: { urn, id }, rest }) => [
    ...(args.has("show-urns") ? [`${rest}URN: ${urn}`] : []),
    ...(args.has("show-ids") && id !== undefined ? [`${rest}ID: ${id}`] : []),
  ]);
  return [heads, ...rows.flatMap((row, index) => [row, ...(about[index] ?? [])])];
}

const isoSeconds = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** `pulumi stack history` */
export function history(context: CommandContext): void {
  const place = context.place();
  context.existing(place);
  const { args } = context;
  const size = Number(args.text("page-size") ?? 10);
  const page = Math.max(1, Number(args.text("page") ?? 1));
  const updates = pastUpdates(place).slice((page - 1) * size, page * size);
  if (!args.has("json")) {
    for (const update of updates) context.print(updateText(update));
    return;
  }
  const needsCrypter = args.has("show-secrets") && updates.some(({ config }) => holdsSecret(config as Setting));
  const crypter = needsCrypter ? context.crypter(place, context.settings(place)) : undefined;
  const shown = updates.map(({ config, startTime, endTime, ...update }) => ({
    ...update,
    startTime: isoSeconds(startTime),
    endTime: isoSeconds(endTime),
    config: Object.fromEntries(
      Object.entries(config).map(([key, setting]) => {
        const { value, secret } = readSetting(setting as Setting, crypter);
        return [key, secret && crypter === undefined ? { secret } : { value, secret }];
      }),
    ),
  }));
  context.printJson(shown);
}

/** What an update was, with a line for each thing that is known of where it ran. */
function updateText({ version, kind, result, message, resourceChanges, startTime, endTime, environment }: UpdateRecord): string {
  const { create = 0, delete: gone = 0, update = 0, same = 0 } = resourceChanges;
  const counts = `+${create}-${gone}~${update} ${same}`;
  return [
    `Version: ${version}`,
    `UpdateKind: ${kind}`,
    `Status: ${result}`,
    `Message: ${message}`,
    `${counts} Updated ${ago(new Date(startTime * 1000))} took ${endTime - startTime}s`,
    ...Object.entries(environment).map(([key, value]) => `    ${key}: ${value}`),
    "",
  ].join("\n");
}
