import { allDependenciesOf, deletion, deletionRounds } from "../../../../local/engine/plan/deletes.js";
import { resource, urn } from "../fixtures/index.js";

describe("deletions", () => {
  it("go in rounds, dependants first", () => {
    const provider = resource("p");
    const a = resource("a", { provider: `${provider.urn}::id` });
    const b = resource("b", { dependencies: [a.urn] });
    const c = resource("c", { propertyDependencies: { x: [a.urn] }, parent: b.urn });
    const free = resource("free");
    const order = [provider, a, b, c, free];
    const rounds = deletionRounds(
      order.map((state) => deletion(state, new Set())),
      order,
    );
    expect(rounds.map((round) => round.map((each) => each.urn))).toEqual([
      [c.urn],
      [b.urn],
      [a.urn],
      [provider.urn, free.urn],
    ]);
  });

  it("are of four kinds", () => {
    const op = (rest: object): string => deletion(resource("a", rest), new Set()).op;
    expect(op({})).toBe("delete");
    expect(op({ delete: true })).toBe("delete-replaced");
    expect(op({ external: true })).toBe("discard");
    expect(op({ external: true, delete: true })).toBe("discard-replaced");
  });

  it("need no call where the container goes too", () => {
    const inside = resource("a", { deletedWith: urn("box") });
    expect(deletion(inside, new Set([urn("box")])).goesWithContainer).toBe(true);
    expect(deletion(inside, new Set()).goesWithContainer).toBe(false);
  });

  it("know everything that a resource stands on", () => {
    const [a, b, c] = [resource("a"), resource("b", { dependencies: [urn("a")] }), resource("c", { parent: urn("b") })];
    const leftover = resource("b", { delete: true });
    expect([...allDependenciesOf(c, [a, leftover, b, c])]).toEqual([b, a]);
  });
});
