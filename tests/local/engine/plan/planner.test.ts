import type { Goal } from "../../../../local/engine/monitor/goal.js";
import type { Mode } from "../../../../local/engine/plan/planner.js";
import { Planner } from "../../../../local/engine/plan/planner.js";
import type { Difference, ProviderCalls } from "../../../../local/engine/plugins/provider.js";
import type { ResourceState } from "../../../../local/engine/state/resource.js";
import type { Properties } from "../../../../local/engine/values/properties.js";
import { secret, UNKNOWN } from "../../../../local/engine/values/properties.js";
import { resource, urn } from "../fixtures/index.js";

const goal = (name: string, rest: Partial<Goal> = {}): Goal => ({
  type: "test:index:Thing",
  name,
  custom: true,
  parent: undefined,
  inputs: { value: 1 },
  provider: "provider::id",
  dependencies: [],
  propertyDependencies: {},
  additionalSecretOutputs: [],
  aliases: [],
  protect: false,
  retainOnDelete: false,
  deletedWith: undefined,
  customTimeouts: {},
  sourcePosition: undefined,
  stackTrace: [],
  ...rest,
});

const old = (name: string, rest: Partial<ResourceState> = {}): ResourceState =>
  resource(name, { id: `${name}-1`, inputs: { value: 1 }, provider: "provider::id", ...rest });

interface Rig {
  readonly planner: Planner;
  readonly checks: (readonly [olds: Properties, news: Properties])[];
  readonly reports: string[];
}

function rig(
  olds: ResourceState[],
  answer: Partial<Difference> = {},
  options: { mode?: Mode; dryRun?: boolean; known?: boolean } = {},
): Rig {
  const checks: [Properties, Properties][] = [];
  const reports: string[] = [];
  const { mode = "update", dryRun = false, known = true } = options;
  const provider: Partial<ProviderCalls> = {
    known,
    check(_, before, inputs) {
      checks.push([before, inputs]);
      const failures = inputs["value"] === "bad" ? [{ property: "value", reason: "it is bad" }] : [];
      return Promise.resolve({ inputs, failures });
    },
    diff: () => Promise.resolve({ changes: false, replaces: [], deleteBeforeReplace: false, ...answer }),
  };
  const planner = new Planner(
    {
      stack: "test",
      project: "project",
      dryRun,
      mode,
      provider: () => Promise.resolve(provider as ProviderCalls),
      report: (_, severity, message) => reports.push(`${severity}: ${message}`),
    },
    olds,
  );
  return { planner, checks, reports };
}

const ops = async (planner: Planner, wanted: Goal): Promise<string[]> =>
  (await planner.plan(wanted)).map(({ op }) => op);

describe("planning", () => {
  it("creates what is new, keeps what is the same, updates what differs", async () => {
    expect(await ops(rig([]).planner, goal("a"))).toEqual(["create"]);
    expect(await ops(rig([old("a")]).planner, goal("a"))).toEqual(["same"]);
    expect(await ops(rig([old("a")], { changes: true }).planner, goal("a"))).toEqual(["update"]);
  });

  it("compares inputs itself where the provider does not say, whether they are secret or not", async () => {
    const silent = { changes: undefined };
    expect(await ops(rig([old("a")], silent).planner, goal("a", { inputs: { value: secret(1) } }))).toEqual(["same"]);
    expect(await ops(rig([old("a")], silent).planner, goal("a", { inputs: { value: 2 } }))).toEqual(["update"]);
  });

  it("replaces with a second check that knows nothing of the old inputs", async () => {
    const { planner, checks } = rig([old("a")], { changes: true, replaces: ["value"] });
    const steps = await planner.plan(goal("a", { inputs: { value: 2 } }));
    expect(steps.map(({ op }) => op)).toEqual(["create-replacement", "replace"]);
    expect(steps[0]?.condemned).toMatchObject({ id: "a-1", delete: true });
    expect(checks).toEqual([
      [{ value: 1 }, { value: 2 }],
      [{}, { value: 2 }],
    ]);
  });

  it("goes on with what was made partway even when nothing differs", async () => {
    expect(await ops(rig([old("a", { initErrors: ["not ready"] })]).planner, goal("a"))).toEqual(["update"]);
  });

  it("replaces what goes with a replaced container, without asking", async () => {
    const { planner } = rig([old("box"), old("a", { deletedWith: urn("box") })], {
      changes: true,
      replaces: ["value"],
    });
    await planner.plan(goal("box"));
    const [first] = await planner.plan(goal("a", { deletedWith: urn("box") }));
    expect(first).toMatchObject({ op: "create-replacement", keys: ["deletedWith"] });
  });

  it("refuses to replace what is protected, but only warns of it in a preview", async () => {
    const change = { changes: true, replaces: ["value"] };
    const real = rig([old("a", { protect: true })], change);
    await expect(real.planner.plan(goal("a", { protect: true }))).rejects.toThrow(/marked for protection/u);
    const preview = rig([old("a", { protect: true })], change, { dryRun: true });
    expect(await ops(preview.planner, goal("a", { protect: true }))).toEqual(["create-replacement", "replace"]);
    expect(preview.reports).toHaveLength(1);
  });

  it("refuses to delete before replacing, which a provider may ask for", async () => {
    const { planner } = rig([old("a")], { changes: true, replaces: ["value"], deleteBeforeReplace: true });
    await expect(planner.plan(goal("a"))).rejects.toThrow(/Deleting before replacing.*use the Pulumi CLI/u);
  });

  it("reports every failed check on the property, and never shows a secret", async () => {
    const { planner, reports } = rig([]);
    await expect(planner.plan(goal("a", { inputs: { value: "bad" } }))).rejects.toThrow();
    expect(reports).toEqual([
      "error: test:index:Thing resource 'a': property value value {bad} has a problem: it is bad",
    ]);
  });

  it("refuses a second resource of one name", async () => {
    const { planner, reports } = rig([]);
    await planner.plan(goal("a"));
    await expect(planner.plan(goal("a"))).rejects.toThrow();
    expect(reports[0]).toMatch(/^error: Duplicate resource URN/u);
  });

  it("takes a renamed resource over, and deletes nothing of it", async () => {
    const { planner } = rig([old("a")]);
    const [only] = await planner.plan(goal("b", { aliases: [{ name: "a" }] }));
    expect(only).toMatchObject({ op: "same", old: { urn: urn("a") }, new: { urn: urn("b"), aliases: [urn("a")] } });
    expect([planner.covers(urn("a")), planner.covers(urn("b")), planner.covers(urn("c"))]).toEqual([true, true, false]);
  });

  it("reads what is not managed, and makes again what once was only read", async () => {
    expect(await ops(rig([]).planner, goal("a", { readId: "x" }))).toEqual(["read"]);
    expect(await ops(rig([old("a")]).planner, goal("a", { readId: "x" }))).toEqual(["read-replacement", "replace"]);
    expect(await ops(rig([old("a", { external: true })]).planner, goal("a"))).toEqual([
      "create-replacement",
      "replace",
    ]);
  });

  it("allows unknown inputs in a preview only", async () => {
    const unknown = goal("a", { inputs: { value: UNKNOWN } });
    expect(await ops(rig([], {}, { dryRun: true }).planner, unknown)).toEqual(["create"]);
    await expect(rig([]).planner.plan(unknown)).rejects.toThrow(/not known during the update/u);
  });

  it("says that it cannot compare where the provider itself is not known yet", async () => {
    const { planner, reports } = rig([old("a")], {}, { dryRun: true, known: false });
    expect(await ops(planner, goal("a"))).toEqual(["update"]);
    expect(reports[0]).toMatch(/^warning: The provider for this resource has inputs that are not known/u);
  });

  it("makes nothing when the program only runs to refresh or to destroy", async () => {
    expect((await rig([], {}, { mode: "refresh" }).planner.plan(goal("a")))[0]).toMatchObject({
      op: "same",
      skipped: true,
    });
    expect(await ops(rig([old("a")], {}, { mode: "refresh" }).planner, goal("a"))).toEqual(["refresh"]);
    expect(await ops(rig([old("a")], { changes: true }, { mode: "destroy" }).planner, goal("a"))).toEqual(["same"]);
  });
});
