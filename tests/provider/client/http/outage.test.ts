import { clientAgainst, errorOf } from "../support/client.js";
import { answer, type Behaviour, reset } from "../support/wire.js";

const down = answer(503, "down");
const times = (count: number, behaviour: Behaviour): Behaviour[] => Array.from({ length: count }, () => behaviour);
const TRIES = 5;

test.each([
  ["503s", down],
  ["broken connections", reset],
])(
  "after five operations that %s have failed for good, each is sent once, and the first answer ends that",
  async (_, fault) => {
    const { client, server } = await clientAgainst([
      ...times(5 * TRIES + 2, fault),
      answer(404, { message: "Not found" }),
      ...times(TRIES, fault),
    ]);
    const sent = async (): Promise<number> => {
      const before = server.requests.length;
      await errorOf(client.collections.delete("kb"));
      return server.requests.length - before;
    };
    const all: number[] = [];
    for (let index = 0; index < 9; index++) all.push(await sent());
    expect(all).toEqual([5, 5, 5, 5, 5, 1, 1, 1, 5]);
  },
);

test("operations count apart, and a 429 is an answer", async () => {
  const { client, server } = await clientAgainst([
    ...times(5 * TRIES, down),
    ...times(TRIES, down),
    ...times(6 * TRIES, answer(429, "slow")),
  ]);
  for (let index = 0; index < 5; index++) await errorOf(client.collections.delete("kb"));
  await errorOf(client.collections.get("kb"));
  expect(server.requests).toHaveLength(6 * TRIES);
  for (let index = 0; index < 6; index++) await errorOf(client.collections.list());
  expect(server.requests).toHaveLength(12 * TRIES);
});

test("an interruption lets what is under way end, repeats nothing, and waits for no time", async () => {
  const run = new AbortController();
  const { client, server } = await clientAgainst(
    [
      (socket, request) => {
        run.abort();
        down(socket, request);
      },
      answer(503, "down"),
      answer(200, { collections: [] }),
    ],
    { interruption: run.signal, requestsPerSecond: 0.01 },
  );
  const first = await errorOf(client.collections.list());
  expect(first).toMatchObject({ code: "server" });
  const second = await errorOf(client.collections.list());
  expect(second).toMatchObject({
    code: "aborted",
    outcomeUnknown: false,
    message: "Could not list the collections: the run was interrupted before it was sent.",
  });
  expect(server.requests).toHaveLength(1);
});
