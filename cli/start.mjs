// `npm start` on a bare clone: makes ready what is missing, then deploys the quickstart.
import { prepare } from "./prepare.mjs";

prepare();
await import("../dist/cli/start/main.js");
