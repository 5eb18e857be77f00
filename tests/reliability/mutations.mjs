// Breaks one guard after the other in a copy of the sources, and runs the tests that are to notice. A guard whose loss
// nothing notices is no guard.
//   node tests/reliability/mutations.mjs [number…]
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const DOCUMENTS = "tests/provider/resources/documents/lifecycle tests/provider/resources/documents/lagging";

/** What is broken, where, and which tests are to notice. */
const GUARDS = [
  [
    "what costs is not sent twice",
    "provider/client/http/retry.ts",
    'repeat === "idempotent" && isIdempotent;',
    'repeat === "idempotent";',
    "tests/reliability/functions",
  ],
  [
    "an interrupted run's item is found by its tag",
    "provider/resources/item/make.ts",
    "const left = await firstWithContent(context, desired, own);",
    "const left = (await firstWithContent(context, desired, own)) && undefined;",
    "tests/provider/resources/item tests/provider/resources/converge",
  ],
  [
    "a tag without the claim proves nothing",
    "provider/ownership/claim.ts",
    "const isCurrent = tag.claims.includes(claimant.claim) && ",
    "const isCurrent = ",
    "tests/provider/resources/ownership",
  ],
  [
    "what others manage as well is not deleted",
    "provider/resources/item/lifecycle.ts",
    "if (!tag || others.length === 0) return",
    "if (!tag || others.length < 99) return",
    "tests/provider/resources/item",
  ],
  [
    "what is missing elsewhere is not gone",
    "provider/ownership/place.ts",
    "if (places.isHere(state)) return;\n  // Others",
    "if (places) return;\n  // Others",
    "tests/provider/resources/collection",
  ],
  [
    "a stranger's collection is not deleted by its id",
    "provider/resources/collection/existing.ts",
    ": sameInstant(created, state.created);",
    ": true;",
    "tests/provider/resources/collection",
  ],
  [
    "what was in an adopted collection is not deleted with it",
    "provider/resources/collection/existing.ts",
    "if (contents === undefined) return;",
    "if (contents !== 'never') return;",
    "tests/provider/resources/collection",
  ],
  [
    "a deletion is looked after",
    "provider/ownership/deletion.ts",
    "if (!(await isThere())) return;\n    await clock",
    "if (attempt > 0) return;\n    await clock",
    "tests/provider/resources/collection",
  ],
  [
    "a tag alone proves nothing: the content is read",
    "provider/resources/documents/observe.ts",
    "chunks.push(...(await proven(context, target, unrecorded.filter(({ tag }) => isOwn(target, tag)))));",
    "chunks.push(...unrecorded.filter(({ tag }) => isOwn(target, tag)));",
    DOCUMENTS,
  ],
  [
    "two runs at once end with each chunk once",
    "provider/resources/documents/sync/duplicates.ts",
    "superfluous.push(...rest.filter((one) => one !== undefined));",
    "",
    DOCUMENTS,
  ],
  [
    "a folder that lost its documents deletes nothing",
    "provider/resources/documents/guards.ts",
    "if (deleted.length === 0 || ",
    "if (deleted.length >= 0 || ",
    DOCUMENTS,
  ],
  [
    "an empty 200 to a delete is not believed",
    "provider/client/answer.ts",
    "if (answer.status !== 200 || answer.body.length > 0) return;",
    "if (answer.status >= 200) return;",
    "tests/reliability/faults tests/provider/client",
  ],
  [
    "only a 404 means that something is gone",
    "provider/api/not-found.ts",
    "if (NotFoundError.isInstance(error)) return undefined;",
    "if (error instanceof Error) return undefined;",
    "tests/reliability/faults tests/provider/resources/item",
  ],
  [
    "the key is taken out of messages",
    "provider/text/redact.ts",
    "const rest = text.replace(known, removed);",
    "const rest = text;",
    "tests/provider/text tests/provider/client",
  ],
  [
    "terminal escapes are taken out",
    "provider/text/clean.ts",
    '.slice(0, longestRead).replace(escapes, "").replace(invisible, " ")',
    "",
    "tests/provider/text",
  ],
  [
    "documents are taken out of refusals",
    "provider/text/redact.ts",
    ".reduce((rest, document) => withoutQuotations(",
    ".reduce((rest, document) => ((value) => (value ? rest : document))(",
    "tests/provider/text",
  ],
  [
    "a stack is locked",
    "local/engine/state/lock.ts",
    "if (locks.length === 0) return;",
    "if (locks.length >= 0) return;",
    "tests/local/engine/state",
  ],
  [
    "the emulator refuses other pages",
    "local/emulator/http/web-page.ts",
    "if (isForeign || ",
    "if (isForeign && ",
    "tests/local/emulator/start tests/local/emulator/refusals",
  ],
];

function run(tests) {
  const jest = join(ROOT, "node_modules/jest/bin/jest.js");
  return spawnSync(process.execPath, [jest, ...tests.split(" "), "--rootDir", folder], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, SOAK: "1" },
    maxBuffer: 1 << 28,
  });
}

const chosen = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), "vultr-inference-mutations-"));
let missed = 0;
for (const name of [
  "provider",
  "sdk",
  "cli",
  "local",
  "tests",
  "docs",
  "package.json",
  "jest.config.js",
  "tsconfig.json",
]) {
  cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter: (path) => !path.includes("node_modules") });
}
symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
symlinkSync(join(ROOT, "dist"), join(folder, "dist"));
try {
  const whole = run([...new Set(GUARDS.flatMap(([, , , , tests]) => tests.split(" ")))].join(" "));
  if (whole.status !== 0) {
    console.log(`FAIL    with all guards in place the tests are to pass, and do not:\n${whole.stderr.slice(-2000)}`);
    missed++;
  }
  for (const [number, [what, file, whole, broken, tests]] of GUARDS.entries()) {
    if (chosen.length > 0 && !chosen.includes(number + 1)) continue;
    const path = join(folder, file);
    const source = readFileSync(path, "utf8");
    if (source.split(whole).length !== 2) {
      console.log(`FAIL ${String(number + 1).padStart(2)} ${what}: the guard stands no more, or not once, in ${file}`);
      missed++;
      continue;
    }
    writeFileSync(
      path,
      source.replace(whole, () => broken),
    );
    const { status, stderr } = run(tests);
    writeFileSync(path, source);
    const by = [...new Set([...stderr.matchAll(/^FAIL (\S+)/gmu)].map(([, name]) => name))];
    if (status === 0 || by.length === 0) missed++;
    console.log(
      `${by.length > 0 ? "ok  " : "FAIL"} ${String(number + 1).padStart(2)} ${what}: ` +
        `${by.length > 0 ? `noticed by ${by.join(", ")}` : `nothing noticed its loss${status === 0 ? "" : ` (${stderr.slice(0, 300)})`}`}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const count = chosen.length || GUARDS.length;
console.log(`mutations: ${count} cases, ${missed} violations`);
process.exit(missed > 0 ? 1 : 0);
