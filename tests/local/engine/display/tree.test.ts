import { paintFor } from "../../../../local/engine/display/color.js";
import { metadataOf } from "../../../../local/engine/display/events.js";
import { Row } from "../../../../local/engine/display/row.js";
import { TreeView } from "../../../../local/engine/display/tree.js";
import { step } from "../../../../local/engine/plan/step.js";
import { resource } from "../fixtures/index.js";

/** A tree on a terminal of some size, and what each of its drawings put there. */
function rig(rows: number): { show: (name: string, parent?: string) => void; drawings: string[]; close: () => void } {
  const drawings: string[] = [];
  const options = { isPreview: true, suppressesOutputs: false, paint: paintFor("never", {}, false), now: () => 0, write: (text: string) => void drawings.push(text) };
  const view = new TreeView(options, () => ({ columns: 60, rows }));
  return {
    drawings,
    close: () => view.close(),
    show(name, parent) {
      const type = name === "stack" ? "pulumi:pulumi:Stack" : "test:Thing";
      const state = resource(name, { type, ...(parent !== undefined && { parent: resource(parent, { type: parent === "stack" ? "pulumi:pulumi:Stack" : "test:Thing" }).urn }) });
      view.changed(new Row(metadataOf(step("create", { new: state })), options));
    },
  };
}

describe("the tree on a terminal", () => {
  it("has children below their parents, and is drawn over itself", () => {
    const { show, drawings, close } = rig(40);
    show("stack");
    show("a", "stack");
    show("b", "stack");
    show("inside", "a");
    close();
    expect(drawings.at(-1)).toBe(
      [
        "\u001b[5A\u001b[0J     Type                 Name    Status  Info",
        " +   pulumi:pulumi:Stack  stack   create",
        " +   ├─ test:Thing        a       create",
        " +   │  └─ test:Thing     inside  create",
        " +   └─ test:Thing        b       create",
        "",
      ].join("\n"),
    );
  });

  it("shows what fits while it changes, and everything in the end", () => {
    const { show, drawings, close } = rig(6);
    for (const name of ["stack", "a", "b", "c", "d"]) show(name, name === "stack" ? undefined : "stack");
    expect(drawings.at(-1)?.split("\n")).toHaveLength(5);
    expect(drawings.at(-1)).toContain("     … 3 more\n");
    close();
    expect(drawings.at(-1)?.split("\n")).toHaveLength(7);
  });
});
