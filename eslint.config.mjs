import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "coverage/", ".local/", "node_modules/", "**/*.js", "**/*.mjs", "**/*.cjs"] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: ["./tests/tsconfig.json"], tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "max-lines": ["error", { max: 300 }],
      // The formatter breaks what it can; patterns and texts with values in them cannot be broken.
      "max-len": [
        "error",
        { code: 120, ignoreRegExpLiterals: true, ignoreTemplateLiterals: true, ignoreStrings: true, ignoreUrls: true },
      ],
      eqeqeq: "error",
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // There are no enums here, and it takes two fifths of the time of all rules.
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
    },
  },
  {
    // What a process keeps lives in its session, which hands it down. Constants are no state.
    files: ["provider/**"],
    ignores: [
      "provider/session/session.ts",
      // Connections and limits count for a whole process, whoever makes a client: so it promises.
      "provider/client/http/connections.ts",
      "provider/client/http/limiter.ts",
      // Who listens to a signal, and goes with it.
      "provider/client/http/abort.ts",
      // A process of its own, that reads one document after the other.
      "provider/documents/reading/child.ts",
      // What is known of the nodes of a parsed page, and goes with it.
      "provider/documents/read/html/inline.ts",
      // The library that reads pages, loaded when the first one comes.
      "provider/documents/read/html/parse.ts",
    ],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "Program > :matches(VariableDeclaration, ExportNamedDeclaration > VariableDeclaration)[kind=let]",
          message: "State of the module: let the session keep it.",
        },
        {
          selector:
            "Program > VariableDeclaration > VariableDeclarator > " +
            "NewExpression[callee.name=/^(Weak)?(Map|Set)$/][arguments.length=0]",
          message: "State of the module: let the session keep it.",
        },
      ],
    },
  },
  {
    // Tests reach into answers whose shape the assertion itself checks, and are as long as their tables.
    files: ["tests/**", "bench/**"],
    rules: {
      "max-lines": "off",
      "no-console": "off",
      "@typescript-eslint/explicit-module-boundary-types": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      // Matchers such as expect.any() have no type.
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
);
