// The site's settings; built by build.mjs.
const pages = (text, entries) => ({ text, items: entries.map(([name, link]) => ({ text: name, link })) });

export default {
  title: "pulumi-vultr-inference",
  description: "Knowledge bases for AI, declared in TypeScript and kept in git.",
  outDir: "dist",
  cleanUrls: true,
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    sidebar: [
      pages("Start", [["Overview", "/"], ["Getting started", "/getting-started"], ["How it works", "/how-it-works"], ["Benchmarks", "/performance"], ["Comparison", "/comparison"]]),
      pages("Tasks", [
        ["Sync a folder of documents", "/documents"],
        ["Retrieval tests", "/retrieval"],
        ["Chat, RAG and speech", "/answers"],
        ["Detect and fix drift", "/drift"],
        ["Compare branches", "/diff"],
        ["CI/CD", "/ci"],
        ["Adopt existing collections", "/adopt"],
        ["YAML, Python and Go", "/languages"],
        ["API keys and rotation", "/keys"],
        ["Use several accounts", "/accounts"],
        ["Multiple environments", "/environments"],
        ["State backends", "/backends"],
        ["Proxies and certificates", "/proxies"],
        ["Costs", "/costs"],
        ["Check your setup", "/doctor"],
        ["Troubleshooting", "/troubleshooting"],
      ]),
      pages("Reference", [
        ["Resources", "/resources"],
        ["Functions", "/functions"],
        ["Configuration", "/configuration"],
        ["Every export", "/reference/"],
        ["API client", "/client"],
        ["API emulator", "/emulator"],
        ["Local engine", "/local-engine"],
        ["The API", "/api"],
        ["Supported languages and tools", "/where-programs-run"],
        ["Limits", "/limits"],
      ]),
      pages("Examples", ["quickstart", "faq-from-yaml", "handbook", "handbook-yaml", "handbook-python", "handbook-go", "answers", "two-accounts", "with-cloud", "policy", "tested-stack", "ci", "automation"].map((name) => [name, `/examples/${name}`])),
      pages("The project", [["Reliability", "/reliability"], ["Security", "/security"], ["Contributing", "/contributing"], ["License", "/license"]]),
    ],
  },
};
