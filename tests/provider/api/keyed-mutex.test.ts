import { KeyedMutex } from "../../../provider/api/keyed-mutex";

const later = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test("work under one key happens one after the other, also after a failure", async () => {
  const mutex = new KeyedMutex();
  const done: string[] = [];
  const work =
    (name: string, fails = false) =>
    async (): Promise<string> => {
      done.push(`${name} begins`);
      await later();
      done.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const results = await Promise.allSettled([
    mutex.take("k", work("a", true)),
    mutex.take("k", work("b")),
    mutex.take("other", work("c")),
  ]);
  expect(done.filter((entry) => !entry.startsWith("c"))).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  expect(done.indexOf("c begins")).toBeLessThan(done.indexOf("a ends"));
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
});
