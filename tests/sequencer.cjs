/** Starts the longest test files first, so that no core is left alone with one of them in the end. */
const Sequencer = require("@jest/test-sequencer").default;

const LONG = /[\\/]tests[\\/](?:cli|e2e|package)[\\/]|retrieval\.test\.ts$/u;

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(({ path }) => LONG.test(path)), ...sorted.filter(({ path }) => !LONG.test(path))];
  }
};
