/**
 * What others need of the engine to run a stack's program for what it declares, without deploying it: its project and
 * config, the server and the process that it runs with, and the values and names that it declares.
 */
export { aliasesOf } from "./monitor/goal.js";
export { EngineServer } from "./monitor/server.js";
export { aliasUrns } from "./plan/aliases.js";
export { lines } from "./plugins/child.js";
export { runInline, runProgram, type Program, type ProgramRun } from "./plugins/language.js";
export { effectiveConfig, readSetting } from "./project/config.js";
export { findProjectFile, readProject, type Project } from "./project/project.js";
export type { Setting } from "./project/settings.js";
export { answered, CHANNEL_OPTIONS, Empty, fromStruct, grpc, toStruct } from "./protocol/pulumi.js";
export { openCrypter, passphraseFrom, type Crypter } from "./secrets/passphrase.js";
export { ORGANIZATION } from "./state/backend.js";
export { received } from "./values/incoming.js";
export { isAsset, isSecret, rebuildAll, type Properties } from "./values/properties.js";
export { urnOf } from "./values/urn.js";
