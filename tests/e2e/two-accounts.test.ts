import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { startEmulator, type Emulator } from "../../local/emulator/index.js";
import { onEachEngine } from "../support/engines.js";
import { startExample } from "../support/example.js";
import { setSecret } from "../support/secret-config.js";
import { PASSPHRASE, type Rig } from "../support/stack.js";
import { filesWith, spellings } from "../support/traces.js";

const SHOP_KEY = "canary-shop-5Hd8Wq2Xv";
const PARTNER_KEYS = ["canary-partner-1Bn7Zk4Rt", "canary-partner-9Mc3Yp6Ls"] as const;

onEachEngine("The example with two accounts", (engine) => {
  let rig: Rig;
  let partner: Emulator;
  const shown: string[] = [];

  /** The partner's account with all that it holds, under a key. */
  const partnerWith = (key: string, port = 0): Promise<Emulator> =>
    startEmulator({ embeddings: "light", key, port, dataDir: join(rig.folder, "partner") });
  const setKey = (name: string, key: string): void =>
    setSecret(join(rig.folder, "project/Pulumi.test.yaml"), PASSPHRASE, `e2e:${name}`, key);

  beforeAll(async () => {
    const environment = {
      VULTR_INFERENCE_LOG: "debug",
      VULTR_INFERENCE_API_KEY: undefined,
      VULTR_INFERENCE_BASE_URL: undefined,
    };
    rig = await startExample(engine, "two-accounts", { emulator: { key: SHOP_KEY }, environment });
    partner = await partnerWith(PARTNER_KEYS[0]);
    await rig.stack.setAllConfig({ shopUrl: { value: rig.emulator.url }, partnerUrl: { value: partner.url } });
    setKey("shopKey", SHOP_KEY);
    setKey("partnerKey", PARTNER_KEYS[0]);
  });
  afterAll(async () => {
    await partner.close();
    await rig.close();
  });

  it("keeps each account's content in that account", async () => {
    const { steps, outputs, printed } = await rig.up();
    shown.push(printed);
    expect(steps).toEqual([
      "create Collection catalogue",
      "create Collection handbook",
      "create Item hours",
      "create Item lamp",
    ]);
    expect(outputs["collections"]?.value).toEqual({ shop: ["Handbook"], partner: ["Catalogue"] });
    expect(outputs["opening"]).toEqual({ value: "The shop opens at nine.", secret: false });
    expect((await rig.collections()).map(({ name }) => name)).toEqual(["Handbook"]);
    const operations = [...new Set(partner.journal.map(({ operation }) => operation))].sort();
    expect(operations).toEqual(["addItem", "createCollection", "getCollection", "listCollections", "listItems"]);
  });

  it("shows each request with method, path, status and time, and nothing of what was said", () => {
    const printed = shown.join("");
    expect(printed).toMatch(/vultr-inference debug: POST \/vector_store\/catalogue\/items -> 201 in \d+ ms/u);
    expect(printed).toMatch(/vultr-inference debug: POST \/vector_store\/handbook\/search -> 200 in \d+ ms/u);
    expect(printed).not.toContain("reading lamp");
  });

  it("takes a rotated key as an update of the provider in place, and touches nothing else", async () => {
    const port = Number(new URL(partner.url).port);
    await partner.close();
    partner = await partnerWith(PARTNER_KEYS[1], port);
    setKey("partnerKey", PARTNER_KEYS[1]);
    const before = rig.state();
    const { events, steps, printed } = await rig.up();
    shown.push(printed);
    expect(steps).toEqual([]);
    expect(changesOf(events)).toEqual(["update partner"]);
    expect(rig.state()).toEqual(before);
  });

  it("uses the rotated key from then on, also for what it destroys", async () => {
    shown.push((await rig.refresh()).printed, (await rig.destroy()).printed);
    expect(await rig.collections()).toEqual([]);
    expect(
      partner.journal.map(({ status }) => status).filter((status) => (status ?? 0) >= 400 && status !== 404),
    ).toEqual([]);
  });

  it("never wrote or printed a key", () => {
    const keys = [SHOP_KEY, ...PARTNER_KEYS];
    expect(
      keys.flatMap((key) => filesWith(rig.folder, key).filter((path) => !path.startsWith(join(rig.folder, "partner")))),
    ).toEqual([]);
    expect(keys.flatMap(spellings).filter((word) => shown.join("").includes(word))).toEqual([]);
  });
});

/** The steps of everything but the stack itself that was not left as it was. */
function changesOf(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ resOutputsEvent }) => {
    const { op, urn } = resOutputsEvent?.metadata ?? { op: "same", urn: "" };
    return op === "same" ? [] : [`${op} ${urn.split("::").at(-1) ?? ""}`];
  });
}
