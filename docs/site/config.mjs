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
      pages("Start", [["What it is", "/"], ["Getting started", "/getting-started"], ["How it works", "/how-it-works"], ["Figures", "/performance"], ["Beside doing it by hand", "/comparison"]]),
      pages("Tasks", [
        ["Sync a folder", "/documents"],
        ["Test what is found", "/retrieval"],
        ["Answer and speak", "/answers"],
        ["Drift", "/drift"],
        ["Pull requests", "/diff"],
        ["CI", "/ci"],
        ["Take over what is there", "/adopt"],
        ["Keys", "/keys"],
        ["Two accounts", "/accounts"],
        ["Many environments", "/environments"],
        ["Where the state lies", "/backends"],
        ["Proxies", "/proxies"],
        ["Costs", "/costs"],
        ["Troubleshooting", "/troubleshooting"],
      ]),
      pages("Reference", [
        ["Resources", "/resources"],
        ["Functions", "/functions"],
        ["Configuration", "/configuration"],
        ["Every export", "/reference/"],
        ["The API client", "/client"],
        ["The emulator", "/emulator"],
        ["Without the Pulumi CLI", "/local-engine"],
        ["The API's facts", "/api"],
        ["Where programs run", "/where-programs-run"],
        ["Limits", "/limits"],
      ]),
      pages("Examples", ["quickstart", "faq-from-yaml", "handbook", "answers", "two-accounts", "with-cloud", "policy", "tested-stack", "ci", "automation"].map((name) => [name, `/examples/${name}`])),
      pages("The project", [["Reliability", "/reliability"], ["Security", "/security"], ["Contributing", "/contributing"], ["License", "/license"]]),
    ],
  },
};
