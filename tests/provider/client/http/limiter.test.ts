import { Limiter, limiterFor, type Place } from "../../../../provider/client/http/limiter.js";
import { TestClock } from "../support/clock.js";

const unlimited = { concurrency: 4, requestsPerSecond: Infinity };

/** Who of those who asked has been let in, as promises have told by now. */
async function settled(): Promise<void> {
  await new Promise(setImmediate);
}

function enterAll(limiter: Limiter, count: number): { in: Place[] } {
  const entered: { in: Place[] } = { in: [] };
  for (let i = 0; i < count; i++) void limiter.enter().then((place) => entered.in.push(place));
  return entered;
}

test("no more than concurrency are in at once, and the next follows when one leaves", async () => {
  const limiter = new Limiter(unlimited, new TestClock());
  const entered = enterAll(limiter, 6);
  await settled();
  expect(entered.in).toHaveLength(4);
  limiter.leave(entered.in[0]!, false);
  await settled();
  expect(entered.in).toHaveLength(5);
});

test("a refusal halves the concurrency, once for all that were out together", async () => {
  const limiter = new Limiter({ ...unlimited, concurrency: 16 }, new TestClock());
  const entered = enterAll(limiter, 16);
  await settled();
  for (const place of entered.in) limiter.leave(place, true);
  expect(limiter.limit).toBe(8);
  const place = await limiter.enter();
  limiter.leave(place, true);
  expect(limiter.limit).toBe(4);
});

test("a further client does not undo what a refusal has halved", async () => {
  const limiter = new Limiter({ ...unlimited, concurrency: 16 }, new TestClock());
  limiter.leave(await limiter.enter(), true);
  limiter.restrict({ ...unlimited, concurrency: 12 });
  expect(limiter.limit).toBe(8);
  limiter.restrict({ ...unlimited, concurrency: 3 });
  expect(limiter.limit).toBe(3);
});

test("it never falls below one", async () => {
  const limiter = new Limiter({ ...unlimited, concurrency: 1 }, new TestClock());
  limiter.leave(await limiter.enter(), true);
  expect(limiter.limit).toBe(1);
});

test("it grows back by one for a round of answers, up to what was asked for", async () => {
  const limiter = new Limiter(unlimited, new TestClock());
  limiter.leave(await limiter.enter(), true);
  expect(limiter.limit).toBe(2);
  const succeed = async (times: number) => {
    for (let i = 0; i < times; i++) limiter.leave(await limiter.enter(), false);
  };
  await succeed(3);
  expect(limiter.limit).toBe(3);
  await succeed(20);
  expect(limiter.limit).toBe(4);
});

test("while it is held nobody gets in, and afterwards everybody", async () => {
  const clock = new TestClock();
  const limiter = new Limiter(unlimited, clock);
  limiter.hold(clock.now() + 5_000);
  limiter.hold(clock.now() + 1_000);
  const entered = enterAll(limiter, 3);
  clock.advance(4_999);
  await settled();
  expect(entered.in).toHaveLength(0);
  clock.advance(1);
  await settled();
  expect(entered.in).toHaveLength(3);
});

test("requestsPerSecond spreads the starts evenly", async () => {
  const clock = new TestClock();
  const entered = enterAll(new Limiter({ concurrency: 100, requestsPerSecond: 5 }, clock), 100);
  await settled();
  expect(entered.in).toHaveLength(1);
  clock.advance(200);
  await settled();
  expect(entered.in).toHaveLength(2);
  clock.advance(800);
  await settled();
  expect(entered.in).toHaveLength(6);
});

test("at high rates a tenth of a second's worth goes at once, and an idle time saves up no more", async () => {
  const clock = new TestClock();
  const limiter = new Limiter({ concurrency: 1000, requestsPerSecond: 100 }, clock);
  clock.advance(60_000);
  const entered = enterAll(limiter, 500);
  await settled();
  expect(entered.in).toHaveLength(10);
  for (let i = 0; i < 100; i++) clock.advance(10);
  await settled();
  expect(entered.in.length).toBeGreaterThanOrEqual(109);
  expect(entered.in.length).toBeLessThanOrEqual(110);
});

test("who gives up leaves the line, and no timer stays behind", async () => {
  const clock = new TestClock();
  const limiter = new Limiter(unlimited, clock);
  limiter.hold(clock.now() + 5_000);
  const controller = new AbortController();
  const entering = limiter.enter(controller.signal);
  expect(clock.waiting).toBe(1);
  controller.abort();
  await expect(entering).rejects.toMatchObject({ reason: "aborted", sent: false });
  expect(clock.waiting).toBe(0);
  await expect(limiter.enter(AbortSignal.abort())).rejects.toMatchObject({ reason: "aborted" });
});

test("clients with the same address and key share one limiter, and the strictest pace counts", async () => {
  const clock = new TestClock();
  const target = { origin: "http://a", apiKey: "k", clock };
  const first = limiterFor(target, unlimited);
  expect(limiterFor(target, { ...unlimited, concurrency: 9 })).toBe(first);
  expect(first.limit).toBe(4);
  limiterFor(target, { concurrency: 2, requestsPerSecond: 1 });
  expect(first.limit).toBe(2);
  const entered = enterAll(first, 2);
  await settled();
  expect(entered.in).toHaveLength(1);
  expect(limiterFor({ ...target, origin: "http://b" }, unlimited)).not.toBe(first);
  expect(limiterFor({ ...target, apiKey: "other" }, unlimited)).not.toBe(first);
});
