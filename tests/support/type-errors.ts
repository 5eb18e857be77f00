import { dirname } from "node:path";
import ts from "typescript";

/** What TypeScript finds wrong in programs, each by its own settings. What they have in common is read once. */
export function typeErrors(settings: readonly string[]): string[] {
  const files = new Map<string, ts.SourceFile | undefined>();
  return settings.flatMap((path) => {
    const { fileNames, options, errors } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(path, (name) => ts.sys.readFile(name)).config,
      ts.sys,
      dirname(path),
    );
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, ...how) => {
      if (!files.has(name)) files.set(name, read(name, ...how));
      return files.get(name);
    };
    const program = ts.createProgram(fileNames, { ...options, noEmit: true }, host);
    return [...errors, ...ts.getPreEmitDiagnostics(program)].map((error) => ts.formatDiagnostic(error, host));
  });
}
