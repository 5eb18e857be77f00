/** @type {import("jest").Config} */
module.exports = {
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2023", parser: { syntax: "typescript" } }, module: { type: "commonjs" }, sourceMaps: "inline" },
    ],
  },
  // Sources name what they import as it is called once compiled.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  // A test that starts an engine, an emulator and a program needs tens of seconds on two cores.
  testTimeout: 120_000,
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.local/"],
};
