import type { getDocumentProxy as GetDocumentProxy } from "unpdf";
import type { Field } from "../../tree.js";
import { clean } from "../decode.js";
import { linesOf, type Run } from "./lines.js";
import type { Mark, PrintedDocument, PrintedPage } from "./page.js";

type Proxy = Awaited<ReturnType<typeof GetDocumentProxy>>;
type ProxyOfPage = Awaited<ReturnType<Proxy["getPage"]>>;

/** What programs write for a title when they have none, and names of files. */
const NO_TITLE =
  /^(?:untitled.*|unknown|document\d*|slide \d+|(?:microsoft \w+ - )?[^\s]*\.\w{2,5}|microsoft \w+ - .*|\W*)$/iu;

/** Takes a PDF apart. @throws Error of the library's where it cannot be read. */
export async function printed(bytes: Uint8Array): Promise<PrintedDocument> {
  const { getDocumentProxy } = await import("unpdf");
  // The library takes no Buffer, and keeps what it takes.
  const pdf = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 });
  try {
    const pages: PrintedPage[] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      pages.push(await pageOf(page, number));
      page.cleanup();
    }
    return { title: await titleOf(pdf), marks: await marksOf(pdf), pages };
  } finally {
    await pdf.destroy();
  }
}

async function titleOf(pdf: Proxy): Promise<string | undefined> {
  const { info } = await pdf.getMetadata();
  const { Title: title } = info as Readonly<Record<string, unknown>>;
  const text = typeof title === "string" ? oneLine(title) : "";
  return NO_TITLE.test(text) ? undefined : text;
}

async function pageOf(page: ProxyOfPage, number: number): Promise<PrintedPage> {
  const { items, styles } = await page.getTextContent();
  const runs = items.flatMap((item): Run[] => {
    if (!("str" in item)) return [];
    const [a = 0, b = 0, , , x = 0, y = 0] = item.transform as number[];
    const isMonospaced = styles[item.fontName]?.fontFamily === "monospace";
    return [{ text: item.str, x, y, width: item.width, size: Math.hypot(a, b) || item.height, isMonospaced }];
  });
  const lines = linesOf(runs);
  const [, bottom = 0, , top = 0] = page.view;
  const fields = await fieldsOf(page);
  return { number, height: top - bottom, lines, fields, hasPicture: lines.length === 0 && (await hasPicture(page)) };
}

/** What is filled into a form, but for passwords, and notes that are printed. */
async function fieldsOf(page: ProxyOfPage): Promise<Field[]> {
  const annotations = (await page.getAnnotations()) as readonly Readonly<Record<string, unknown>>[];
  return annotations.flatMap((annotation): Field[] => {
    if (annotation["subtype"] === "FreeText")
      return fieldOf(undefined, (annotation["contentsObj"] as { str?: unknown } | undefined)?.str);
    if (annotation["subtype"] !== "Widget" || annotation["password"] === true || annotation["hidden"] === true)
      return [];
    const name = [annotation["alternativeText"], annotation["fieldName"]].find(
      (text) => typeof text === "string" && text.trim() !== "",
    );
    const value = annotation["fieldValue"];
    const isChoice = annotation["checkBox"] === true || annotation["radioButton"] === true;
    if (isChoice && (value === "Off" || (annotation["radioButton"] === true && value !== annotation["buttonValue"])))
      return [];
    return fieldOf(name, Array.isArray(value) ? value.join(", ") : value);
  });
}

function fieldOf(name: unknown, value: unknown): Field[] {
  if (typeof value !== "string" || value.trim() === "") return [];
  return [
    typeof name === "string" ? { name: oneLine(name), value: clean(value).trim() } : { value: clean(value).trim() },
  ];
}

async function hasPicture(page: ProxyOfPage): Promise<boolean> {
  const { getResolvedPDFJS } = await import("unpdf");
  const { OPS } = await getResolvedPDFJS();
  const { fnArray } = await page.getOperatorList();
  return fnArray.some(
    (code) =>
      code === OPS.paintImageXObject || code === OPS.paintInlineImageXObject || code === OPS.paintImageMaskXObject,
  );
}

interface OutlineEntry {
  readonly title: string;
  readonly dest: string | readonly unknown[] | null;
  readonly items: readonly OutlineEntry[];
}

/** So many levels of an outline are headings; what is deeper is one of the last. */
const DEEPEST = 20;

async function marksOf(pdf: Proxy): Promise<Mark[]> {
  const marks: Mark[] = [];
  const visit = async (entries: readonly OutlineEntry[], level: number): Promise<void> => {
    for (const { title, dest, items } of entries) {
      const place = await placeOf(pdf, dest);
      if (place && oneLine(title) !== "") marks.push({ title: oneLine(title), level, ...place });
      await visit(items, Math.min(level + 1, DEEPEST));
    }
  };
  const outline: unknown = await pdf.getOutline();
  if (Array.isArray(outline)) await visit(outline as readonly OutlineEntry[], 1);
  return marks;
}

/** Where an entry leads; nothing where that is nowhere in the document. */
async function placeOf(
  pdf: Proxy,
  dest: OutlineEntry["dest"],
): Promise<{ page: number; y: number | undefined } | undefined> {
  try {
    const target: readonly unknown[] | null = typeof dest === "string" ? await pdf.getDestination(dest) : dest;
    const [reference, kind, first, second] = target ?? [];
    if (reference === undefined || reference === null) return undefined;
    const index =
      typeof reference === "number"
        ? reference
        : await pdf.getPageIndex(reference as Parameters<Proxy["getPageIndex"]>[0]);
    const { name } = (kind ?? {}) as { name?: string };
    const y = name === "XYZ" ? second : name === "FitH" || name === "FitBH" ? first : undefined;
    return { page: index + 1, y: typeof y === "number" ? y : undefined };
  } catch {
    return undefined;
  }
}

const oneLine = (text: string): string => clean(text).replace(/\s+/gu, " ").trim();
