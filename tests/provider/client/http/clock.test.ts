import { pause, systemClock } from "../../../../provider/client/http/clock.js";
import { TestClock } from "../support/clock.js";

test("the system's clock is the machine's, and its timers can be taken back", () => {
  jest.useFakeTimers({ now: 5_000 });
  const wake = jest.fn();
  const never = jest.fn();
  expect(systemClock.now()).toBe(5_000);
  systemClock.after(1_000, wake);
  systemClock.after(1_000, never)();
  jest.advanceTimersByTime(1_000);
  expect(wake).toHaveBeenCalledTimes(1);
  expect(never).not.toHaveBeenCalled();
  jest.useRealTimers();
});

test("a pause ends with its time, or at once with the signal, and leaves nothing behind", async () => {
  const clock = new TestClock();
  const whole = pause(clock, 1_000);
  clock.advance(1_000);
  await whole;
  const controller = new AbortController();
  const cut = pause(clock, 1_000, controller.signal);
  controller.abort();
  await cut;
  await pause(clock, 1_000, controller.signal);
  expect(clock.waiting).toBe(0);
});
