/** A compiled program. */
export type ProgramModule = object;

/** The memory of a running program; `buffer` is another one after it has grown. */
export interface ProgramMemory {
  readonly buffer: ArrayBuffer;
}

/** The part of WebAssembly that is used here: the compiler's own declaration comes with a browser's whole DOM. */
interface WebAssemblyApi {
  compile(bytes: Uint8Array): Promise<ProgramModule>;
  instantiate(module: ProgramModule, imports: object): Promise<{ readonly exports: unknown }>;
}

export const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
