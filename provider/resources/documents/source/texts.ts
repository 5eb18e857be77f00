import { nameProblem, twins } from "./names.js";
import { sorted, type Listed, type SourceProblem } from "./source-document.js";

/** A document in the program itself. */
export interface InlineText {
  /** Its ending says how the text is read; without one it is Markdown. */
  readonly name: string;
  readonly text: string;
}

/** The texts as documents. */
export function listTexts(texts: readonly InlineText[]): Listed {
  const problems: SourceProblem[] = texts.flatMap(({ name }, index) => {
    const reason = nameProblem(name);
    return reason === undefined ? [] : [{ property: `source.texts[${index}].name`, documents: [], reason }];
  });
  const first = new Map<string, number>();
  texts.forEach(({ name }, index) => {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    else
      problems.push({
        property: `source.texts[${index}].name`,
        documents: [],
        reason: `is the name of source.texts[${earlier}] already: give each text a name of its own`,
      });
  });
  for (const { names, by } of twins([...first.keys()])) {
    problems.push({ property: "source.texts", documents: names, reason: `differ in ${by} alone: rename one of them` });
  }
  const documents = texts.map(({ name, text }) => ({
    name: name.normalize("NFC"),
    bytes: () => Buffer.from(text, "utf8"),
  }));
  return { documents: sorted(documents), problems, unread: [] };
}
