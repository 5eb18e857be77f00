import { aliasUrns } from "../../../../local/engine/plan/aliases.js";

const own = { stack: "s", project: "p", type: "t:m:T", name: "new", parent: undefined };
const urn = (chain: string, name: string): string => `urn:pulumi:s::p::${chain}::${name}`;
const stack = urn("pulumi:pulumi:Stack", "p-s");

describe("the URNs that a resource may have had", () => {
  it.each([
    [{ urn: "urn:x" }, "urn:x"],
    [{ name: "old" }, urn("t:m:T", "old")],
    [{ type: "t:m:U" }, urn("t:m:U", "new")],
    [{ parent: urn("c:m:C", "c") }, urn("c:m:C$t:m:T", "new")],
    [{ parent: stack }, urn("t:m:T", "new")],
    [{ stack: "other", project: "q" }, "urn:pulumi:other::q::t:m:T::new"],
  ])("follow from %j", (alias, expected) => {
    expect(aliasUrns([alias], own, new Map())).toEqual([expected]);
  });

  it("leave the parent out where there was none", () => {
    const child = { ...own, parent: urn("c:m:C", "c") };
    expect(aliasUrns([{ noParent: true }], child, new Map())).toEqual([urn("t:m:T", "new")]);
    expect(aliasUrns([{ name: "old" }], child, new Map())).toEqual([urn("c:m:C$t:m:T", "old")]);
  });

  it("follow a renamed parent, in the name too where it begins with the parent's", () => {
    const parent = urn("c:m:C", "app");
    const renamed = new Map([[parent, urn("c:m:C", "site")]]);
    expect(aliasUrns([], { ...own, name: "app-db", parent }, renamed)).toEqual([urn("c:m:C$t:m:T", "site-db")]);
    expect(aliasUrns([], { ...own, name: "db", parent }, renamed)).toEqual([urn("c:m:C$t:m:T", "db")]);
  });
});
