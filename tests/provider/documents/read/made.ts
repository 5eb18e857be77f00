import { crc32, deflateRawSync, deflateSync } from "node:zlib";

/** An archive of deflated parts. */
export function zip(parts: Readonly<Record<string, Buffer>>): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const data = deflateRawSync(content);
    const sum = crcOf(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(sum, 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, Buffer.from(name), data]);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(offset, 10);
    entries.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, end, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const table = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, table, end]);
}

/** Node has it from 20.15 on; the types of an earlier one do not know it. */
function crcOf(content: Buffer): number {
  return (crc32 as (data: Buffer) => number)(content);
}

/** A Word document of its text and its styles. */
export function wordDocument(document: string, styles: string): Buffer {
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" ` +
    `Target="${target}"/>`;
  const relations = (all: string): Buffer =>
    Buffer.from(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all}</Relationships>`,
    );
  return zip({
    "[Content_Types].xml": Buffer.from(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ' +
        'ContentType="application/xml"/></Types>',
    ),
    "_rels/.rels": relations(relation("r1", "officeDocument", "word/document.xml")),
    "word/_rels/document.xml.rels": relations(relation("r2", "styles", "styles.xml")),
    "word/styles.xml": Buffer.from(styles),
    "word/document.xml": Buffer.from(document),
  });
}

/** A page of a PDF: a text, a picture alone, or what takes so many bytes once it is unpacked. */
export type Leaf = string | { readonly picture: true } | { readonly bomb: number };

/** What a PDF has beside its pages. */
export interface Extras {
  /** Whether it asks for a password. */
  readonly encrypted?: boolean;
  readonly title?: string;
  /** Titles, and the pages that they are of. */
  readonly outline?: readonly (readonly [title: string, page: number])[];
  /** A form's field on the first page, with what is filled in. */
  readonly field?: readonly [name: string, value: string];
}

/** A PDF of a page for each leaf. */
export function pdf(leaves: readonly Leaf[], { encrypted = false, title, outline = [], field }: Extras = {}): Buffer {
  const objects: string[] = ["", ""];
  const add = (object: string): string => `${objects.push(object)} 0 R`;
  const stream = (dictionary: string, content: string): string =>
    add(`<< ${dictionary} /Length ${content.length} >>\nstream\n${content}\nendstream`);
  const font = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  const widget =
    field && add(`<< /Type /Annot /Subtype /Widget /FT /Tx /T (${field[0]}) /V (${field[1]}) /Rect [0 0 9 9] >>`);
  const pages = leaves.map((leaf, index) => {
    const picture =
      typeof leaf === "object" && "picture" in leaf
        ? stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x")
        : undefined;
    const content = picture ? "/Im Do" : `BT /F1 12 Tf 72 720 Td (${typeof leaf === "string" ? leaf : ""}) Tj ET`;
    const isBomb = typeof leaf === "object" && "bomb" in leaf;
    const contents = isBomb
      ? stream("/Filter /FlateDecode", deflateSync(Buffer.alloc(leaf.bomb, "0 ")).toString("latin1"))
      : stream("", content);
    const annotations = index === 0 && widget !== undefined ? `/Annots [${widget}]` : "";
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${contents} ${annotations} /Resources << ` +
        `/Font << /F1 ${font} >> ${picture ? `/XObject << /Im ${picture} >>` : ""} >> >>`,
    );
  });
  const items = outline.map(([name, page]) =>
    add(`<< /Title (${name}) /Parent 0 0 R /Dest [${pages[page - 1]} /XYZ 0 792 0] >>`),
  );
  const marks =
    items.length === 0
      ? ""
      : `/Outlines ${add(`<< /Type /Outlines /First ${items[0]} /Last ${items.at(-1)} /Count ${items.length} >>`)}`;
  const info = title === undefined ? "" : `/Info ${add(`<< /Title (${title}) >>`)}`;
  objects[0] =
    `<< /Type /Catalog /Pages 2 0 R ${marks} ${widget === undefined ? "" : `/AcroForm << /Fields [${widget}] >>`} ` +
    ">>";
  objects[1] = `<< /Type /Pages /Kids [${pages.join(" ")}] /Count ${pages.length} >>`;
  return written(objects, `${info} ${encrypted ? ENCRYPTED : ""}`);
}

const ENCRYPTED =
  `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${"ab".repeat(32)}> /U <${"cd".repeat(32)}> /P -4 >> /ID ` +
  `[<${"01".repeat(16)}> <${"01".repeat(16)}>]`;

function written(objects: readonly string[], trailer: string): Buffer {
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  return Buffer.from(
    `${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} ` +
      `/Root 1 0 R ${trailer} >>\nstartxref\n${text.length}\n%%EOF\n`,
    "latin1",
  );
}
