import { indexWords, WORDS } from "../search/words.js";

/** Marks of one text: a page full of them tells nothing. */
const MOST = 200;

/** Where the words of a question stand in a text, in any of their forms: start and end of each. */
export function marksOf(text: string, question: string): [number, number][] {
  const wanted = new Set(indexWords(question));
  const marks: [number, number][] = [];
  for (const { 0: word, index } of text.matchAll(WORDS)) {
    if (marks.length === MOST) break;
    if (indexWords(word).some((form) => wanted.has(form))) marks.push([index, index + word.length]);
  }
  return marks;
}
