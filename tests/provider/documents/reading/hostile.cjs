// A reading process that obeys documents: what readers do with one that is made to hang or to swell.
const { dirname, join } = require("node:path");
const dist = join(__dirname, "../../../../dist/provider");
const { DocumentError } = require(join(dist, "documents/document-error.js"));

const DEEDS = {
  hang: () => /^(a+)+$/u.test("a".repeat(60) + "b"),
  // More than the JavaScript engine can do at all, and so ends its process.
  swell: () => new Array(2 ** 27 + 10).fill(1),
  fill: async () => {
    for (const kept = []; ; ) {
      kept.push(Buffer.alloc(64 * 1024 * 1024, 1));
      await new Promise((resolve) => setImmediate(resolve));
    }
  },
  crash: () => process.exit(0),
  print: () => console.log("noise"),
  refuse: () => {
    throw new DocumentError("is refused");
  },
  break: () => {
    throw new TypeError("x is not a function");
  },
  nest: () => {
    const nest = () => nest() + 1;
    nest();
  },
};

const read = require(join(dist, "documents/read/read.js"));
const { readDocument: real } = read;
Object.defineProperty(read, "readDocument", {
  value: async (name, bytes) => {
    const deed = Buffer.from(bytes).toString();
    if (Object.hasOwn(DEEDS, deed)) await DEEDS[deed]();
    return real(name, bytes);
  },
});
require(join(dist, "documents/reading/child.js"));
