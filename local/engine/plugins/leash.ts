// Loaded into provider processes: one whose engine was killed ends too, instead of waiting for ever.
import "./late.js";

process.stdin.on("end", () => process.exit()).resume();
