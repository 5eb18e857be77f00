// The pages of the docs in their order: for the site, for the README and for llms.txt.
const pages = (text, entries) => ({ text, items: entries.map(([name, link]) => ({ text: name, link })) });

export const GUIDES = [
  pages("Start", [
    ["Getting started", "/getting-started"],
    ["How it works", "/how-it-works"],
    ["Comparison", "/comparison"],
    ["Glossary", "/glossary"],
  ]),
  pages("Build", [
    ["Sync a folder of documents", "/documents"],
    ["Supported formats", "/formats"],
    ["Choose a chunk size", "/chunk-sizes"],
    ["Retrieval tests", "/retrieval"],
    ["Test your stack", "/testing"],
    ["Chat, RAG and speech", "/answers"],
    ["Build a chat app", "/chat-app"],
    ["YAML, Python and Go", "/languages"],
    ["Adopt existing collections", "/adopt"],
  ]),
  pages("Operate", [
    ["CI/CD", "/ci"],
    ["Compare branches", "/diff"],
    ["Detect and fix drift", "/drift"],
    ["Multiple environments", "/environments"],
    ["Use several accounts", "/accounts"],
    ["API keys and rotation", "/keys"],
    ["State backends", "/backends"],
    ["Proxies and certificates", "/proxies"],
    ["Costs", "/costs"],
    ["Check your setup", "/doctor"],
    ["Troubleshooting", "/troubleshooting"],
  ]),
  pages("Client and API", [
    ["API client", "/client"],
    ["Client cookbook", "/cookbook"],
    ["curl and the openai package", "/curl-and-openai"],
    ["Command line", "/command-line"],
    ["API emulator", "/emulator"],
    ["What is known of the API", "/api"],
  ]),
  pages("Reference", [
    ["Resources", "/resources"],
    ["Functions", "/functions"],
    ["Configuration", "/configuration"],
    ["Limits", "/limits"],
    ["Supported languages and tools", "/where-programs-run"],
    ["Local engine", "/local-engine"],
    ["Reliability", "/reliability"],
    ["Benchmarks", "/performance"],
  ]),
];

export const RESOURCES = [
  ["KnowledgeBase", "/resources/knowledge-base"],
  ["Collection", "/resources/collection"],
  ["Documents", "/resources/documents"],
  ["Item", "/resources/item"],
  ["File", "/resources/file"],
  ["RetrievalTest", "/resources/retrieval-test"],
  ["Provider", "/resources/provider"],
].map(([text, link]) => ({ text, link }));

export const PROJECT = pages("The project", [
  ["Security", "/security"],
  ["Contributing", "/contributing"],
  ["Changelog", "/changelog"],
  ["License", "/license"],
]);
