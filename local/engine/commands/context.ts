import { resolve } from "node:path";
import { UserError } from "../errors.js";
import { findProjectFile, loadProject, type Project } from "../project/project.js";
import { selectedStack } from "../project/selection.js";
import { StackSettings } from "../project/settings.js";
import { type Crypter, newCrypter, openCrypter, passphraseFrom } from "../secrets/passphrase.js";
import { Backend, type StackPlace } from "../state/backend.js";
import { load, type Loaded } from "../state/checkpoint.js";
import { isInterrupted, recover } from "../state/journal.js";
import { lock } from "../state/lock.js";
import type { Arguments } from "./arguments.js";

/** Where a command reads from and writes to. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** What stands on the standard input. */
  readonly input: () => string;
  /**
   * Asks to be told when whoever started the command wants it to end.
   *
   * @returns how to stop listening.
   */
  readonly onInterrupt: (interrupted: () => void) => () => void;
}

/** The exit code for a stack that does not exist. */
const NO_STACK = 6;

/** What commands share: the project at hand, the backend, and the stack that is meant. */
export class CommandContext {
  #backend: Backend | undefined;
  #project: Project | undefined;

  constructor(
    readonly args: Arguments,
    readonly terminal: Terminal,
  ) {}

  get env(): NodeJS.ProcessEnv {
    return this.terminal.env;
  }

  get folder(): string {
    return resolve(this.terminal.cwd, this.args.text("cwd") ?? ".");
  }

  /** @throws UserError outside a project. */
  get project(): Project {
    return (this.#project ??= loadProject(this.folder));
  }

  get projectIfAny(): Project | undefined {
    return findProjectFile(this.folder) === undefined ? undefined : this.project;
  }

  get backend(): Backend {
    return (this.#backend ??= Backend.open(this.env, this.projectIfAny?.backendUrl));
  }

  /** The stack of a name, of `--stack`, or the selected one; whether it exists is not asked. */
  place(name = this.args.text("stack")): StackPlace {
    const { projectIfAny, backend, env } = this;
    const wanted = name ?? (projectIfAny && selectedStack(env, projectIfAny, backend.url));
    if (wanted === undefined)
      throw new UserError(
        "no stack selected; please use `pulumi stack select` or `pulumi stack init` to choose one, or name one " +
          "with --stack",
      );
    return backend.place(wanted, projectIfAny?.name);
  }

  /** The state of a stack that has to exist. */
  existing(place: StackPlace): Loaded {
    if (isInterrupted(place)) this.#recover(place);
    const loaded = load(place);
    if (loaded === undefined) throw new UserError(`no stack named '${place.name}' found`, NO_STACK);
    return loaded;
  }

  settings(place: StackPlace): StackSettings {
    const file = this.args.text("config-file");
    return StackSettings.load(this.project, place.name, file && resolve(this.folder, file));
  }

  /**
   * The crypter of a stack's settings. A stack without a salt of its own takes the one of its state, or a new one.
   */
  crypter(place: StackPlace, settings: StackSettings): Crypter {
    const passphrase = passphraseFrom(this.env);
    const salt = settings.salt ?? load(place)?.snapshot.salt;
    const crypter = salt === undefined ? newCrypter(passphrase) : openCrypter(passphrase, salt);
    if (settings.salt === undefined) {
      settings.setSalt(crypter.salt);
      settings.save();
    }
    return crypter;
  }

  /** Runs a task with the stack locked, after taking over what a killed run left. */
  async locked<T>(place: StackPlace, task: () => Promise<T> | T): Promise<T> {
    const release = this.#lock(place);
    try {
      return await task();
    } finally {
      release();
    }
  }

  #lock(place: StackPlace): () => void {
    const warn = (message: string): void => this.terminal.err(`warning: ${message}\n`);
    const release = lock(place, warn);
    try {
      const recovered = recover(place);
      if (recovered !== undefined) warn(recovered);
      return release;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Takes over what a killed run left, unless someone works on the stack right now. */
  #recover(place: StackPlace): void {
    try {
      this.#lock(place)();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }

  /** Prints a line. */
  print(text: string): void {
    this.terminal.out(`${text}\n`);
  }

  printJson(value: unknown): void {
    this.print(JSON.stringify(value, undefined, 2));
  }
}
