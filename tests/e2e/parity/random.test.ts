import fc from "fast-check";
import { readFileSync } from "node:fs";
import type { Declared, Phase } from "./play.js";
import { local } from "./engines.js";
import { Stage } from "./play.js";

/** How many sequences to try; set SEQUENCES for a long run. */
const SEQUENCES = Number(process.env["SEQUENCES"] ?? 2);
const NAMES = ["a", "b", "c", "d"] as const;

/** A program with some of the resources, each perhaps leaning on an earlier one, with some options. */
const program: fc.Arbitrary<Declared> = fc
  .tuple(...NAMES.map(() => fc.record({
    present: fc.boolean(),
    value: fc.constantFrom("one", "two"),
    key: fc.constantFrom("k", "l"),
    leans: fc.option(fc.nat(), { nil: undefined }),
    depends: fc.boolean(),
  })))
  .map((choices) => {
    const present = NAMES.flatMap((name, index) => (choices[index]?.present ? [{ name, ...choices[index] }] : []));
    return {
      resources: present.map(({ name, value, key, leans, depends }, index) => {
        const earlier = leans === undefined || index === 0 ? undefined : present[leans % index]?.name;
        return {
          name,
          props: { value: earlier === undefined ? value : { $ref: `${earlier}.serial` }, key },
          ...(depends && earlier !== undefined && { opts: { dependsOn: [earlier] } }),
        };
      }),
    };
  });

const faults: fc.Arbitrary<NonNullable<Phase["faults"]>> = fc
  .subarray(NAMES.flatMap((name) => [`create ${name}`, `half create ${name}`, `update ${name}`, `delete ${name}.1`]), { maxLength: 3 })
  .map((keys) => Object.fromEntries(keys.map((key) => [key, { message: `${key} fails` }])));

interface Thing {
  readonly id: string;
  readonly type: string;
}

function things(stage: Stage): string[] {
  const { checkpoint } = JSON.parse(readFileSync(stage.checkpoint, "utf8")) as { checkpoint: { latest: { resources?: Thing[] } } };
  return (checkpoint.latest.resources ?? []).flatMap(({ id, type }) => (type.endsWith(":Thing") ? [id] : [])).sort();
}

const content = (stage: Stage, id: string): { name: string } =>
  JSON.parse(readFileSync(`${stage.world}/${id}.json`, "utf8")) as { name: string };

it("after every successful up the world is what the program says, whatever failed before", async () => {
  const edits = fc.array(fc.record({ declares: program, faults }), { minLength: 2, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(edits, async (sequence) => {
      const stage = new Stage(local);
      try {
        await stage.init();
        for (const { declares, faults: failing } of sequence) {
          await stage.play({ run: "up", declares, faults: failing });
          const { exit, calls } = await stage.play({ run: "up" });
          expect(exit).toBe(0);
          expect(new Set(calls).size).toBe(calls.length);
          const wanted = (declares.resources ?? []).map(({ name }) => name).sort();
          expect(stage.objects().map((id) => content(stage, id).name).sort()).toEqual(wanted);
          expect(things(stage)).toEqual(stage.objects());
        }
      } finally {
        stage.remove();
      }
    }),
    { numRuns: SEQUENCES, seed: 7 },
  );
}, 600_000);
