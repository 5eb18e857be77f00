import { unsupported } from "../errors.js";
import { holdsSecret, readSetting } from "../project/config.js";
import { selectedStack } from "../project/selection.js";
import type { Setting } from "../project/settings.js";
import { pastUpdates } from "../state/history.js";
import type { CommandContext } from "./context.js";

/** `pulumi stack ls`: as JSON, or the names alone. */
export function list(context: CommandContext): void {
  const { backend, projectIfAny, env, args } = context;
  const selected = projectIfAny && selectedStack(env, projectIfAny, backend.url);
  const ofProject = args.has("all") ? undefined : (args.text("project") ?? projectIfAny?.name);
  const stacks = backend.list(ofProject).map((place) => {
    const { time, resources } = context.existing(place).snapshot;
    const name = place.project === projectIfAny?.name ? place.name : place.fullName;
    const current = selected === place.fullName || selected === place.name;
    return { name, current, ...(time !== undefined && { lastUpdate: time }), resourceCount: resources.length };
  });
  if (args.has("json")) context.printJson(stacks);
  else for (const { name, current } of stacks) context.print(`${name}${current ? "*" : ""}`);
}

const isoSeconds = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** `pulumi stack history --json` */
export function history(context: CommandContext): void {
  const { args } = context;
  if (!args.has("json")) throw unsupported('"pulumi stack history" without --json');
  const place = context.place();
  context.existing(place);
  const size = Number(args.text("page-size") ?? 10);
  const page = Math.max(1, Number(args.text("page") ?? 1));
  const updates = pastUpdates(place).slice((page - 1) * size, page * size);
  const needsCrypter = args.has("show-secrets") && updates.some(({ config }) => holdsSecret(config as Setting));
  const crypter = needsCrypter ? context.crypter(place, context.settings(place)) : undefined;
  const shown = (setting: Setting): object => {
    const { value, secret } = readSetting(setting, crypter);
    return secret && crypter === undefined ? { secret } : { value, secret };
  };
  context.printJson(
    updates.map(({ config, startTime, endTime, ...update }) => ({
      ...update,
      startTime: isoSeconds(startTime),
      endTime: isoSeconds(endTime),
      config: Object.fromEntries(Object.entries(config).map(([key, setting]) => [key, shown(setting as Setting)])),
    })),
  );
}
