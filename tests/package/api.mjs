// Holds the public API against the reports in `api/`, which show a reviewer what a change does to those who use it.
//   node tests/package/api.mjs            fails where they differ
//   node tests/package/api.mjs --write    writes them again
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { prepare } from "../../cli/prepare.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../..");
const write = process.argv.includes("--write");

prepare();
const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
let failed = false;
for (const [subpath, { types }] of Object.entries(exports).filter(([, target]) => target.types)) {
  const name = subpath === "." ? "index" : subpath.slice(2);
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: join(ROOT, types),
      newlineKind: "lf",
      compiler: {
        overrideTsconfig: {
          compilerOptions: { module: "node16", target: "es2022", strict: true, skipLibCheck: true, types: ["node"] },
          files: [join(ROOT, types)],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: join(HERE, "api"),
        reportTempFolder: join(ROOT, ".local/api"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: { default: { logLevel: "none" } },
        tsdocMessageReporting: { default: { logLevel: "none" } },
        compilerMessageReporting: { default: { logLevel: "error" } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(ROOT, "package.json"),
  });
  const { succeeded, apiReportChanged } = Extractor.invoke(config, {
    localBuild: write,
    messageCallback: (message) => {
      message.handled = message.logLevel !== "error";
    },
  });
  if (succeeded || (write && !apiReportChanged)) console.log(`ok   ${name}`);
  else {
    failed = true;
    console.log(
      `FAIL ${name}: the public API differs from tests/package/api/${name}.api.md. Where that is meant, run ` +
        `"node tests/package/api.mjs --write" and say so in a changeset.`,
    );
  }
}
process.exit(failed ? 1 : 0);
