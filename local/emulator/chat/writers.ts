import type { Writer } from "./answer.js";
import { lastQuestion } from "./request.js";

const OPENINGS = ["You wrote", "Your message was", "I received", "This arrived"];

/** A stand-in for a language model that says what it is. */
export const plainWriter: Writer = (request, variant) => {
  const question = lastQuestion(request).trim();
  const opening = OPENINGS[variant % OPENINGS.length] ?? "";
  const words = question.split(/\s+/u).filter((word) => word !== "").length;
  const echo =
    question === ""
      ? "There was no message of a user."
      : `${opening}: "${question}" (${words} ${words === 1 ? "word" : "words"}).`;
  return `${echo} I am the local emulator and not a language model, so this is all I can say.`;
};

/** Sentences from the documents, and where they come from; or that there is nothing. */
export function answerFrom(sentences: readonly string[]): string {
  if (sentences.length === 0) return "I found nothing about that in the documents of this collection.";
  return `From the documents: ${sentences.join(" ")}`;
}
