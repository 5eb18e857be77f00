// Changes bytes in the ways that break parsers.

/** What a parser may take for something of its own. */
const WORDS = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "\0",
  "\r\n",
  "\r",
  "\n\n",
  "\u2028",
  "\ufeff",
  "\ud800",
  "\u202e",
  "\u001b[2J\u001b]0;x\u0007",
  "---\n",
  "```\n",
  "~~~",
  "# ",
  "| --- |",
  "<!--",
  "-->",
  "<script>",
  "</table>",
  "<![CDATA[",
  "&#x0;",
  "&amp;",
  '"',
  '""',
  ",",
  "\t",
  "{",
  "}",
  "[",
  "]",
  ":",
  "1e999",
  "-0",
  "null",
  "[vi:i:AAAAAAAAAAAA:0:0123456789ab] ",
  "[vi:d:AAAAAAAAAAAA:0:AAAAAAAA:AAAAAAAA:0] ",
  "../../etc/passwd",
  "C:\\",
  "%00",
  "%2e%2e%2f",
  "data: ",
  "event: ",
  "[DONE]",
  "\n\ndata:",
  "&a *a",
  "!!js/function",
  "<<: *x",
  "- - - -",
  "? ",
  "4dabf18193072939515e22adb298388d",
  "obj<<",
  "endstream",
  "PK\u0003\u0004",
  "%PDF-1.7",
].map((word) => Buffer.from(word));

/** @returns other bytes, of at most `limit`. */
export function mutate(bytes, others, random, limit) {
  let result = bytes;
  const times = 1 + Math.floor(random() * 4);
  for (let time = 0; time < times; time++) result = once(result, others, random);
  return result.subarray(0, limit);
}

function once(bytes, others, random) {
  const at = Math.floor(random() * (bytes.length + 1));
  const length = Math.floor(random() ** 3 * (bytes.length - at));
  const part = bytes.subarray(at, at + length);
  const around = (middle, rest = at) => Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(rest)]);
  switch (Math.floor(random() * 8)) {
    case 0:
      return around(Buffer.from([Math.floor(random() * 256)]), Math.min(at + 1, bytes.length));
    case 1:
      return around(Buffer.alloc(0), at + length);
    case 2:
      return around(Buffer.concat([part, part]), at + length);
    case 3: {
      // What is nested or repeated without end.
      const word = random() < 0.5 ? WORDS[Math.floor(random() * WORDS.length)] : part.subarray(0, 16);
      return around(Buffer.concat(Array.from({ length: 2 ** Math.floor(random() * 11) }, () => word)));
    }
    case 4:
    case 5:
      return around(WORDS[Math.floor(random() * WORDS.length)]);
    case 6: {
      const other = others[Math.floor(random() * others.length)] ?? bytes;
      const from = Math.floor(random() * other.length);
      return around(other.subarray(from, from + Math.floor(random() * 200)));
    }
    default:
      return around(Buffer.from(Array.from(part, (byte) => byte ^ (1 << Math.floor(random() * 8)))), at + length);
  }
}
