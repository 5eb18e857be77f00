import type { Step } from "../../../../local/engine/plan/step.js";
import { step } from "../../../../local/engine/plan/step.js";
import { PartialFailure } from "../../../../local/engine/plugins/partial.js";
import { Canceled, Executor, StepFailed } from "../../../../local/engine/run/executor.js";
import type { Outcome } from "../../../../local/engine/run/perform.js";
import { ProtectedError } from "../../../../local/engine/run/perform.js";
import type { Change } from "../../../../local/engine/state/snapshot-manager.js";
import { resource } from "../fixtures/index.js";

/** An executor whose steps do as the test says, and the story of what happened. */
function rig(
  perform: (step: Step) => Promise<Outcome>,
  parallel = 4,
): { executor: Executor; story: string[]; changes: Change[] } {
  const story: string[] = [];
  const changes: Change[] = [];
  const name = ({ urn }: { urn: string }): string => urn.split("::").at(-1) ?? "";
  const executor = new Executor(
    { perform: (each: Step) => (story.push(`perform ${name(each)}`), perform(each)) } as never,
    {
      begin: (type, state) => Promise.resolve(story.push(`begin ${type} ${name(state)}`)),
      end: (_, change) => (story.push("end"), changes.push(change), Promise.resolve()),
    },
    {
      onStart: (each) => story.push(`start ${each.op} ${name(each)}`),
      onEnd: (each) => story.push(`done ${name(each)}`),
      onFailure: (each, message) => story.push(`failed ${name(each)}: ${message}`),
    },
    parallel,
  );
  return { executor, story, changes };
}

const create = (name: string): Step => step("create", { new: resource(name) });
const made = (each: Step): Promise<Outcome> => Promise.resolve({ state: { ...resource("x"), ...each.new, id: "1" } });

describe("carrying steps out", () => {
  it("records the intent before and the result after", async () => {
    const { executor, story, changes } = rig(made);
    const { state } = await executor.chain([create("a")]);
    expect(state?.id).toBe("1");
    expect(story).toEqual(["start create a", "begin creating a", "perform a", "end", "done a"]);
    expect(changes).toEqual([{ add: state, drop: [] }]);
  });

  it("keeps an object that was made partway, and fails nevertheless", async () => {
    const failure = new PartialFailure("1", {}, ["not ready", "not sound"], "message");
    const { executor, story, changes } = rig(async (each) => ({ ...(await made(each)), failure }));
    await expect(executor.chain([create("a")])).rejects.toThrow(StepFailed);
    expect(changes[0]?.add?.id).toBe("1");
    expect(story.at(-1)).toBe("failed a: 2 errors occurred:\n\t* not ready\n\t* not sound\n");
  });

  it("begins nothing after a failure, but finishes what runs", async () => {
    let finish: (outcome: Outcome) => void = () => undefined;
    const { executor, story } = rig((each) =>
      each.urn.endsWith("slow") ? new Promise((done) => (finish = done)) : Promise.reject(new Error("boom")),
    );
    const slow = executor.chain([create("slow")]);
    await expect(executor.chain([create("b")])).rejects.toThrow(StepFailed);
    await expect(executor.chain([create("c")])).rejects.toThrow(Canceled);
    finish({ state: resource("slow") });
    await slow;
    expect(story).toContain("failed b: boom");
    expect(story).toContain("done slow");
    expect(story.join()).not.toContain("perform c");
    expect(executor.failed).toBe(true);
  });

  it("goes on past a protected resource", async () => {
    const { executor } = rig((each) =>
      each.op === "delete" ? Promise.reject(new ProtectedError(each.urn)) : made(each),
    );
    await expect(executor.chain([step("delete", { old: resource("a") })])).rejects.toThrow(StepFailed);
    await expect(executor.chain([create("b")])).resolves.toBeDefined();
    expect(executor.failed).toBe(true);
  });

  it("marks what a replacement leaves behind, and tells of the replacement with its result", async () => {
    const { executor, changes, story } = rig((each) => (each.op === "replace" ? Promise.resolve({}) : made(each)));
    const old = resource("a", { id: "0" });
    const condemned = { ...old, delete: true };
    const steps = [
      step("create-replacement", { old, new: resource("a"), condemned }),
      step("replace", { old: condemned, new: resource("a") }),
    ];
    const { state } = await executor.chain(steps);
    expect(changes[0]).toEqual({ add: state, set: [[old, condemned]] });
    expect(story.filter((line) => line.startsWith("start"))).toEqual(["start create-replacement a", "start replace a"]);
  });

  it("runs no more at once than it may", async () => {
    let running = 0;
    let most = 0;
    const { executor } = rig(async (each) => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      return made(each);
    }, 2);
    await Promise.all(["a", "b", "c", "d", "e"].map((name) => executor.chain([create(name)])));
    expect(most).toBe(2);
    await executor.idle();
  });
});
