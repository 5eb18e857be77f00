import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { startEmulator, type Emulator } from "../../local/emulator/index";
import { chatCompletion } from "../../provider/functions/chat-completion";
import { findCollectionByName } from "../../provider/functions/find-collection-by-name";
import { getCollection } from "../../provider/functions/get-collection";
import { getFile } from "../../provider/functions/get-file";
import { getItem } from "../../provider/functions/get-item";
import { listCollections } from "../../provider/functions/list-collections";
import { listFiles } from "../../provider/functions/list-files";
import { listItems } from "../../provider/functions/list-items";
import { listModels } from "../../provider/functions/list-models";
import { listVoices } from "../../provider/functions/list-voices";
import { ragCompletion } from "../../provider/functions/rag-completion";
import { requestLogs } from "../../provider/functions/request-logs";
import { search } from "../../provider/functions/search";
import { speech } from "../../provider/functions/speech";
import { handler, type Handler } from "../../provider/pulumi/handler";
import type { Context } from "../../provider/session/context";
import { ownerOf } from "../../provider/ownership/tag";
import { lifecycle as collection } from "../../provider/resources/collection/lifecycle";
import { lifecycle as documents } from "../../provider/resources/documents/lifecycle";
import { lifecycle as file } from "../../provider/resources/file/lifecycle";
import { lifecycle as item } from "../../provider/resources/item/lifecycle";
import { lifecycle as retrievalTest } from "../../provider/resources/retrieval-test/lifecycle";
import { Session } from "../../provider/session/session";
import type { Properties } from "../../provider/engine/values";
import { FORMS, formsIn, saying } from "../support/echo";
import { OddApi } from "../support/odd-api";
import { filesWith } from "../support/traces";

const KEY = "canary-key-7f3Qx9LmZ2";
const CONTENT = "The vault opens with 37-11-52 quagga.";
const NAME = "vault-quagga-name.md";
const HEADING = "Quagga heading of the vault";

const SIGNED = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17" };
const asset = (text: string): Properties => ({
  ...SIGNED,
  hash: createHash("sha256").update(text).digest("hex"),
  text,
});
const urn = (name: string): string => `urn:pulumi:test::canary::pulumi-nodejs:dynamic/vultr-inference:Thing::${name}`;

/** A resource, as its class declares it. */
interface Subject {
  readonly room: string;
  readonly verbs: (open: () => Session) => Handler;
  /** Inputs of the version, from 1. */
  readonly inputs: (collectionId: string, version: number) => Properties;
  /** What the class marks as secret, so that the engine encrypts it. */
  readonly secret: readonly string[];
}

const SUBJECTS: readonly Subject[] = [
  {
    room: "Collection",
    verbs: (open) => handler(collection, open),
    inputs: (_id, version) => ({ name: `${NAME} ${version}`, owner: ownerOf("c"), resourceUrn: urn("c") }),
    secret: ["name", "nameInApi"],
  },
  {
    room: "Item",
    verbs: (open) => handler(item, open),
    inputs: (collectionId, version) => ({
      collectionId,
      content: CONTENT,
      description: `${NAME} ${version}`,
      contentHash: createHash("sha256").update(CONTENT).digest("hex"),
      owner: ownerOf("i"),
    }),
    secret: ["content", "contentHash", "description", "descriptionInApi"],
  },
  {
    room: "File",
    verbs: (open) => handler(file, open),
    inputs: (collectionId) => ({
      collectionId,
      source: asset(CONTENT),
      filename: NAME,
      owner: ownerOf("f"),
      ingestionTimeoutSeconds: 1,
    }),
    secret: ["source", "contentHash", "filename", "filenameInApi"],
  },
  {
    room: "Documents",
    verbs: (open) => handler(documents, open),
    inputs: (collectionId, version) => ({
      collectionId,
      source: {
        texts: asset(
          JSON.stringify([
            { name: NAME, text: `# ${HEADING}\n\n${CONTENT}\n\n## ${HEADING} again\n\nVersion ${version}.` },
          ]),
        ),
      },
      unmanaged: "report",
      verify: "all",
      maxDeletePercent: 100,
      owner: ownerOf("d"),
      resourceUrn: urn("d"),
    }),
    secret: ["source", "documents", "manifest"],
  },
  {
    room: "RetrievalTest",
    verbs: (open) => handler(retrievalTest, open),
    inputs: (collectionId, version) => ({
      collectionId,
      cases: [
        {
          query: `${CONTENT} ${version}`,
          expect: [{ document: NAME }, { section: HEADING }, { text: `${CONTENT} not` }],
        },
      ],
      deadlineSeconds: 0,
      resourceUrn: urn("t"),
    }),
    secret: ["cases", "casesHash"],
  },
];

let emulator: Emulator;
let odd: OddApi;
const home = mkdtempSync(join(tmpdir(), "canary-"));
const said: string[] = [];
const environment = {
  PULUMI_HOME: home,
  VULTR_INFERENCE_API_KEY: KEY,
  VULTR_INFERENCE_LOG: "debug",
  VULTR_INFERENCE_MAX_RETRIES: "0",
};

beforeAll(async () => {
  emulator = await startEmulator({ embeddings: "light", key: KEY });
  odd = await OddApi.before(emulator.url);
  Object.assign(process.env, environment, { VULTR_INFERENCE_BASE_URL: odd.url });
});
afterAll(async () => {
  for (const name of [...Object.keys(environment), "VULTR_INFERENCE_BASE_URL"])
    Reflect.deleteProperty(process.env, name);
  await odd.close();
  await emulator.close();
  rmSync(home, { recursive: true });
});
beforeEach(() => {
  said.length = 0;
  jest.spyOn(process.stderr, "write").mockImplementation((text) => Boolean(said.push(String(text))));
});
afterEach(() => {
  jest.restoreAllMocks();
  odd.oddness = {};
  emulator.faults.clear();
});

/** A session that has just begun, and waits for nothing. */
function newSession(): Session {
  let now = Date.now();
  return new Session(undefined, {
    now: () => now,
    sleep: (milliseconds) => Promise.resolve(void (now += milliseconds)),
  });
}

/** One resource as the engine calls it; all that comes out is noted, what is encrypted left out. */
class Played {
  readonly #verbs: Handler;
  #id = "";
  #state: Properties = {};
  #inputs: Properties = {};

  constructor(
    private readonly subject: Subject,
    private readonly collectionId: string,
    private readonly confidential: boolean,
    session = newSession(),
  ) {
    this.#verbs = subject.verbs(() => session);
  }

  async create(version: number): Promise<void> {
    const inputs = await this.#check(version);
    await this.#keeping(async () => {
      const { id, outs } = await this.#verbs.create(inputs);
      return { id, state: outs ?? {} };
    });
  }

  async update(version: number): Promise<void> {
    const inputs = await this.#check(version);
    await this.#noted(() => this.#verbs.diff(this.#id, this.#state, inputs));
    await this.#keeping(async () => ({
      id: this.#id,
      state: (await this.#verbs.update(this.#id, this.#state, inputs)).outs ?? {},
    }));
  }

  async refresh(): Promise<void> {
    const found = await this.#noted(async () => {
      const { id, props, inputs } = (await this.#verbs.read(this.#id, this.#state)) as {
        id: string;
        props?: Properties;
        inputs?: Properties;
      };
      return { id, props: this.#shown(props), inputs: this.#shown(inputs), whole: (): Properties | undefined => props };
    });
    this.#state = found?.whole() ?? this.#state;
  }

  async delete(): Promise<void> {
    await this.#noted(() => this.#verbs.delete(this.#id, this.#state));
  }

  async #check(version: number): Promise<Properties> {
    const news = {
      ...this.subject.inputs(this.collectionId, version),
      ...(this.confidential && { confidential: true }),
    };
    const checked = await this.#noted(async () => {
      const { inputs, failures } = (await this.#verbs.check(this.#inputs, news)) as {
        inputs: Properties;
        failures: unknown;
      };
      return { failures, inputs: this.#shown(inputs), whole: () => inputs };
    });
    return (this.#inputs = checked?.whole() ?? news);
  }

  async #keeping(verb: () => Promise<{ id: string; state: Properties }>): Promise<void> {
    try {
      ({ id: this.#id, state: this.#state } = await verb());
      said.push(JSON.stringify([this.#id, this.#shown(this.#state)]));
    } catch (error) {
      const {
        id,
        properties = {},
        message,
        stack,
        reasons,
      } = error as Error & { id?: string; properties?: Properties; reasons?: unknown };
      if (id !== undefined) [this.#id, this.#state] = [id, properties];
      said.push(JSON.stringify([id, this.#shown(properties), message, stack, reasons]));
    }
  }

  async #noted<T>(verb: () => Promise<T> | T): Promise<T | undefined> {
    try {
      const answer = await verb();
      said.push(JSON.stringify({ answer }));
      return answer;
    } catch (error) {
      said.push(String((error as Error).stack), (error as Error).message);
      return undefined;
    }
  }

  /** Of what a state holds, that which is not encrypted there. */
  #shown(values: Properties = {}): Properties {
    return this.confidential
      ? Object.fromEntries(Object.entries(values).filter(([name]) => !this.subject.secret.includes(name)))
      : values;
  }
}

/** What came out with a secret in it. */
function telling(...secrets: readonly string[]): string[] {
  return said.filter((text) => secrets.some((secret) => formsIn(text, secret).length > 0));
}

let shelves = 0;
async function shelf(): Promise<string> {
  const response = await fetch(`${emulator.url}/vector_store`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
    body: JSON.stringify({ name: `S${shelves++}` }),
  });
  return ((await response.json()) as { collection: { id: string } }).collection.id;
}

/** Something secret of others that a test of the same collection may meet. */
async function neighbour(collectionId: string): Promise<void> {
  const secret = SUBJECTS.find(({ room }) => room === "Item");
  if (secret) await new Played(secret, collectionId, true).create(9);
}

const STATUSES = [400, 404, 409, 422, 500, 503];

/** In what an API says it, and how often everything is tried with it. */
const WAYS: Readonly<Record<string, (text: string) => void>> = {
  "in errors": (text) => {
    for (const [index, status] of STATUSES.entries())
      emulator.faults.add({
        nth: Array.from({ length: 20 }, (_, round) => 1 + index + round * STATUSES.length),
        status,
        body: { error: { message: text, code: status, type: text } },
      });
  },
  "in all texts of its answers": (text) => void (odd.oddness = { answered: saying(text) }),
  "in the titles of its answers": (text) => void (odd.oddness = { answered: saying(text, { keepsTags: true }) }),
  "in ids": (text) => void (odd.oddness = { answered: saying(text, { ids: true, keepsTags: true }) }),
};

async function play(subject: Subject, confidential: boolean, misbehave: () => void): Promise<void> {
  odd.oddness = {};
  emulator.faults.clear();
  const collectionId = await shelf();
  await neighbour(collectionId);
  const [made, fresh] = [
    new Played(subject, collectionId, confidential),
    new Played(subject, collectionId, confidential),
  ];
  await made.create(1);
  misbehave();
  await made.refresh();
  await made.update(2);
  await fresh.create(3);
  await fresh.refresh();
  await made.delete();
}

/** Every form with SOAK=1; else another two each time. */
let taken = 0;
function some(forms: readonly string[]): readonly string[] {
  return process.env["SOAK"] === "1" ? forms : [0, 1].map(() => forms[taken++ % forms.length] ?? "");
}

describe.each(SUBJECTS)("$room: an API that repeats", (subject) => {
  describe.each(Object.keys(WAYS))("%s", (way) => {
    it.each(some(Object.keys(FORMS)))("the key %s makes it stand nowhere", async (form) => {
      await play(subject, false, () => WAYS[way]?.(`Key: ${FORMS[form]?.(KEY)}.`));
      expect(telling(KEY)).toEqual([]);
    });

    it.each(some(Object.keys(FORMS)))("what is secret %s makes it stand nowhere", async (form) => {
      // An id cannot be told from a name that looks like one.
      for (const secret of way === "in ids" ? [CONTENT] : [CONTENT, NAME])
        await play(subject, true, () => WAYS[way]?.(FORMS[form]?.(secret) ?? ""));
      expect(telling(CONTENT, NAME, HEADING)).toEqual([]);
    });
  });
});

const messages = [{ role: "user" as const, content: CONTENT }];
const model = "llama-3.3-70b-instruct-fp8";

/** Each function, called with something secret. */
const FUNCTIONS: Readonly<Record<string, (context: Context, collectionId: string) => Promise<unknown>>> = {
  search: (context, collectionId) => search.run(context, { collectionId, input: CONTENT }),
  chatCompletion: (context) => chatCompletion.run(context, { model, messages }),
  "chatCompletion of no such model": (context) => chatCompletion.run(context, { model: NAME, messages }),
  ragCompletion: (context, collectionId) => ragCompletion.run(context, { model, messages, collectionId }),
  speech: (context) => speech.run(context, { model: "bark-small", input: CONTENT, voice: NAME }),
  requestLogs: (context) => requestLogs.run(context, { period: 15, endpoint: `/${NAME}` }),
  findCollectionByName: (context) => findCollectionByName.run(context, { name: NAME }),
  getCollection: (context) => getCollection.run(context, { collectionId: CONTENT }),
  getItem: (context, collectionId) => getItem.run(context, { collectionId, itemId: NAME }),
  getFile: (context, collectionId) => getFile.run(context, { collectionId, fileId: NAME }),
  listItems: (context) => listItems.run(context, { collectionId: NAME }),
  listFiles: (context) => listFiles.run(context, { collectionId: NAME }),
  listCollections: (context) => listCollections.run(context, {}),
  listModels: (context) => listModels.run(context, {}),
  listVoices: (context) => listVoices.run(context, {}),
};

describe.each(Object.entries(FUNCTIONS))("%s: an API that repeats", (_name, call) => {
  describe.each(["in errors", "in all texts of its answers"])("%s", (way) => {
    /** What a program gets; of a secret answer nothing but its errors can be seen. */
    const noted = async (confidential: boolean, text: string): Promise<void> => {
      const collectionId = await shelf();
      const context = newSession().context(() => undefined, confidential);
      WAYS[way]?.(text);
      await call(context, collectionId).then(
        (answer) => confidential || said.push(JSON.stringify(answer)),
        (error: unknown) => said.push(inspect(error)),
      );
    };

    it.each(some(Object.keys(FORMS)))("the key %s does not tell it", async (form) => {
      await noted(false, `Key: ${FORMS[form]?.(KEY)}.`);
      expect(telling(KEY)).toEqual([]);
    });

    it.each(some(Object.keys(FORMS)))("what is secret %s does not tell it", async (form) => {
      await noted(true, FORMS[form]?.(CONTENT) ?? "");
      expect(telling(CONTENT, NAME)).toEqual([]);
    });
  });
});

it("What the API calls the items of a secret file is not told by a test that is not secret itself", async () => {
  const [file, retrieval] = [
    SUBJECTS.find(({ room }) => room === "File"),
    SUBJECTS.find(({ room }) => room === "RetrievalTest"),
  ];
  if (!file || !retrieval) throw new Error("There is none.");
  const collectionId = await shelf();
  const session = newSession();
  await new Played(file, collectionId, true, session).create(1);
  odd.oddness = { answered: saying(NAME) };
  said.length = 0;
  const asked = {
    ...retrieval,
    inputs: () => ({
      collectionId,
      cases: [{ query: "What opens?", expect: { text: "nothing of it" } }],
      deadlineSeconds: 0,
    }),
  };
  await new Played(asked, collectionId, false, session).create(1);
  expect(said.join("\n")).toContain("instead: item ");
  expect(telling(CONTENT, NAME)).toEqual([]);
});

it("In the journal of creations none of it was to be found", () => {
  expect([KEY, CONTENT, NAME].flatMap((secret) => filesWith(home, secret))).toEqual([]);
});
