/** The import rules of the house: who lives in which room and whom it may know. */
const only = (name, from, allowed) => ({
  name,
  severity: "error",
  from: { path: from },
  to: {
    pathNot: [...allowed, "node_modules", "^[a-z_/]+$"],
    dependencyTypesNot: ["core", "npm", "npm-peer", "npm-dev", "npm-optional"],
  },
});

/** The rooms of the provider, from the bottom up: each may know those before it. */
const ROOMS = [
  "text",
  "client",
  "api",
  "engine",
  "inputs",
  "ownership",
  "documents",
  "session",
  "functions",
  "pulumi",
  "resources",
];

module.exports = {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    ...ROOMS.map((room, index) =>
      only(
        `${room}-looks-down`,
        `^provider/${room}/`,
        ROOMS.slice(0, index + 1).map((below) => `^provider/${below}/`),
      ),
    ),
    only("sdk-knows-provider", "^sdk/", ["^sdk/", "^provider/"]),
    only("provider-knows-itself", "^provider/", ["^provider/"]),
    only("plugin-serves-provider", "^plugin/", ["^plugin/", "^provider/", "^sdk/index[.]ts$"]),
    only("emulator-is-a-second-witness", "^local/emulator/", ["^local/emulator/"]),
    only("engine-knows-nothing-of-ours", "^local/engine/", ["^local/engine/"]),
    {
      name: "engine-by-its-interface",
      comment: "What others need of the engine it names in one place.",
      severity: "error",
      from: { path: "^cli/" },
      to: { path: "^local/engine/(?!(index|programs|plugins/late)[.]ts$)" },
    },
    only("cli-drives", "^cli/", ["^cli/", "^sdk/", "^provider/", "^local/", "^plugin/(resources|schema|values)[.]ts$"]),
    {
      name: "sdk-takes-types-of-resources",
      comment: "A resource class is a declaration: behaviour stays in the provider's rooms.",
      severity: "error",
      from: { path: "^sdk/" },
      to: { path: "^provider/(resources|client)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "sdk-without-zod-and-http",
      severity: "error",
      from: { path: "^sdk/" },
      to: { path: "node_modules/(zod|undici|hono)" },
    },
    {
      name: "rooms-do-not-import-rooms",
      severity: "error",
      from: { path: "^provider/resources/([^/]+)/" },
      to: { path: "^provider/resources/([^/]+)/", pathNot: "^provider/resources/$1/" },
    },
    {
      name: "client-knows-no-pulumi",
      severity: "error",
      from: { path: "^provider/(text|client)/" },
      to: { path: "node_modules/@pulumi" },
    },
    {
      name: "http-knows-no-nouns",
      severity: "error",
      from: { path: "^provider/client/http/" },
      to: { path: "^provider/(?!client/http/|text/)" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["require", "node", "default", "types"] },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|coverage|\\.local)/" },
  },
};
