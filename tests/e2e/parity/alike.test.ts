import fc from "fast-check";
import { cli, local, type Engine } from "./engines.js";
import { sequences } from "./generator.js";
import { hosted } from "./inline.js";
import { Stage, type Phase, type Played } from "./play.js";

/** How many sequences to compare; set SEQUENCES for a long run, SEED for other ones. */
const SEQUENCES = Number(process.env["SEQUENCES"] ?? 2);
const SEED = Number(process.env["SEED"] ?? 1);

async function play(engine: Engine, phases: readonly Phase[]): Promise<Played[]> {
  const stage = new Stage(engine);
  const host = await hosted(stage.declared);
  try {
    await stage.init();
    const played: Played[] = [];
    for (const phase of phases) played.push(await stage.play(phase, host.address));
    return played;
  } finally {
    host.close();
    stage.remove();
  }
}

const chosen = fc.sample(sequences, { seed: SEED, numRuns: SEQUENCES }).map((phases, index) => ({ phases, index }));

describe("Random programs, edited and failing at random", () => {
  if (!cli) it.skip("need pulumi on PATH", () => undefined);
  else {
    const pulumi = cli;
    it.each(chosen)(`take the same steps to the same state on both engines: ${SEED}/$index`, async ({ phases }) => {
      const [ours, theirs] = await Promise.all([play(local, phases), play(pulumi, phases)]);
      expect(ours).toEqual(theirs);
    });
  }
});
