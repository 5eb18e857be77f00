/** A document that cannot be read. The message is a sentence's part that follows the document's name: `"a.md" is …`. */
export class DocumentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "DocumentError";
  }
}
