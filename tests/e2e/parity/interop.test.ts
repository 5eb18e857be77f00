import type { Declared } from "./play.js";
import { cli, local } from "./engines.js";
import { Stage } from "./play.js";

const declares = (value: string): Declared => ({
  resources: [
    { name: "a", props: { value, key: "k", pass: { $secret: "hush" } } },
    { kind: "Group", name: "g" },
    {
      name: "b",
      props: { value: { $ref: "a.shout" }, text: { $text: "hello" } },
      opts: { parent: "g", protect: false },
    },
    { kind: "Account", name: "p", props: { region: "eu" } },
    { name: "c", props: { value: "x" }, opts: { provider: "p", dependsOn: ["g"], customTimeouts: { create: "1m" } } },
  ],
  outputs: { pass: { $ref: "a.pass" }, serial: { $ref: "b.serial" } },
});

(cli === undefined ? describe.skip : describe)("one folder, two engines", () => {
  it.each([
    ["the local engine", "the Pulumi CLI", local, cli ?? local],
    ["the Pulumi CLI", "the local engine", cli ?? local, local],
  ])("what %s made, %s sees no change in, changes and destroys", async (_, __, first, second) => {
    const one = new Stage(first);
    const two = new Stage(second, one.folder);
    try {
      await one.init();
      expect((await one.play({ run: "up", declares: declares("one") })).exit).toBe(0);
      const made = one.state();
      expect(await two.play({ run: "preview", flags: ["--expect-no-changes"] })).toMatchObject({ exit: 0, errors: [] });
      expect(await two.play({ run: "refresh", flags: ["--expect-no-changes"] })).toMatchObject({ exit: 0, errors: [] });
      expect((await two.play({ run: "up" })).state).toEqual(made);
      expect(JSON.parse((await two.run("stack", "output", "--json", "--show-secrets")).stdout)).toEqual({
        pass: "hush",
        serial: 1,
      });
      expect((await two.play({ run: "up", declares: declares("two") })).counts).toMatchObject({ update: 2 });
      expect((await one.play({ run: "preview", flags: ["--expect-no-changes"] })).exit).toBe(0);
      expect((await one.play({ run: "destroy" })).exit).toBe(0);
      expect(one.objects()).toEqual([]);
    } finally {
      one.remove();
    }
  });
});
