import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { createClient } from "../../../../provider/client/index";
import { startEmulator, type Emulator } from "../../../../local/emulator/index";
import { ownerOf } from "../../../../provider/ownership/tag";
import { itemDescription } from "../../../support/tags";

/** A browser of this machine, where there is one. */
const BROWSER = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
  .flatMap((name) => (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name)))
  .find((path) => existsSync(path));
/** SCREENSHOTS=1 writes those of the docs. */
const PICTURES = join(__dirname, "../../../../docs/images");

const HOSTILE = `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`;
const TEXTS = [
  ["returns.md › Returns › Deadline", "Deadline\n\nSend anything back within thirty days. The day on which the parcel arrives does not count."],
  ["returns.md › Returns › Costs", "Costs\n\nWe pay for the parcel where something was broken, else you do."],
  ["delivery.md › Delivery", "Delivery\n\nParcels leave the house on weekdays before noon and arrive on the next day."],
  ["gifts.md › Gifts", "Gifts\n\nA gift can be exchanged without the receipt until the end of January."],
] as const;

(BROWSER === undefined ? describe.skip : describe)("in a browser", () => {
  let emulator: Emulator;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];
  const foreign: string[] = [];

  beforeAll(async () => {
    emulator = await startEmulator({ embeddings: "light", ingestionStageMs: 1_500 });
    browser = await chromium.launch({ executablePath: BROWSER ?? "", args: ["--no-sandbox"] });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("request", (request) => new URL(request.url()).origin === new URL(emulator.url).origin || request.url().startsWith("data:") || foreign.push(request.url()));
    await page.goto(emulator.page);
  });
  afterAll(async () => {
    await browser.close();
    await emulator.close();
  });

  const text = (selector: string): Promise<string> => page.locator(selector).innerText();
  const client = () => createClient({ apiKey: emulator.key, baseUrl: emulator.url });

  it("takes the key out of the address", async () => {
    await page.getByText("None yet.").waitFor();
    expect(page.url()).toBe(`${new URL(emulator.url).origin}/`);
  });

  it("shows a deployment as it arrives, and who manages what", async () => {
    const api = client();
    await api.collections.create({ name: "Handbook" });
    for (const [title, content] of TEXTS) await api.items.add("handbook", { content, description: itemDescription(ownerOf("urn"), content, title) });
    await page.locator("#items tr").nth(TEXTS.length - 1).waitFor();
    expect(await text("#collections")).toMatch(/Handbook\s+handbook · 4 items/u);
    const rows = await page.locator("#items tr").allInnerTexts();
    expect(rows.at(-1)).toMatch(/^returns\.md › Returns › Deadline[^]*Item/u);
    expect(await page.locator("#requests li").first().innerText()).toMatch(/201 POST \/vector_store\/handbook\/items$/u);
  });

  it("shows a file in each of its states", async () => {
    await client().files.add("handbook", { filename: "opening-hours.md", source: Buffer.from("# Opening hours\n\nWeekdays from eight to six.") });
    for (const state of ["enqueued", "processing", "completed"]) await page.locator("#files", { hasText: state }).waitFor();
    expect(await text("#files")).toMatch(/opening-hours\.md\s+completed\s+1/u);
  });

  it("searches, with the keyboard alone", async () => {
    await page.locator("#collections button").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.type("Can I send something back?");
    await page.keyboard.press("Enter");
    await page.locator("#results li").first().waitFor();
    expect((await page.locator("#results li").allInnerTexts())[0]).toMatch(/^returns\.md › Returns › Deadline/u);
  });

  it("is readable on a phone and in the dark", async () => {
    if (process.env["SCREENSHOTS"] === "1") {
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, "page-light.png") });
    }
    await page.emulateMedia({ colorScheme: "dark" });
    const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(background).toBe("rgb(20, 24, 31)");
    if (process.env["SCREENSHOTS"] === "1") await page.screenshot({ path: join(PICTURES, "page-dark.png") });
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  });

  it("shows markup and scripts as the text that they are", async () => {
    await client().items.add("handbook", { content: HOSTILE, description: HOSTILE });
    await page.locator("#items tr", { hasText: HOSTILE }).waitFor();
    await page.getByLabel("Search").fill("broken document title");
    await page.keyboard.press("Enter");
    await page.locator("#results li", { hasText: HOSTILE }).waitFor();
    expect(await page.locator("#items tr").first().innerText()).toMatch(/nobody$/u);
  });

  it("shows each request once, however fast somebody clicks", async () => {
    for (let time = 0; time < 5; time++) {
      await page.locator("#collections button").click();
      await client().collections.list();
    }
    const shown = page.locator("#requests li");
    await shown.nth(emulator.journal.length - 1).waitFor();
    expect(await shown.count()).toBe(emulator.journal.length);
  });

  it("asks for the key where it has none, or a wrong one", async () => {
    const other = await browser.newPage();
    await other.goto(new URL(emulator.url).origin);
    await other.getByText("The key is needed.").waitFor();
    await other.getByLabel("Key").fill("another");
    await other.keyboard.press("Enter");
    await other.getByText("does not know this key").waitFor();
    await other.goto(emulator.page);
    await other.getByRole("button", { name: "Handbook" }).waitFor();
    expect(other.url()).not.toContain("#");
    await other.close();
  });

  it("ran nothing of what the API holds, asked nobody else, and had nothing to complain of", async () => {
    expect(await page.title()).toBe("Emulator");
    expect(foreign).toEqual([]);
    expect(problems).toEqual([]);
  });
});
