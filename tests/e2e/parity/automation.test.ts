import * as pulumi from "@pulumi/pulumi";
import type { EngineEvent, InlineProgramArgs, LocalWorkspaceOptions } from "@pulumi/pulumi/automation/index.js";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { engineRoot } from "../../../local/engine/index.js";
import { local } from "./engines.js";
import { Stage } from "./play.js";

/** The Automation API, unmodified, on the local engine and a stage's folders. */
async function options(stage: Stage): Promise<LocalWorkspaceOptions> {
  const envVars = Object.fromEntries(
    Object.entries(stage.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  // In CI, too, what is no terminal gets no colours.
  return { pulumiCommand: await PulumiCommand.get({ root: engineRoot() }), envVars: { ...envVars, CI: "true" } };
}

describe("the Automation API", () => {
  const stage = new Stage(local);
  afterAll(() => stage.remove());

  it("runs a local program from config to destroy", async () => {
    stage.prepare({
      run: "up",
      declares: {
        resources: [{ name: "a", props: { value: "x" } }],
        outputs: { serial: { $ref: "a.serial" }, hidden: { $secret: "hush" } },
      },
    });
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "local", workDir: stage.program },
      await options(stage),
    );
    await stack.setConfig("plain", { value: "1" });
    await stack.setAllConfig({ "other:key": { value: "hidden", secret: true }, gone: { value: "x" } });
    await stack.removeConfig("gone");
    expect(await stack.getAllConfig()).toEqual({
      "parity:plain": { value: "1", secret: false },
      "other:key": { value: "hidden", secret: true },
    });
    expect((await stack.preview()).changeSummary).toEqual({ create: 2 });

    const events: EngineEvent[] = [];
    let printed = "";
    const up = await stack.up({ onEvent: (event) => events.push(event), onOutput: (text) => (printed += text) });
    expect(up.summary).toMatchObject({ kind: "update", result: "succeeded", resourceChanges: { create: 2 } });
    expect(up.outputs).toEqual({ serial: { value: 1, secret: false }, hidden: { value: "hush", secret: true } });
    expect(events.at(-2)?.summaryEvent?.resourceChanges).toEqual({ create: 2 });
    expect(printed).toMatch(
      / \+ {2}pulumi-nodejs:dynamic\/parity:Thing a created[^]*Resources:\n {4}\+ 2 created\n\nDuration: \d+s\n\n$/u,
    );

    expect((await stack.refresh()).summary.resourceChanges).toEqual({ same: 2 });
    expect((await stack.exportStack()).deployment).toHaveProperty("resources.2.id", "a.1");
    expect((await stack.history()).map(({ kind }) => kind)).toEqual(["refresh", "update"]);
    expect((await stack.workspace.listStacks()).map(({ name, resourceCount }) => [name, resourceCount])).toEqual([
      ["local", 3],
    ]);
    expect((await stack.workspace.whoAmI()).url).toBe(`file://${stage.folder}/backend`);
    expect((await stack.destroy({ remove: true })).summary.resourceChanges).toEqual({ delete: 2 });
    expect(await stack.workspace.listStacks()).toEqual([]);
  });

  it("runs an inline program", async () => {
    class Made extends pulumi.dynamic.Resource {
      declare readonly at: pulumi.Output<string>;
      constructor(name: string, props: { where: string }) {
        super(
          {
            create: ({ where }: { where: string }) => Promise.resolve({ id: "1", outs: { where, at: `at ${where}` } }),
          },
          name,
          {
            at: undefined,
            ...props,
          },
        );
      }
    }
    const args: InlineProgramArgs = {
      stackName: "inline",
      projectName: "inline",
      program: () => Promise.resolve({ at: new Made("made", { where: new pulumi.Config().require("where") }).at }),
    };
    const stack = await LocalWorkspace.createOrSelectStack(args, await options(stage));
    await stack.setConfig("where", { value: "home" });
    expect((await stack.up()).outputs).toEqual({ at: { value: "at home", secret: false } });
    expect((await stack.up()).summary.resourceChanges).toEqual({ same: 2 });
    await stack.destroy({ remove: true });
  });

  it("creates a stack that is not there, and tells one that is from one that is not", async () => {
    const args = { stackName: "told", workDir: stage.program };
    await expect(LocalWorkspace.selectStack(args, await options(stage))).rejects.toThrow(
      /no stack named 'told' found/u,
    );
    await LocalWorkspace.createStack(args, await options(stage));
    await expect(LocalWorkspace.createStack(args, await options(stage))).rejects.toThrow(/already exists/u);
  });
});
