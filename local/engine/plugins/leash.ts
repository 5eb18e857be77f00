// Loaded into provider processes: one whose engine was killed ends too, instead of waiting for ever.
process.stdin.on("end", () => process.exit()).resume();
