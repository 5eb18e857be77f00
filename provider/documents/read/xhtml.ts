import type { DocumentTree } from "../tree.js";
import { html } from "./html.js";

const CDATA = /<!\[CDATA\[(.*?)\]\]>/gsu;
const CLOSED = /<([a-z][\w:.-]*)((?:\s[^<>]*?)?)\/>/giu;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/iu;

/**
 * XHTML, which unlike HTML closes any element by a sign in its tag, and has sections of plain text.
 *
 * @throws DocumentError as `html` does.
 */
export function xhtml(source: string): Promise<DocumentTree> {
  const text = source.replace(CDATA, (_, inner: string) => inner.replaceAll("&", "&amp;").replaceAll("<", "&lt;"));
  return html(
    text.replace(CLOSED, (whole, name: string, attributes: string) =>
      VOID.test(name) ? whole : `<${name}${attributes}></${name}>`,
    ),
  );
}
