import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FaultInput } from "../../local/emulator/index";
import { emulated, type Emulated } from "../provider/emulated";
import { OddApi, type Oddness } from "../support/odd-api";
import { Network, type Disturbance } from "./network";
import { SUBJECTS, type Subject } from "./subjects";

/** Every case with SOAK=1; else the same one in so many. */
const ONE_IN = process.env["SOAK"] === "1" ? 1 : 10;
/** The client waits for so long while things go wrong, and an answer comes too late after so many milliseconds. */
const IMPATIENT = { timeoutSeconds: 0.3 };
const TOO_LATE_MS = 450;

/** What goes wrong in the API, by the name under which it stands in the docs. */
const ANSWERS: Readonly<Record<string, FaultInput>> = {
  "429 with Retry-After in seconds": { status: 429, retryAfter: 1 },
  "429 with Retry-After as a date": { status: 429, retryAfter: new Date(0).toUTCString() },
  "429 without": { status: 429 },
  "500": { status: 500 },
  "502 with a page of HTML": { status: 502, html: true },
  "503": { status: 503 },
  "504, processed": { status: 504, processed: true },
  "reset before processing": { reset: true },
  "reset after processing": { reset: true, processed: true },
  "no answer in time, not processed": { delayMs: TOO_LATE_MS, status: 503 },
  "no answer in time, processed": { delayMs: TOO_LATE_MS },
  "body cut short": { truncate: 5 },
  "body that is no JSON": { badJson: true },
  "200 with a page of HTML": { status: 200, html: true },
  "200, empty, not processed": { status: 200, body: "" },
  "200, empty, processed": { status: 200, body: "", processed: true },
  "body byte by byte": { dripMs: 1 },
  "list that lags behind": { stale: true },
  "list that is empty": { truncateList: 0 },
  "list that is cut": { truncateList: 1 },
  "429, processed": { status: 429, processed: true },
  "200 with a page of HTML, processed": { status: 200, html: true, processed: true },
  "204, not processed": { status: 204 },
  "404, not processed": { status: 404, body: { message: "Not found" } },
  "404, processed": { status: 404, body: { message: "Not found" }, processed: true },
};

/** What these faults do exists for some operations only. */
const ONLY: Readonly<Record<string, RegExp>> = {
  "list that lags behind": /^list/u,
  "list that is empty": /^list/u,
  "list that is cut": /^list/u,
  "204, not processed": /^delete/u,
  "404, not processed": /^delete/u,
  "404, processed": /^delete/u,
};

/** What goes wrong on this side of it. */
const DISTURBANCES: Readonly<Record<string, (api: Emulated, current: Emulated) => Disturbance>> = {
  "name that is not found (DNS)": () => ({ origin: "https://api.invalid" }),
  "TLS refused": ({ places }) => ({ origin: places.current.origin.replace("http:", "https:") }),
  "connection refused": () => ({ origin: "http://127.0.0.1:9" }),
  "clock an hour ahead": (_api, current) => ({ before: () => void current.clock.sleep(3_600_000) }),
  "clock an hour back": (_api, current) => ({ before: () => void current.clock.sleep(-3_600_000) }),
};

/**
 * Each of two stacks has an item of its own where the list did not show the other's: an item is not looked for a second
 * time.
 */
const isLegitimatelyTwice = ({ subject, fault, operation }: Pick<Case, "subject" | "fault" | "operation">): boolean =>
  subject.resource === "Item" &&
  /of two stacks .* equal content, both deployed/u.test(subject.verb) &&
  operation === "listItems" &&
  fault.startsWith("list that");

/** After these no request arrives. */
const AWAY = ["name that is not found (DNS)", "TLS refused", "connection refused"];

/** What a message names: the collection or all of them, the file, or a document. */
const WHICH = /collection "shelf"|the collections|\.md\b/iu;
const WAY_OUT =
  /try again|check |lower concurrency|run "pulumi up"|looks again|correct baseUrl|it must |raise |look (?:first|what)|the next "?(?:pulumi|deployment)/iu;

const NAMES = [...Object.keys(ANSWERS), ...Object.keys(DISTURBANCES)];

interface Case {
  readonly subject: Subject;
  readonly fault: string;
  readonly operation: string;
  readonly when: string;
  readonly nth: number[];
}

interface Outcome {
  readonly lost: number;
  readonly doubled: number;
  readonly orphaned: number;
  readonly said: string | undefined;
}

async function act(
  api: Emulated,
  subject: Subject,
  before: (current: Emulated) => void,
  patience: Parameters<Emulated["afresh"]>[0] = IMPATIENT,
): Promise<{ play: Awaited<ReturnType<Subject["begin"]>>; said: string | undefined }> {
  const play = await subject.begin(api);
  const last = play.acts.at(-1);
  for (const one of play.acts.slice(0, -1)) await one(api.afresh());
  api.calls();
  const current = api.afresh(patience);
  before(current);
  const said = await last?.(current).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
  return { play, said };
}

/**
 * Every operation that a subject asks for where all goes well, met at its first call, in the middle, and at every
 * third.
 */
async function casesOf(subject: Subject): Promise<Case[]> {
  const api = await emulated();
  // With patience: what a busy machine answers late would be met as a request that nobody makes otherwise.
  await act(api, subject, () => undefined, {});
  const calls = api.calls();
  await api.emulator.close();
  return [...new Set(calls)].flatMap((operation) => {
    const total = calls.filter((call) => call === operation).length;
    const whens = [
      ["first", [1]],
      ["middle", total > 2 ? [Math.ceil(total / 2)] : []],
      ["every third", total > 2 ? Array.from({ length: 12 }, (_, index) => 3 * (index + 1)) : []],
    ] as const;
    return whens
      .filter(([, nth]) => nth.length > 0)
      .flatMap(([when, nth]) =>
        NAMES.filter(
          (fault) => (ONLY[fault]?.test(operation) ?? true) && !isLegitimatelyTwice({ subject, fault, operation }),
        ).map((fault) => ({ subject, fault, operation, when, nth: [...nth] })),
      );
  });
}

async function outcomeOf({ subject, fault, operation, nth }: Case): Promise<Outcome> {
  const network = new Network();
  const api = await emulated({ dispatcher: network.dispatcher });
  const answer = ANSWERS[fault];
  try {
    const { play, said } = await act(api, subject, (current) => {
      if (answer) api.emulator.faults.add({ ...answer, operation: operation as "*", nth });
      else network.disturb(operation, nth, DISTURBANCES[fault]?.(api, current) ?? {});
    });
    // What the API does late is done by the time of the next deployment.
    if (answer?.delayMs !== undefined) await new Promise((done) => setTimeout(done, TOO_LATE_MS));
    api.emulator.faults.clear();
    network.calm();
    await play.settle(api.afresh());
    const left = [...(await play.held(api))];
    const lost = play.expected.filter((one) => {
      const index = left.indexOf(one);
      if (index >= 0) left.splice(index, 1);
      return index < 0;
    });
    const doubled = left.filter((one) => play.expected.includes(one));
    return { lost: lost.length, doubled: doubled.length, orphaned: left.length - doubled.length, said };
  } finally {
    await network.close();
    await api.emulator.close();
  }
}

/** The preview of a rename looks whether the name is taken; where it cannot, it warns and the update looks itself. */
const isPreviewOnly = ({ subject, operation, when }: Case): boolean =>
  subject.resource === "Collection" && subject.verb === "update" && operation === "listCollections" && when === "first";

const nameOf = ({ subject, fault, operation, when }: Case): string =>
  `${subject.resource} ${subject.verb}: ${fault}, ${when} ${operation}`;

it("A deployment after one in which anything went wrong ends in the declared state: nothing lost, nothing twice, " +
  "nothing left over", async () => {
  const all = (await Promise.all(SUBJECTS.map(casesOf))).flat();
  const chosen = all.filter((_, index) => index % ONE_IN === 0);
  const outcomes = new Map<Case, Outcome>();
  const queue = [...chosen];
  const work = async (): Promise<void> => {
    for (let one = queue.shift(); one; one = queue.shift()) outcomes.set(one, await outcomeOf(one));
  };
  await Promise.all(Array.from({ length: 8 }, work));
  const violations = [...outcomes].filter(([, { lost, doubled, orphaned }]) => lost + doubled + orphaned > 0);
  const mute = [...outcomes].filter(
    ([, { said }]) =>
      said !== undefined && (!WHICH.test(said) || !WAY_OUT.test(said) || /undefined|\[object|^\s*at /mu.test(said)),
  );
  const unnoticed = [...outcomes].filter(
    ([one, { said }]) => AWAY.includes(one.fault) && said === undefined && !isPreviewOnly(one),
  );
  process.stdout.write(`faults: ${outcomes.size} cases of ${all.length}, ${violations.length} violations\n`);
  if (process.env["SOAK_DOCS"] === "1") writeDocs(table(outcomes));
  expect(
    violations.map(
      ([one, { lost, doubled, orphaned, said }]) =>
        `${nameOf(one)}: ${lost} lost, ${doubled} twice, ${orphaned} left over (${said ?? "nothing said"})`,
    ),
  ).toEqual([]);
  expect(unnoticed.map(([one]) => nameOf(one))).toEqual([]);
  expect(mute.map(([one, { said }]) => `${nameOf(one)}: ${said ?? ""}`)).toEqual([]);
}, 3_600_000);

/** In which other form an API keeps what it is sent, or shows what it keeps. */
const FORMS: Readonly<Record<string, Oddness>> = {
  "names without white space, in upper case": { sent: rewritten("name", (name) => name.trim().toUpperCase()) },
  "contents with other line ends, decomposed": {
    sent: rewritten("content", (content) => content.normalize("NFD").replaceAll("\n", "\r\n")),
  },
  "descriptions in lower case": { sent: rewritten("description", (description) => description.toLowerCase()) },
  "descriptions shortened in lists": {
    answered: ({ path }, answer) => (path.endsWith("/items") ? shortened(answer, 40) : undefined),
  },
};

function rewritten(property: string, rewrite: (text: string) => string): NonNullable<Oddness["sent"]> {
  return ({ method, body }) => {
    const text = typeof body === "object" && body !== null ? (body as Record<string, unknown>)[property] : undefined;
    return method === "GET" || typeof text !== "string"
      ? undefined
      : { ...(body as object), [property]: rewrite(text) };
  };
}

function shortened(answer: unknown, length: number): unknown {
  const { items } = answer as { items?: { description: string }[] };
  return items && { items: items.map((item) => ({ ...item, description: item.description.slice(0, length) })) };
}

const folded = (text: string): string => text.normalize("NFC").replaceAll(/\s+/gu, " ").trim().toLowerCase();

it.each(Object.entries(FORMS))(
  "What the API keeps in another form is neither made twice nor lost: %s",
  async (_form, oddness) => {
    const wrong: string[] = [];
    for (const subject of SUBJECTS.filter(({ verb }) => !/two stacks|another API/u.test(verb))) {
      const plain = await emulated();
      const odd = await OddApi.before(plain.emulator.url);
      odd.oddness = oddness;
      const api = plain.afresh({ baseUrl: odd.url });
      try {
        const play = await subject.begin(api);
        for (const act of play.acts) await act(api.afresh());
        await play.settle(api.afresh());
        const left = (await play.held(plain.afresh())).map(folded).sort();
        if (JSON.stringify(left) !== JSON.stringify(play.expected.map(folded).sort()))
          wrong.push(`${subject.resource} ${subject.verb}: ${left.join(" | ")}`);
      } finally {
        await odd.close();
        await plain.emulator.close();
      }
    }
    expect(wrong).toEqual([]);
  },
);

const DOCS = join(__dirname, "../../docs/reliability.md");

/** Writes the table of a whole run into the docs. */
function writeDocs(text: string): void {
  writeFileSync(
    DOCS,
    readFileSync(DOCS, "utf8").replace(
      /(<!-- faults -->\n)[^]*(<!-- end -->)/u,
      (_, begin: string, end: string) => `${begin}${text}${end}`,
    ),
  );
}

/** By fault and resource: how many cases, and how many of them were violations. */
function table(outcomes: ReadonlyMap<Case, Outcome>): string {
  const resources = ["Collection", "Item", "Documents", "File"] as const;
  const cell = (fault: string, resource: string): string => {
    const found = [...outcomes].filter(([one]) => one.fault === fault && one.subject.resource === resource);
    return `${found.length} / ${found.filter(([, { lost, doubled, orphaned }]) => lost + doubled + orphaned > 0).length}`;
  };
  const rows = NAMES.map((fault) => `| ${fault} | ${resources.map((resource) => cell(fault, resource)).join(" | ")} |`);
  return [
    `| What went wrong | ${resources.join(" | ")} |`,
    `|---|${resources.map(() => "---|").join("")}`,
    ...rows,
    "",
  ].join("\n");
}
