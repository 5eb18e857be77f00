import { Turns } from "../../provider/turns";

const later = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test("work under one key happens one after the other, also after a failure", async () => {
  const turns = new Turns();
  const done: string[] = [];
  const work = (name: string, fails = false) => async (): Promise<string> => {
    done.push(`${name} begins`);
    await later();
    done.push(`${name} ends`);
    if (fails) throw new Error(name);
    return name;
  };
  const results = await Promise.allSettled([turns.take("k", work("a", true)), turns.take("k", work("b")), turns.take("other", work("c"))]);
  expect(done.filter((entry) => !entry.startsWith("c"))).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  expect(done.indexOf("c begins")).toBeLessThan(done.indexOf("a ends"));
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
});
