import { Printer } from "../../../../local/engine/display/printer.js";
import { Reporter } from "../../../../local/engine/display/reporter.js";
import { step } from "../../../../local/engine/plan/step.js";
import { Masking } from "../../../../local/engine/secrets/masking.js";
import { secret } from "../../../../local/engine/values/properties.js";
import { resource } from "../fixtures/index.js";

const stack = resource("project-test", { type: "pulumi:pulumi:Stack", custom: false });

/** A reporter and what it makes the printer print. */
function rig(options: { isPreview?: boolean; isRefresh?: boolean } = {}): {
  reporter: Reporter;
  masking: Masking;
  printed: () => string;
} {
  const { isPreview = false, isRefresh = false } = options;
  let text = "";
  const shown = {
    title: "Updating",
    stack: "test",
    root: stack.urn,
    isPreview,
    suppressesOutputs: false,
    write: (part: string) => (text += part),
    now: () => 0,
  };
  const printer = new Printer(shown);
  const masking = new Masking();
  const reporter = new Reporter((event) => printer.take(event), masking, isPreview, isRefresh);
  return { reporter, masking, printed: () => text.replaceAll(/Duration: \d+s/gu, "Duration: 0s") };
}

describe("what a person reads of a run", () => {
  it("is a line for each step, then messages, outputs, counts and the duration", () => {
    const { reporter, masking, printed } = rig();
    masking.add("hunter2");
    const a = resource("a", { inputs: { key: secret("hunter2"), value: 1 } });
    const create = step("create", { new: a });
    reporter.start({});
    reporter.onStart(create);
    reporter.print("the password is hunter2", false);
    reporter.report(a.urn, "warning", "it is slow");
    reporter.onEnd(create, { state: a });
    reporter.onEnd(step("same", { old: stack, new: stack }), {});
    reporter.onOutputs(step("same", { old: stack, new: { ...stack, outputs: { key: secret("hunter2"), n: 1 } } }));
    reporter.finish("succeeded");
    expect(printed()).toBe(
      [
        "Updating (test):",
        "",
        " +  test:index:Thing a creating (0s)",
        "    pulumi:pulumi:Stack project-test  the password is [secret]",
        " +  test:index:Thing a creating (0s) warning: it is slow",
        " +  test:index:Thing a created (0.00s) warning: it is slow",
        "    pulumi:pulumi:Stack project-test  1 message",
        "Diagnostics:",
        "  test:index:Thing (a):",
        "    warning: it is slow",
        "",
        "  pulumi:pulumi:Stack (project-test):",
        "    the password is [secret]",
        "",
        "Outputs:",
        "  + key: [secret]",
        "  + n  : 1",
        "",
        "Resources:",
        "    + 1 created",
        "    1 unchanged",
        "",
        "Duration: 0s",
        "",
        "",
      ].join("\n"),
    );
  });

  it("names what a replacement is for and counts it once", () => {
    const { reporter, printed } = rig();
    const [old, fresh] = [resource("a", { inputs: { key: 1 } }), resource("a", { inputs: { key: 2 } })];
    for (const op of ["create-replacement", "replace"] as const) reporter.onEnd(step(op, { old, new: fresh }), {});
    reporter.onStart(step("delete-replaced", { old }));
    reporter.onEnd(step("delete-replaced", { old }), {});
    reporter.finish("succeeded");
    expect(printed()).toContain(" ++ test:index:Thing a created replacement (0.00s) [diff: ~key]\n");
    expect(printed()).toContain(" -- test:index:Thing a deleted original (0.00s) [diff: ~key]\n");
    expect(printed()).toMatch(/Resources:\n {4}\+-1 replaced\n\n/u);
  });

  const refreshed = (reporter: Reporter): void => {
    const [there, gone] = [
      resource("a", { id: "a-1", outputs: { n: 1 } }),
      resource("b", { id: "b-1", outputs: { n: 1 } }),
    ];
    const found = { ...there, outputs: { n: 2 } };
    reporter.onStart(step("refresh", { old: there }));
    reporter.onStart(step("refresh", { old: gone }));
    reporter.onEnd(step("refresh", { old: there, new: found }), { found: "update" });
    reporter.onEnd(step("refresh", { old: gone }), { found: "delete" });
    reporter.finish("succeeded");
  };

  it("shows what a refresh reads, and what it found", () => {
    const { reporter, printed } = rig({ isPreview: true, isRefresh: true });
    refreshed(reporter);
    expect(printed()).toContain(
      [
        " ~  test:index:Thing a refreshing",
        " ~  test:index:Thing b refreshing",
        " ~  test:index:Thing a update",
        " -  test:index:Thing b delete",
        "Resources:",
      ].join("\n"),
    );
  });

  it("calls a reading before an update just that", () => {
    const { reporter, printed } = rig({ isPreview: true });
    refreshed(reporter);
    expect(printed()).toContain(" ~  test:index:Thing a refresh\n ~  test:index:Thing b refresh\n");
    expect(reporter.changed).toBe(false);
  });

  it("says what failed where, and how many", () => {
    const { reporter, printed } = rig();
    const create = step("create", { new: resource("a") });
    reporter.onStart(create);
    reporter.onFailure(create, "no room\nfor it");
    reporter.finish("failed");
    expect(printed()).toContain(" +  test:index:Thing a **creating failed** error: no room\n");
    expect(printed()).toContain("  test:index:Thing (a):\n    error: no room\n    for it\n");
    expect(printed()).toContain("    1 errored\n");
  });

  it("tells of the stack in the end, and counts what was said of it", () => {
    const { reporter, printed } = rig();
    const component = resource("box", { type: "test:index:Box", custom: false });
    for (const one of [stack, component]) {
      reporter.onStart(step("create", { new: one }));
      reporter.onEnd(step("create", { new: one }), { state: one });
      reporter.onOutputs(step("create", { new: one }));
    }
    reporter.print("one", false);
    reporter.print("two", true);
    reporter.report("", "error", "update failed");
    reporter.finish("failed");
    expect(printed()).toContain(
      [
        " +  pulumi:pulumi:Stack project-test creating (0s)",
        " +  test:index:Box box creating (0s)",
        " +  pulumi:pulumi:Stack project-test creating (0s) one",
        " +  pulumi:pulumi:Stack project-test creating (0s) two",
        " +  pulumi:pulumi:Stack project-test creating (0s) error: update failed",
        " +  pulumi:pulumi:Stack project-test **creating failed** 1 error; 2 messages",
        "Diagnostics:",
      ].join("\n"),
    );
  });

  it("speaks of plans in a preview, and of no duration", () => {
    const { reporter, printed } = rig({ isPreview: true });
    const create = step("create", { new: resource("a") });
    reporter.onStart(create);
    reporter.onEnd(create, {});
    reporter.finish("succeeded");
    expect(printed()).toContain(" +  test:index:Thing a create\n");
    expect(printed()).toContain("    + 1 to create\n");
    expect(printed()).not.toContain("Duration");
  });

  it("shows nothing of the default provider and of debug messages", () => {
    const { reporter, printed } = rig();
    const provider = resource("default", { type: "pulumi:providers:pulumi-nodejs" });
    reporter.onEnd(step("create", { new: provider }), { state: provider });
    reporter.show({ severity: "debug", text: "noise", urn: "", ephemeral: false });
    expect(reporter.changes).toEqual({});
    expect(printed()).toBe("Updating (test):\n\n");
  });
});
