// `npm start` on a bare clone: makes ready what is missing, then does what `vultr-inference try` does.
import { prepare } from "./prepare.mjs";

prepare();
process.argv.splice(2, 0, "try");
await import("../dist/cli/main.js");
