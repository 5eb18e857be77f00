import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseSource } from "../../../cli/try/source";

test("folders of one name, and long names that begin alike, get collections that the API tells apart", () => {
  const root = mkdtempSync(join(tmpdir(), "try-"));
  try {
    const folders = ["a/docs", "b/docs", "a/documentation-2025", "a/documentation-2026", "a/文档"];
    const ids = folders.map((folder) => {
      mkdirSync(join(root, folder), { recursive: true });
      const { name } = chooseSource(join(root, folder), []);
      return name.replaceAll(/[^a-z0-9]/gu, "").slice(0, 14);
    });
    expect(new Set(ids).size).toBe(folders.length);
  } finally {
    rmSync(root, { recursive: true });
  }
});
