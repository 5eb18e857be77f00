import { step } from "../../../../local/engine/plan/step.js";
import { Performer } from "../../../../local/engine/run/perform.js";
import { resource } from "../fixtures/index.js";

const performer = new Performer({
  dryRun: false,
  now: () => new Date(0),
  provider: () => Promise.reject(new Error("nothing is behind a component")),
  warn: () => undefined,
});

it.each([
  ["update", {}],
  ["same", { label: "g" }],
])(
  "a reading of a component that the program leads to finds %s where the program says %j of its outputs",
  async (found, outputs) => {
    const old = resource("g", { custom: false, outputs: { label: "g" } });
    expect(await performer.perform(step("refresh", { old, new: { ...old, outputs }, silent: true }))).toEqual({
      state: old,
      found,
    });
  },
);
