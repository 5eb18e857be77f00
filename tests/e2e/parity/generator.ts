import fc from "fast-check";
import type { Declared, Phase } from "./play.js";

type Resource = NonNullable<Declared["resources"]>[number];
type Json = Record<string, unknown>;

const SLOTS = ["a", "b", "c", "d", "e", "f"] as const;

/** How the resource of one slot is declared; numbers choose among what stands before it. */
const slot = fc.record({
  present: fc.boolean().map((absent) => !absent),
  kind: fc.constantFrom("Thing", "Thing", "Thing", "Thing", "Thing", "Group", "Account", "Read"),
  value: fc.constantFrom("one", "two", "secret", "serial", "shout", "hidden shout", "asset"),
  key: fc.constantFrom("k", "k", "l", "serial"),
  extras: fc.subarray(["list", "map", "text", "file", "fill", "objects"] as const, { maxLength: 2 }),
  leansOn: fc.nat(),
  options: fc.subarray(
    [
      "parent",
      "dependsOn",
      "protect",
      "retainOnDelete",
      "deletedWith",
      "additionalSecretOutputs",
      "provider",
      "customTimeouts",
    ] as const,
    { maxLength: 3 },
  ),
  other: fc.nat(),
  renamed: fc.constantFrom("no", "no", "no", "no", "with alias", "without alias", "in type", "by urn"),
});
type Slot = typeof slot extends fc.Arbitrary<infer T> ? T : never;

const EXTRAS: Readonly<Record<Slot["extras"][number], Json>> = {
  list: { list: [{ $secret: 1 }, 2] },
  map: { map: { deep: { $secret: "x" }, open: 1 } },
  text: { text: { $text: "hello" } },
  file: { file: { $file: "one.txt" } },
  fill: { fill: "in" },
  objects: { objects: [{ one: null }, { two: [true, { $secret: { three: 3 } }] }] },
};

function valueOf({ value }: Slot, leaned: Resource | undefined): unknown {
  const name = leaned?.name;
  if (value === "secret" || value === "two") return value === "two" ? "two" : { $secret: "hush" };
  if (value === "asset") return { $text: "as an asset" };
  if (name === undefined || value === "one") return "one";
  return value === "hidden shout" ? { $secret: { $ref: `${name}.shout` } } : { $ref: `${name}.${value}` };
}

function optionsOf({ options, other }: Slot, earlier: readonly Resource[], nests: boolean): Json {
  const pick = (kinds: readonly string[]): string | undefined => {
    const fitting = earlier.filter(({ kind = "Thing" }) => kinds.includes(kind));
    return fitting[other % fitting.length]?.name;
  };
  // What waits for a group whose parts wait for it waits for ever.
  const dependency = pick(nests ? ["Thing"] : ["Group", "Thing"]);
  const all: Readonly<Record<Slot["options"][number], unknown>> = {
    parent: pick(["Group", "Thing"]),
    dependsOn: dependency === undefined ? undefined : [dependency],
    protect: true,
    retainOnDelete: true,
    deletedWith: pick(["Thing"]),
    additionalSecretOutputs: ["shout"],
    provider: pick(["Account"]),
    customTimeouts: { create: "1m", delete: "90s" },
  };
  return Object.fromEntries(options.flatMap((option) => (all[option] === undefined ? [] : [[option, all[option]]])));
}

function renamed({ renamed: how, kind }: Slot, base: string): { name: string; type?: string; aliases?: unknown[] } {
  const type =
    kind === "Account"
      ? "pulumi:providers:pulumi-nodejs"
      : kind === "Group"
        ? "parity:index:Group"
        : "pulumi-nodejs:dynamic/parity:Thing";
  if (how === "with alias") return { name: `${base}x`, aliases: [{ name: base }] };
  if (how === "by urn") return { name: `${base}x`, aliases: [`urn:pulumi:test::parity::${type}::${base}`] };
  if (how === "without alias") return { name: `${base}y` };
  if (how === "in type" && kind !== "Account") return { name: base, type: "Widget", aliases: [{ type }] };
  return { name: base };
}

/**
 * @param isChained - whether each resource waits for the one before: then what a failure leaves undone is always the
 * same.
 */
function declaredBy(slots: readonly Slot[], isChained: boolean): Declared {
  const resources: Resource[] = [];
  const nests = slots.some(({ options }) => options.includes("parent"));
  SLOTS.forEach((base, index) => {
    const chosen = slots[index];
    if (!chosen?.present) return;
    const { kind, leansOn, key, extras } = chosen;
    const things = resources.filter((other) => (other.kind ?? "Thing") === "Thing");
    const leaned = things[leansOn % things.length];
    const { name, type, aliases } = renamed(chosen, base);
    const { provider, retainOnDelete, deletedWith, additionalSecretOutputs, customTimeouts, ...common } = optionsOf(
      chosen,
      resources,
      nests,
    );
    const opts =
      kind === "Thing"
        ? { ...common, provider, retainOnDelete, deletedWith, additionalSecretOutputs, customTimeouts }
        : common;
    const before = resources.findLast((other) => other.kind === "Thing")?.name;
    const chain = isChained && before !== undefined && { dependsOn: [before] };
    const given = Object.fromEntries(
      Object.entries({ ...opts, ...chain, aliases }).filter(([, value]) => value !== undefined),
    );
    const keyed = key === "serial" ? (leaned ? { $ref: `${leaned.name}.serial` } : "k") : key;
    if (kind === "Read") {
      resources.push({ name: `${base}r`, id: "z.1", props: { name: base } });
      return;
    }
    const props: Json =
      kind === "Thing"
        ? Object.assign(
            { name: base, value: valueOf(chosen, leaned), key: keyed },
            ...extras.map((extra) => EXTRAS[extra]),
          )
        : { region: keyed, token: valueOf(chosen, leaned) };
    resources.push({ kind, name, props, opts: given, ...(type !== undefined && { type }) });
  });
  const first = resources.find(({ kind }) => kind === "Thing");
  const outputs = first
    ? { value: { $ref: `${first.name}.value` }, serial: { $ref: `${first.name}.serial` }, plain: [1, "two"] }
    : {};
  return {
    resources,
    outputs: slots[0]?.present
      ? { ...outputs, before: { $stack: "organization/parity/test", output: "value" } }
      : outputs,
  };
}

type Failing = NonNullable<Phase["faults"]>[string];

const fault = fc.constantFrom(
  ...SLOTS.flatMap((name) => [
    `create ${name}`,
    `half create ${name}`,
    `update ${name}`,
    `half update ${name}`,
    `check ${name}`,
    `diff ${name}.1`,
    `exit ${name}`,
    `delete ${name}.1`,
    `read ${name}.1`,
  ]),
);
const faults = fc
  .subarray(["one", "two", "three"] as const, { maxLength: 1 })
  .chain((some) => fc.array(fault, { minLength: some.length, maxLength: some.length * 2 }))
  .map((keys) =>
    Object.fromEntries(
      keys.map((key): [string, Failing] =>
        key.startsWith("exit ") ? [`create ${key.slice(5)}`, { exit: true }] : [key, { message: `${key} fails` }],
      ),
    ),
  );

const command = fc.constantFrom<Pick<Phase, "run" | "flags">>(
  { run: "up" },
  { run: "up" },
  { run: "up" },
  { run: "up", flags: ["--parallel", "1"] },
  { run: "preview" },
  { run: "preview" },
  { run: "up", flags: ["--refresh"] },
  { run: "up", flags: ["--expect-no-changes"] },
  { run: "preview", flags: ["--refresh"] },
  { run: "refresh" },
  { run: "refresh", flags: ["--preview-only"] },
  { run: "refresh", flags: ["--run-program"] },
  { run: "refresh", flags: ["--expect-no-changes"] },
  { run: "destroy" },
  { run: "destroy", flags: ["--preview-only"] },
  // Not with protected resources: the CLI cuts its own state apart then.
  { run: "destroy", flags: ["--run-program"] },
);

/** Changes to some slots, and a command over what is declared then. */
const turn = fc.record({
  edits: fc.array(fc.tuple(fc.nat({ max: SLOTS.length - 1 }), slot), { maxLength: 3 }),
  command,
  faults,
  vanish: fc.subarray(
    [...SLOTS, "z"].map((name) => `${name}.1`),
    { maxLength: 1 },
  ),
  drift: fc.subarray(
    [...SLOTS, "z"].map((name) => `${name}.1`),
    { maxLength: 1 },
  ),
  disturbed: fc.nat({ max: 3 }),
});

/** Sequences of edits and commands over one stack. */
export const sequences: fc.Arbitrary<Phase[]> = fc
  .tuple(
    fc.boolean(),
    fc.array(slot, { minLength: SLOTS.length, maxLength: SLOTS.length }),
    fc.array(turn, { minLength: 3, maxLength: 5 }),
  )
  .map(([isChained, start, turns]) => {
    const slots = [...start];
    const phases: Phase[] = [{ run: "up", declares: declaredBy(slots, isChained), files: { "one.txt": "one" } }];
    for (const { edits, command: chosen, faults: failing, vanish, drift, disturbed } of turns) {
      for (const [index, edit] of edits) slots[index] = edit;
      const hadProtected = phases.some(({ declares }) => declares?.resources?.some(({ opts }) => opts?.["protect"]));
      phases.push({
        ...(hadProtected && chosen.run === "destroy" ? { run: "destroy" } : chosen),
        declares: declaredBy(slots, isChained),
        ...(isChained && { faults: failing }),
        ...(disturbed === 0 && { vanish }),
        ...(disturbed === 1 && {
          drift: Object.fromEntries(drift.map((id) => [id, { name: id.split(".")[0], value: "else", key: "k" }])),
        }),
      });
    }
    return phases;
  });
