import { paintFor } from "../../../../local/engine/display/color.js";
import { Printer } from "../../../../local/engine/display/printer.js";
import { DetailView, LineView } from "../../../../local/engine/display/views.js";
import { Reporter } from "../../../../local/engine/display/reporter.js";
import { step } from "../../../../local/engine/plan/step.js";
import { Masking } from "../../../../local/engine/secrets/masking.js";
import { secret } from "../../../../local/engine/values/properties.js";
import { resource } from "../fixtures/index.js";

const stack = resource("project-test", { type: "pulumi:pulumi:Stack", custom: false });

/** A reporter and what it makes the printer print. */
function rig(options: { isPreview?: boolean; diff?: boolean } = {}): { reporter: Reporter; masking: Masking; printed: () => string } {
  const { isPreview = false, diff = false } = options;
  let text = "";
  const shown = {
    title: "Updating",
    stack: "test",
    root: stack.urn,
    isPreview,
    suppressesOutputs: false,
    paint: paintFor("never", {}, false),
    write: (part: string) => (text += part),
    now: () => 0,
  };
  const printer = new Printer(shown, diff ? new DetailView(shown) : new LineView(shown));
  const masking = new Masking();
  const reporter = new Reporter((event) => printer.take(event), masking, isPreview);
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
        "    pulumi:pulumi:Stack project-test the password is [secret]",
        "    test:index:Thing a warning: it is slow",
        " +  test:index:Thing a created (0.00s)",
        "Diagnostics:",
        "  pulumi:pulumi:Stack (project-test):",
        "    the password is [secret]",
        "",
        "  test:index:Thing (a):",
        "    warning: it is slow",
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

  it("shows the properties of each step where they were asked for, below the parent", () => {
    const { reporter, printed } = rig({ diff: true });
    const box = resource("box", { type: "test:index:Box", custom: false, parent: stack.urn });
    const inside = resource("a", { id: "a-1", parent: box.urn, inputs: { value: 1, same: true } });
    reporter.onStart(step("create", { new: box }));
    reporter.onStart(step("update", { old: inside, new: { ...inside, inputs: { value: 2, same: true } } }));
    expect(printed()).toBe(
      [
        "Updating (test):",
        "",
        "+ test:index:Box: (create)",
        `    [urn=${box.urn}]`,
        "    ~ test:index:Thing: (update)",
        "        [id=a-1]",
        `        [urn=${inside.urn}]`,
        "        same : true",
        "      ~ value: 1 => 2",
        "",
      ].join("\n"),
    );
  });

  it("says what failed where, and how many", () => {
    const { reporter, printed } = rig();
    const create = step("create", { new: resource("a") });
    reporter.onStart(create);
    reporter.onFailure(create, "no room\nfor it");
    reporter.finish("failed");
    expect(printed()).toContain(" +  test:index:Thing a **creating failed**\n");
    expect(printed()).toContain("  test:index:Thing (a):\n    error: no room\n    for it\n");
    expect(printed()).toContain("    1 errored\n");
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

  it("has colours when asked for, and none where NO_COLOR is set", () => {
    expect(paintFor("always", {}, false)("red", "x")).toBe("\u001b[31mx\u001b[39m");
    expect(paintFor("auto", { NO_COLOR: "1" }, true)("red", "x")).toBe("x");
    expect(paintFor("auto", {}, false)("red", "x")).toBe("x");
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
