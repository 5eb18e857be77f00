/**
 * What is wrong with a property that does not exist, and which one was probably meant.
 *
 * @param of - what it is a property of.
 */
export function unknownProperty(name: string, known: readonly string[], of = "this resource"): string {
  const closest = known.map((candidate) => ({
    candidate,
    edits: distance(name.toLowerCase(), candidate.toLowerCase()),
  }));
  closest.sort((a, b) => a.edits - b.edits);
  const best = closest[0];
  const hint = best && best.edits <= Math.max(2, name.length / 3) ? ` Did you mean "${best.candidate}"?` : "";
  return `is not a property of ${of}.${hint} It takes: ${known.join(", ")}.`;
}

/** Levenshtein distance: the single-character edits between two words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const substitution = (row[j] ?? 0) + (letter === b[j] ? 0 : 1);
      next.push(Math.min(substitution, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
