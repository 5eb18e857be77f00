import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cli, local } from "./engines.js";
import { sequences } from "./generator.js";
import { hosted } from "./inline.js";
import type { Phase, Played } from "./play.js";
import { Stage } from "./play.js";
import { played } from "./record.js";

/** How many sequences to try, and which; set both for a long run. */
const SEQUENCES = Number(process.env["SEQUENCES"] ?? 2);
const seed = Number(process.env["SEED"] ?? 7);

const samples = (): Phase[][] => fc.sample(sequences, { seed, numRuns: SEQUENCES });

interface Row {
  readonly id?: string;
  readonly type: string;
  readonly delete?: boolean;
  readonly external?: boolean;
}

/** The ids of what the state says is there and managed. */
function managed(stage: Stage): string[] {
  const { checkpoint } = JSON.parse(readFileSync(stage.checkpoint, "utf8")) as {
    checkpoint: { latest: { resources?: Row[] } };
  };
  const rows = checkpoint.latest.resources ?? [];
  return rows
    .filter(({ type, external }) => type.startsWith("pulumi-nodejs:dynamic/") && !external)
    .map(({ id = "" }) => id)
    .sort();
}

const inWorld = (stage: Stage, id: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(stage.world, `${id}.json`), "utf8")) as Record<string, unknown>;

/** What the program wants to be there: names by which objects are known to the world. */
const wanted = ({ declares }: Phase): unknown[] =>
  (declares?.resources ?? [])
    .flatMap(({ kind, id, props }) => (kind === "Thing" && id === undefined ? [props?.["name"]] : []))
    .sort();

describe("random programs, edits, commands and faults", () => {
  it("after every successful update the state knows what the program says, and each of these is in the world once", async () => {
    for (const phases of samples()) {
      const stage = new Stage(local);
      const host = await hosted(stage.declared);
      try {
        await stage.init();
        for (const phase of phases) {
          const { calls } = await stage.play(phase, host.address);
          const creations = calls.filter((call) => call.startsWith("create "));
          expect(new Set(creations).size).toBe(creations.length);
          const { exit } = await stage.play(
            { run: "up", flags: ["--refresh"], ...(phase.declares && { declares: phase.declares }) },
            host.address,
          );
          // What is protected may forbid the update.
          if (exit !== 0) continue;
          expect(
            managed(stage)
              .map((id) => inWorld(stage, id)["name"])
              .sort(),
          ).toEqual(wanted(phase));
        }
      } finally {
        host.close();
        stage.remove();
      }
    }
  }, 3_600_000);

  (cli === undefined ? it.skip : it)(
    "take the same steps on the Pulumi CLI, and leave the same state",
    async () => {
      for (const [index, phases] of samples().entries()) {
        const scenario = { name: `sequence ${index} of seed ${seed}`, phases };
        const same = async (): Promise<[Played[], Played[]]> =>
          Promise.all([played(local, scenario), played(cli ?? local, scenario)]);
        const [here, there] = await same();
        // A failure stops what runs beside it at another moment each time; what differs twice differs.
        if (JSON.stringify(here) !== JSON.stringify(there)) {
          const [again, thereAgain] = await same();
          expect([scenario.name, again]).toEqual([scenario.name, thereAgain]);
        }
      }
    },
    36_000_000,
  );
});
