import { defineConfig } from "vitest/config";

// Beside the tests for jest; vitest alone needs no configuration.
export default defineConfig({ test: { include: ["*.vitest.ts"] } });
