import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { clearLocks, lock } from "../../../../local/engine/state/lock.js";
import { stackPlace } from "../fixtures/index.js";

const unused = (): never => {
  throw new Error("unexpected warning");
};
/** A process id that is above every system's limit. */
const GONE = 2 ** 30;

function held(holder: object): ReturnType<typeof stackPlace> {
  const place = stackPlace();
  mkdirSync(place.locks, { recursive: true });
  const whole = {
    pid: process.pid,
    username: "ada",
    hostname: "elsewhere",
    timestamp: "2026-01-01T00:00:00Z",
    ...holder,
  };
  writeFileSync(join(place.locks, "other.json"), JSON.stringify(whole));
  return place;
}

describe("the lock of a stack", () => {
  it("stands in the CLI's layout while it is held, and is gone afterwards", () => {
    const place = stackPlace();
    const release = lock(place, unused);
    const [file = ""] = readdirSync(place.locks);
    expect(file).toMatch(/^[0-9a-f-]{36}\.json$/u);
    expect(JSON.parse(readFileSync(join(place.locks, file), "utf8"))).toMatchObject({
      pid: process.pid,
      hostname: hostname(),
    });
    release();
    expect(readdirSync(place.locks)).toEqual([]);
  });

  it("names who holds it", () => {
    const message =
      /^the stack is currently locked by 1 lock\(s\)\..*`pulumi cancel`\.\n {2}file:.*other\.json: created by ada@\S+ \(pid \d+\) at 2026/su;
    expect(() => lock(held({}), unused)).toThrow(message);
    expect(() => lock(held({ hostname: hostname() }), unused)).toThrow(message);
  });

  it("of a process of this machine that is gone is removed, and said so", () => {
    const warnings: string[] = [];
    const release = lock(held({ hostname: hostname(), pid: GONE }), (message) => warnings.push(message));
    expect(warnings).toEqual([expect.stringMatching(/removed the lock of a process that is gone:.*ada@/su)]);
    release();
  });

  it("of a process of another machine is never taken for gone", () => {
    expect(() => lock(held({ pid: GONE }), unused)).toThrow(/currently locked/u);
  });

  it("is cleared by hand, whoever holds it", () => {
    const place = held({});
    clearLocks(place);
    lock(place, unused)();
  });
});
