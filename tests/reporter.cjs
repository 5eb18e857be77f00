/** A jest reporter that closes the run with one line: `N passed, N failed, N skipped`. */
const { writeSync } = require("node:fs");

module.exports = class CountsReporter {
  onRunComplete(_contexts, results) {
    // A file that could not even be loaded has no tests to count, but it is a failure.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    // At the very end of the process, so that nothing that jest has to say comes after it.
    process.once("exit", () =>
      writeSync(1, `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`),
    );
  }
};
