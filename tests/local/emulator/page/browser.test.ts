import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { browse } from "../../../../cli/browse/server";
import type { ShownTest } from "../../../../cli/browse/tests";
import { openPage } from "../../../../cli/open-page";
import { createClient } from "../../../../provider/client/index";
import { startEmulator, type Emulator } from "../../../../local/emulator/index";
import { ownerOf } from "../../../../provider/ownership/tag";
import { chunkDescription } from "../../../support/tags";

/** A browser of this machine, where there is one. */
const BROWSER = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
  .flatMap((name) => (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name)))
  .find((path) => existsSync(path));
/** SCREENSHOTS=<folder> writes them. */
const PICTURES = process.env["SCREENSHOTS"];

const HOSTILE = `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`;
const TEXTS = [
  [
    "returns.md › Returns › Deadline",
    "Deadline\n\nSend anything back within thirty days. The day on which the parcel arrives does not count.",
  ],
  ["returns.md › Returns › Costs", "Costs\n\nWe pay for the parcel where something was broken, else you do."],
  ["delivery.md › Delivery", "Delivery\n\nParcels leave the house on weekdays before noon and arrive on the next day."],
  ["gifts.md › Gifts", "Gifts\n\nA gift can be exchanged without the receipt until the end of January."],
] as const;

function shownTest(passed: boolean, query: string, instead: readonly string[] = []): ShownTest {
  const rank = passed ? 1 : undefined;
  return {
    name: "answers",
    collection: "handbook",
    passed,
    recall: rank ?? 0,
    minRecall: 1,
    mrr: rank ?? 0,
    isSecret: false,
    ranAt: undefined,
    cases: [{ query, expected: ["returns.md › Costs"], topK: 3, passed, rank, instead }],
  };
}

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
    page.on(
      "request",
      (request) =>
        new URL(request.url()).origin === new URL(emulator.url).origin ||
        request.url().startsWith("data:") ||
        foreign.push(request.url()),
    );
    await page.goto(emulator.page);
  });
  afterAll(async () => {
    await browser.close();
    await emulator.close();
  });

  async function picture(name: string): Promise<void> {
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `page-${name}.png`) });
  }

  const text = (selector: string): Promise<string> => page.locator(selector).innerText();
  const client = () => createClient({ apiKey: emulator.key, baseUrl: emulator.url });

  it("takes the key out of the address", async () => {
    await page.getByText("None yet.").waitFor();
    expect(page.url()).not.toContain("key");
  });

  it("shows a deployment as it arrives, its documents, who manages them, and their chunks", async () => {
    const api = client();
    await api.collections.create({ name: "Handbook" });
    for (const [title, content] of TEXTS)
      await api.items.add("handbook", {
        content,
        description: chunkDescription(ownerOf("urn"), "a.md", content, title),
      });
    await page.locator("#collections", { hasText: "4 chunks" }).waitFor();
    expect(await text("#collections")).toMatch(/Handbook\s+handbook · 4 chunks/u);
    await page.locator("#documentRows tr").nth(2).waitFor();
    expect(await text("#documentRows")).toMatch(/returns\.md\s+2\s+Documents/u);
    await page.getByRole("link", { name: "returns.md" }).click();
    await page.locator("#chunks li").nth(1).waitFor();
    expect(await text("#chunks")).toMatch(/within thirty days\. The day on which[^]*else you do/u);
    await picture("documents");
  });

  it("comes back to what an address names", async () => {
    const address = page.url();
    const other = await browser.newPage();
    await other.goto(emulator.page);
    await other.goto(address);
    await other.locator("#chunks li").nth(1).waitFor();
    await other.close();
    await page.goBack();
    await page.locator("#documentRows tr").first().waitFor();
  });

  it("takes files that are dropped or chosen, and shows them in each of their states", async () => {
    await page.getByLabel("Drop files here").setInputFiles({
      name: "opening-hours.md",
      mimeType: "text/markdown",
      buffer: Buffer.from("# Opening hours\n\nWeekdays from eight to six."),
    });
    await page.locator("#uploaded", { hasText: "opening-hours.md is in the queue." }).waitFor();
    await page.getByRole("link", { name: "Queue" }).click();
    for (const state of ["enqueued", "processing", "completed"])
      await page.locator("#fileRows", { hasText: state }).waitFor();
    expect(await text("#fileRows")).toMatch(/opening-hours\.md\s+handbook\s+completed\s+1/u);
  });

  it("searches with the keyboard alone, with scores and the words that fit", async () => {
    await page.getByRole("link", { name: "Search", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.locator("#panes input").focus();
    await page.keyboard.type("Who pays for a parcel?");
    await page.keyboard.press("Enter");
    await page.locator(".results .hit").first().waitFor();
    const [first] = await page.locator(".hit").allInnerTexts();
    expect(first).toMatch(/^1\s+returns\.md › Returns › Costs\s+0\.\d{3}/u);
    expect(await page.locator(".hit").first().locator("mark").allInnerTexts()).toEqual(["pay", "parcel"]);
  });

  it("shows two questions side by side", async () => {
    await page.getByRole("button", { name: "Compare" }).click();
    await page.locator("#panes input").nth(1).fill("When do parcels arrive?");
    await page.locator("#panes input").nth(1).press("Enter");
    await page.locator(".pane").nth(1).locator(".hit", { hasText: "Parcels leave the house" }).first().waitFor();
    expect(page.url()).toContain("q2=When+do+parcels+arrive");
    await picture("search");
    await page.getByRole("button", { name: "Only one" }).click();
    await page.locator(".pane").nth(1).waitFor({ state: "detached" });
  });

  it("answers, and shows the chunks that the answer stands on", async () => {
    await page.getByRole("link", { name: "Answer", exact: true }).click();
    await page.getByLabel("Question").fill("Until when can a gift be exchanged?");
    await page.keyboard.press("Enter");
    await page.locator("#answered .hit").first().waitFor();
    expect(await text("#answered")).toMatch(
      /^From the documents: A gift can be exchanged[^]*It stands on[^]*gifts\.md › Gifts/u,
    );
  });

  it("shows requests with their bodies, and filters them", async () => {
    await client().search("handbook", { input: "gifts" });
    await expect(client().items.get("handbook", "nowhere")).rejects.toThrow();
    await page.getByRole("link", { name: "Requests" }).click();
    await page.locator("#requestRows li", { hasText: "404" }).waitFor();
    expect(await page.locator("#requestRows li").count()).toBe(emulator.journal.length);
    await page.getByLabel("failed only").check();
    expect(await page.locator("#requestRows li").count()).toBe(1);
    await page.getByLabel("failed only").uncheck();
    await page.getByLabel("Filter").fill("gifts");
    await page.locator("#requestRows summary", { hasText: "/search" }).click();
    await page.locator("#requestRows pre").first().waitFor();
    expect((await page.locator("#requestRows pre").allInnerTexts())[0]).toBe('{\n  "input": "gifts"\n}');
    expect(page.url()).toContain("w=gifts");
    await picture("requests");
    await page.getByLabel("Filter").fill("");
    await page.getByRole("link", { name: "Search", exact: true }).click();
    await page.locator("#asked a", { hasText: "gifts" }).waitFor();
  });

  it("is readable on a phone and in the dark", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(background).toBe("rgb(20, 24, 31)");
    await page.locator("#asked a").first().click();
    await page.locator(".hit").first().waitFor();
    await picture("dark");
    await page.setViewportSize({ width: 360, height: 740 });
    const rows = await page
      .locator("#tabs a:visible")
      .evaluateAll((tabs) => tabs.map((tab) => tab.getBoundingClientRect().top));
    expect(new Set(rows).size).toBe(1);
    for (const view of ["documents", "search", "answer", "requests", "queue"]) {
      await page.locator(`#tabs [data-view=${view}]`).click();
      await page.locator(`#${view}:not([hidden])`).waitFor();
      expect([view, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([view, 360]);
      await picture(`phone-${view}`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it("shows markup and scripts as the text that they are", async () => {
    await client().items.add("handbook", { content: HOSTILE, description: HOSTILE });
    await page.locator("#tabs [data-view=documents]").click();
    await page.locator("#documentRows tr", { hasText: HOSTILE }).waitFor();
    expect(await page.locator("#documentRows tr").last().innerText()).toMatch(/nobody$/u);
    await page.getByRole("link", { name: HOSTILE }).click();
    await page.locator("#chunks li", { hasText: HOSTILE }).waitFor();
    await page.locator("#tabs [data-view=search]").click();
    await page.locator("#panes input").fill("broken document title");
    await page.keyboard.press("Enter");
    await page.locator(".hit", { hasText: HOSTILE }).waitFor();
    await page.goto(
      `${new URL(emulator.url).origin}/#/search?c=${encodeURIComponent(HOSTILE)}&q=${encodeURIComponent(HOSTILE)}`,
    );
    await page.locator(".hit").first().waitFor();
  });

  it("asks for the key where it has none, or a wrong one", async () => {
    const other = await browser.newPage();
    await other.goto(new URL(emulator.url).origin);
    await other.getByText("The key is needed.").waitFor();
    await other.getByLabel("Key").fill("another");
    await other.keyboard.press("Enter");
    await other.getByText("does not know this key").waitFor();
    await other.goto(emulator.page);
    await other.getByRole("link", { name: "Handbook" }).first().waitFor();
    expect(other.url()).not.toContain("key");
    await other.close();
  });

  it("opens once by an address that does not have the key in it", async () => {
    const addresses: string[] = [];
    await openPage(emulator.page, (address) => void addresses.push(address));
    const [address = ""] = addresses;
    expect(address).not.toContain(emulator.key);
    const other = await browser.newPage();
    await other.goto(address);
    await other.getByRole("link", { name: "Handbook" }).first().waitFor();
    await expect(other.goto(address)).rejects.toThrow("ERR_CONNECTION_REFUSED");
    await other.close();
  });

  it("shows an account read-only, with nothing of what the emulator alone has", async () => {
    const tests = [shownTest(true, "Who pays for a parcel?"), shownTest(false, HOSTILE, ["delivery.md"])];
    const browsing = await browse(client(), "api.example", 0, () => Promise.resolve(tests));
    const other = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    other.on("pageerror", (error) => problems.push(error.message));
    await other.goto(browsing.page);
    await other.locator("#documentRows tr", { hasText: "returns.md" }).waitFor();
    expect(other.url()).not.toContain("key");
    expect(await other.locator("#tabs a:visible").allInnerTexts()).toEqual(["Documents", "Search", "Tests"]);
    expect(await other.locator("#drop:visible").count()).toBe(0);
    expect(await other.locator("header").innerText()).toMatch(/read-only[^]*api\.example/u);
    await other.getByRole("link", { name: "returns.md" }).click();
    await other.locator("#chunks li", { hasText: "else you do" }).waitFor();
    await other.getByRole("link", { name: "Search", exact: true }).click();
    await other.getByText("costs the tokens").waitFor();
    await other.locator("#panes input").fill("Who pays for a parcel?");
    await other.keyboard.press("Enter");
    await other.locator(".hit mark").first().waitFor();
    expect(await other.locator(".meter").count()).toBe(0);
    if (PICTURES !== undefined) await other.screenshot({ path: join(PICTURES, "page-account.png") });
    await other.getByRole("link", { name: "Tests" }).click();
    await other.locator("#tests tbody tr").nth(1).waitFor();
    expect(await other.locator("#tests h2").allInnerTexts()).toEqual(["answers passed", "answers failed"]);
    expect(await other.locator("#tests tbody tr").allInnerTexts()).toEqual([
      expect.stringMatching(/Who pays for a parcel\?\s+expects returns\.md › Costs\s+1\s+found/u),
      expect.stringMatching(/<img src=x[^]*instead came delivery\.md\s+–\s+not all in the top 3/u),
    ]);
    if (PICTURES !== undefined) await other.screenshot({ path: join(PICTURES, "page-tests.png") });
    await other.getByRole("link", { name: "Who pays for a parcel?" }).click();
    await other.locator(".hit mark").first().waitFor();
    await browsing.close();
    await other.getByRole("link", { name: "Documents", exact: true }).click();
    await other.getByText("The command browse has ended.").waitFor();
    await other.close();
  });

  it("ran nothing of what the API holds, asked nobody else, and had nothing to complain of", async () => {
    expect(await page.title()).toBe("Emulator");
    expect(foreign).toEqual([]);
    expect(problems).toEqual([]);
  });
});
