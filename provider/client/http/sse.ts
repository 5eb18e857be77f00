/** A line longer than this is no event of ours; without an end it would fill the memory. */
const longestLine = 16 * 1024 * 1024;

/**
 * The data of each server-sent event. Lines end with LF, CRLF or CR, wherever the chunks were cut; comments and other
 * fields are passed over. An event that the end cuts off before its empty line counts: some servers leave that out.
 */
export async function* eventData(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  let data: string[] = [];
  for await (const line of lines(chunks)) {
    if (line !== "") {
      const value = dataOf(line);
      if (value !== undefined) data.push(value);
    } else if (data.length > 0) {
      yield data.join("\n");
      data = [];
    }
  }
  if (data.length > 0) yield data.join("\n");
}

function dataOf(line: string): string | undefined {
  const [, value] = /^data(?:: ?|$)(.*)$/su.exec(line) ?? [];
  return value;
}

async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  let mayEnd = false;
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    // A long line comes in many chunks, and is not looked through again with each.
    mayEnd ||= /[\r\n]/u.test(text);
    rest += text;
    if (mayEnd) {
      // A CR at the very end may be half of a CRLF: it waits for the next chunk.
      const found = rest.split(/\r\n|\n|\r(?!$)/u);
      rest = found.pop() ?? "";
      mayEnd = rest.endsWith("\r");
      yield* found;
    }
    if (rest.length > longestLine) throw new RangeError("a line of the stream has no end");
  }
  yield* (rest + decoder.decode()).split(/\r\n|\n|\r/u);
}
