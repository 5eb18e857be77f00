import { DocumentError } from "../document-error.js";
import type { DocumentTree } from "../tree.js";
import { hasEquations, withEquations } from "./docx/equations.js";
import { rewriter, STYLE_MAP, type WordElement } from "./docx/rewrite.js";
import { rolesOf } from "./docx/styles.js";
import { checkInflatedSize } from "./docx/zip.js";
import { visible } from "./docx/visible.js";
import { html } from "./html.js";
import { loneTitle } from "./markdown/title.js";

/** How an old Word document begins, and so does one with a password. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

/** The parts of a Word document that have text in them. */
const TEXTS = /^word\/(?:document|footnotes|endnotes)\.xml$/u;

/** mammoth writes captions beside their tables, and links from a note to where it is referred to. */
const CAPTION = /<p class="caption-of-table">(.*?)<\/p>(<table[^>]*>)/gsu;
const BACK_LINK = /<a href="#[^"]*-ref-\d+">↑<\/a>/gu;

/**
 * A Word document, as the page that mammoth makes of it: headings by their styles, tables, lists, notes. Equations are
 * written in a line.
 *
 * @throws DocumentError where it is encrypted, damaged, or too large unpacked.
 */
export async function docx(bytes: Uint8Array): Promise<DocumentTree> {
  if (COMPOUND.every((byte, index) => bytes[index] === byte)) {
    throw new DocumentError(
      "is a Word document with a password or of an old version: save it as DOCX without a password",
    );
  }
  checkInflatedSize(bytes);
  const { page, title, objects } = await pageOf(bytes);
  const tree = await html(page.replaceAll(BACK_LINK, "").replaceAll(CAPTION, "$2<caption>$1</caption>"));
  const warnings =
    objects === 0
      ? []
      : [
          `has ${objects === 1 ? "an equation" : `${objects} equations`} of an old version, which cannot be ` +
            "read: convert them in Word to have them found",
        ];
  const known = title || loneTitle(tree.blocks);
  return {
    blocks: tree.blocks,
    ...(known !== undefined && { title: known }),
    ...(warnings.length > 0 && { warnings }),
  };
}

async function pageOf(bytes: Uint8Array): Promise<{ page: string; title: string; objects: number }> {
  const { default: mammoth } = await import("mammoth");
  try {
    const { buffer, styles, objects } = await prepared(bytes);
    const { rewrite, title } = rewriter(rolesOf(styles));
    const { value } = await mammoth.convertToHtml(
      { buffer },
      {
        // Pictures would come as text otherwise.
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })),
        styleMap: [...STYLE_MAP],
        transformDocument: (document) => rewrite(document as WordElement),
      },
    );
    return { page: value, title: title(), objects };
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new DocumentError(
      `is no readable DOCX: ${(error as Error).message.replace(/\.$/u, "")}. Save it again as DOCX, or exclude it`,
    );
  }
}

/**
 * The document without what is hidden in it, with its equations as text, its styles, and how many equations are kept as
 * pictures of another program.
 */
async function prepared(bytes: Uint8Array): Promise<{ buffer: Buffer; styles: string; objects: number }> {
  const { default: Zip } = await import("jszip");
  const archive = await Zip.loadAsync(bytes);
  let objects = 0;
  let isChanged = false;
  for (const [name, file] of Object.entries(archive.files)) {
    if (!TEXTS.test(name)) continue;
    const xml = await file.async("string");
    objects += xml.match(/ProgID="Equation/gu)?.length ?? 0;
    const shown = visible(xml);
    const written = hasEquations(shown) ? await withEquations(shown) : shown;
    if (written === xml) continue;
    archive.file(name, written);
    isChanged = true;
  }
  const styles = (await archive.file("word/styles.xml")?.async("string")) ?? "";
  return {
    buffer: isChanged ? await archive.generateAsync({ type: "nodebuffer" }) : Buffer.from(bytes),
    styles,
    objects,
  };
}
