const RUN = /<w:r(?:\s[^>]*)?>\s*<w:rPr>((?:(?!<\/w:rPr>).)*)<\/w:rPr>(?:(?!<w:r[\s>]|<\/w:r>).)*<\/w:r>/gsu;
const HIDDEN = /<w:(?:vanish|webHidden)(?:\s+w:val="(?:1|true|on)")?\s*\/>/u;

const SETTINGS = /<w:pPr>((?:(?!<\/w:pPr>).)*<w:outlineLvl\s+w:val="([0-8])"\s*\/>(?:(?!<\/w:pPr>).)*)<\/w:pPr>/gsu;

/** The id of a style for paragraphs that are a heading by themselves, of level 1 to 9. */
export const outlineStyle = (level: number): string => `outline-level-${level}`;

/**
 * A part of a Word document without its hidden text, with a style for each paragraph that has an outline's level of its
 * own.
 */
export function visible(xml: string): string {
  const shown =
    xml.includes("<w:vanish") || xml.includes("<w:webHidden")
      ? xml.replace(RUN, (run, settings: string) => (HIDDEN.test(settings) ? "" : run))
      : xml;
  if (!shown.includes("<w:outlineLvl")) return shown;
  return shown.replace(
    SETTINGS,
    (_, settings: string, level: string) =>
      "<w:pPr><w:pStyle " +
      `w:val="${outlineStyle(Number(level) + 1)}"/>${settings.replace(/<w:pStyle\s[^>]*>/u, "")}</w:pPr>`,
  );
}
