import type { Declared, Scenario } from "./play.js";

const thing = (name: string, props: object = {}, opts?: object): NonNullable<Declared["resources"]>[number] => ({
  name,
  props: { value: "one", ...props },
  ...(opts && { opts: opts as Record<string, unknown> }),
});
const declares = (...resources: NonNullable<Declared["resources"]>[number][]): Declared => ({ resources });
const ref = (path: string): object => ({ $ref: path });
const secret = (value: unknown): object => ({ $secret: value });

/** One scenario for each behaviour that a stack of dynamic resources can show. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "create, keep, update and delete",
    phases: [
      { run: "up", declares: declares(thing("a"), thing("b", { value: ref("a.shout") })) },
      { run: "up" },
      { run: "preview", declares: declares(thing("a", { value: "two" }), thing("b", { value: ref("a.shout") })) },
      { run: "up" },
      { run: "up", declares: declares(thing("a", { value: "two" })) },
      { run: "destroy" },
    ],
  },
  {
    name: "replace creates first and deletes in the end",
    phases: [
      { run: "up", declares: declares(thing("a", { key: "k" }), thing("b", { value: ref("a.serial") })) },
      { run: "preview", declares: declares(thing("a", { key: "l" }), thing("b", { value: ref("a.serial") })) },
      { run: "up" },
    ],
  },
  {
    name: "a replacement cascades where a dependant's diff says so",
    phases: [
      {
        run: "up",
        declares: declares(
          thing("a", { key: "k" }),
          thing("b", { key: ref("a.serial") }),
          thing("c", {}, { dependsOn: ["b"] }),
        ),
      },
      {
        run: "preview",
        declares: declares(
          thing("a", { key: "l" }),
          thing("b", { key: ref("a.serial") }),
          thing("c", {}, { dependsOn: ["b"] }),
        ),
      },
      { run: "up" },
    ],
  },
  {
    name: "components, parents and dependencies on components",
    phases: [
      {
        run: "up",
        declares: declares(
          { kind: "Group", name: "g" },
          thing("a", {}, { parent: "g" }),
          thing("b", {}, { dependsOn: ["g"] }),
        ),
      },
      { run: "destroy" },
    ],
  },
  {
    name: "secrets stay secret in outputs and nested values",
    phases: [
      {
        run: "up",
        declares: {
          resources: [
            thing("a", { pass: secret("hush"), list: [secret(1), 2], map: { deep: secret("x"), open: 1 } }),
            thing("b", { value: ref("a.pass") }, { additionalSecretOutputs: ["shout"] }),
          ],
          outputs: { pass: ref("a.pass"), shout: ref("b.shout"), open: 1 },
        },
      },
      { run: "up" },
    ],
  },
  {
    name: "a create that fails leaves the rest and is tried again",
    phases: [
      {
        run: "up",
        declares: declares(thing("a"), thing("b", { value: ref("a.shout") })),
        faults: { "create b": { message: "no room for b" } },
      },
      { run: "up" },
    ],
  },
  {
    name: "a partially created resource is kept and updated by the next up",
    phases: [
      { run: "up", declares: declares(thing("a")), faults: { "half create a": { message: "a is not ready" } } },
      { run: "preview" },
      { run: "up" },
    ],
  },
  {
    name: "an update that fails leaves the old state",
    phases: [
      { run: "up", declares: declares(thing("a")) },
      { run: "up", declares: declares(thing("a", { value: "two" })), faults: { "update a": { message: "not now" } } },
      { run: "up" },
    ],
  },
  {
    name: "a delete that fails stops the destroy",
    phases: [
      { run: "up", declares: declares(thing("a"), thing("b", { value: ref("a.shout") })) },
      { run: "destroy", faults: { "delete b.1": { message: "b is in use" } } },
      { run: "destroy" },
    ],
  },
  {
    name: "an original that cannot be deleted is deleted by the next up",
    phases: [
      { run: "up", declares: declares(thing("a", { key: "k" })) },
      { run: "up", declares: declares(thing("a", { key: "l" })), faults: { "delete a.1": { message: "a is in use" } } },
      { run: "preview" },
      { run: "up" },
    ],
  },
  {
    name: "a program that throws deletes nothing",
    process: true,
    phases: [
      { run: "up", declares: declares(thing("a"), thing("b")) },
      { run: "up", declares: { ...declares(thing("a"), thing("c")), throws: "the program is unwell" } },
    ],
  },
  {
    name: "two resources of one name",
    phases: [{ run: "up", declares: declares(thing("a"), thing("a", { value: ref("a.serial") })) }],
  },
  {
    name: "a check that fails",
    phases: [{ run: "up", declares: declares(thing("a", { value: "bad" })) }, { run: "preview" }],
  },
  {
    name: "inputs that check adds",
    phases: [{ run: "up", declares: declares(thing("a", { fill: "in" })) }, { run: "up" }],
  },
  {
    name: "refresh finds what vanished and what changed",
    phases: [
      {
        run: "up",
        declares: declares(thing("a"), thing("b", { value: ref("a.shout") }), thing("c", {}, { dependsOn: ["a"] })),
      },
      { run: "refresh", flags: ["--preview-only"], vanish: ["a.1"], drift: { "c.1": { name: "c", value: "else" } } },
      { run: "refresh" },
      { run: "up" },
      { run: "refresh", flags: ["--expect-no-changes"] },
    ],
  },
  {
    name: "up with refresh fixes in one go",
    phases: [
      { run: "up", declares: declares(thing("a"), thing("b")) },
      { run: "up", flags: ["--refresh"], vanish: ["a.1"] },
    ],
  },
  {
    name: "expecting no changes",
    phases: [
      { run: "up", declares: { ...declares(thing("a")), outputs: { o: 1 } } },
      { run: "up", flags: ["--expect-no-changes"], declares: { ...declares(thing("a")), outputs: { o: 2 } } },
      { run: "preview", flags: ["--expect-no-changes"], declares: declares(thing("a", { value: "two" })) },
      { run: "up", flags: ["--expect-no-changes"] },
    ],
  },
  {
    name: "protected resources",
    phases: [
      {
        run: "up",
        declares: declares(thing("a", { key: "k" }, { protect: true }), thing("b", { value: ref("a.shout") })),
      },
      { run: "destroy" },
      { run: "up", declares: declares(thing("a", { key: "l" }, { protect: true })) },
      { run: "up", declares: declares(thing("a", { key: "k" })) },
      { run: "destroy" },
    ],
  },
  {
    name: "retained and contained resources are not deleted by call",
    phases: [
      {
        run: "up",
        declares: declares(
          thing("a", { key: "k" }),
          thing("b", {}, { retainOnDelete: true }),
          thing("c", {}, { deletedWith: "a", dependsOn: ["a"] }),
        ),
      },
      {
        run: "up",
        declares: declares(
          thing("a", { key: "l" }),
          thing("b", {}, { retainOnDelete: true }),
          thing("c", {}, { deletedWith: "a", dependsOn: ["a"] }),
        ),
      },
      { run: "destroy" },
    ],
  },
  {
    name: "aliases rename without a step",
    phases: [
      {
        run: "up",
        declares: declares(
          { kind: "Group", name: "g" },
          thing("a"),
          thing("b", { value: ref("a.shout") }, { parent: "g" }),
        ),
      },
      {
        run: "up",
        declares: declares(
          { kind: "Group", name: "h", opts: { aliases: [{ name: "g" }] } },
          { ...thing("z", { name: "a" }, { aliases: [{ name: "a" }] }) },
          thing("b", { value: ref("z.shout") }, { parent: "h" }),
        ),
      },
      { run: "up" },
    ],
  },
  {
    name: "explicit providers",
    phases: [
      {
        run: "up",
        declares: declares(
          { kind: "Account", name: "p", props: { region: "eu", token: secret("tok") } },
          thing("a", {}, { provider: "p" }),
        ),
      },
      {
        run: "up",
        declares: declares(
          { kind: "Account", name: "p", props: { region: "us", token: secret("tok") } },
          thing("a", {}, { provider: "p" }),
        ),
      },
      { run: "up", declares: declares(thing("a")) },
      { run: "destroy" },
    ],
  },
  {
    name: "config reaches the default provider",
    phases: [
      { run: "up", declares: declares(thing("a")), config: { "other:setting": "one" } },
      { run: "up", config: { "other:setting": "two" }, flags: ["--expect-no-changes"] },
    ],
  },
  {
    name: "assets are kept by their hash",
    phases: [
      {
        run: "up",
        files: { "one.txt": "same", "two.txt": "same" },
        declares: declares(thing("a", { text: { $text: "hello" }, file: { $file: "one.txt" } })),
      },
      { run: "up", declares: declares(thing("a", { text: { $text: "hello" }, file: { $file: "two.txt" } })) },
      { run: "up", declares: declares(thing("a", { text: { $text: "bye" }, file: { $file: "two.txt" } })) },
    ],
  },
  {
    name: "reading what is not managed",
    phases: [
      { run: "up", declares: declares(thing("a")) },
      { run: "up", declares: declares(thing("a"), { name: "r", id: "a.1" }) },
      { run: "up" },
      { run: "up", declares: declares(thing("a")) },
      { run: "destroy" },
    ],
  },
  {
    name: "a program that runs for a refresh or a destroy brings its providers' newest settings",
    phases: [
      {
        run: "up",
        declares: declares(
          { kind: "Account", name: "p", props: { region: "eu" } },
          thing("a", {}, { provider: "p" }),
          thing("b"),
        ),
      },
      {
        run: "refresh",
        flags: ["--run-program"],
        vanish: ["b.1"],
        declares: declares(
          { kind: "Account", name: "p", props: { region: "us" } },
          thing("a", {}, { provider: "p" }),
          thing("b"),
        ),
      },
      {
        run: "destroy",
        flags: ["--run-program"],
        declares: declares(
          { kind: "Account", name: "p", props: { region: "asia" } },
          thing("a", {}, { provider: "p" }),
          thing("b"),
        ),
      },
    ],
  },
  {
    name: "outputs of another stack",
    phases: [
      { run: "up", declares: { outputs: { open: 1, hidden: secret("hush") } } },
      {
        run: "up",
        declares: {
          resources: [thing("a", { value: { $stack: "organization/parity/test", output: "hidden" } })],
          outputs: { open: 1, hidden: secret("hush"), read: { $stack: "organization/parity/test", output: "open" } },
        },
      },
    ],
  },
  {
    name: "a provider that dies",
    phases: [
      {
        run: "up",
        declares: declares(thing("a"), thing("b", { value: ref("a.shout") })),
        faults: { "create b": { exit: true } },
      },
      { run: "up" },
    ],
  },
  {
    name: "options alone change the state in a step that changes nothing",
    phases: [
      { run: "up", declares: declares(thing("a"), thing("b")) },
      {
        run: "up",
        declares: declares(
          thing("a", {}, { protect: true, customTimeouts: { create: "5m" } }),
          thing("b", {}, { dependsOn: ["a"] }),
        ),
      },
    ],
  },
];
