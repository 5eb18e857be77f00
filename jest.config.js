// What lies in the user's environment must neither steer a test nor be spent by one. Workers inherit what is left.
for (const name of Object.keys(process.env)) {
  if (/^(VULTR_|PULUMI_)/u.test(name)) delete process.env[name];
}

/** @type {import("jest").Config} */
module.exports = {
  // Not in the system's folder for what is temporary: the next run is quicker by it.
  cacheDirectory: "<rootDir>/.local/jest",
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  testEnvironment: "node",
  testSequencer: "<rootDir>/tests/sequencer.cjs",
  reporters: ["default", "<rootDir>/tests/reporter.cjs"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: { target: "es2023", parser: { syntax: "typescript" } },
        module: { type: "commonjs" },
        sourceMaps: "inline",
      },
    ],
  },
  // Sources name what they import as it is called once compiled.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  // A test that starts an engine, an emulator and a program needs tens of seconds on two cores.
  testTimeout: 300_000,
  // The longest tests wait for child processes most of the time.
  maxWorkers: "100%",
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.local/"],
};
