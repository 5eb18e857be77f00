import type { Context } from "../../provider/session/context";
import type { PreparedDocuments } from "../../provider/documents/prepared";
import type { InitializationFailure } from "../../provider/engine/initialization-failure";
import type { Lifecycle } from "../../provider/pulumi/lifecycle";
import type { Properties } from "../../provider/engine/values";

/** What a deployment did with a resource. */
export type Step = "create" | "same" | "update" | "replace";

interface Kept {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly isInitializationFailure: boolean;
}

/** One resource of a stack, deployed in the order of calls that the engine makes. */
export class Managed<Inputs, State extends object> {
  #kept: Kept | undefined;
  #toDelete: Kept[] = [];

  /** @param prepared what the process has read of documents. Default: what the context has. */
  constructor(
    private readonly lifecycle: Lifecycle<Inputs, State>,
    private prepared?: PreparedDocuments,
  ) {}

  /** Goes on as another process, which has read no documents. */
  continueIn(prepared: PreparedDocuments): void {
    this.prepared = prepared;
  }

  /** Forgets the state, as where its file was lost. */
  forget(): void {
    this.#kept = undefined;
    this.#toDelete = [];
  }

  get inputs(): Properties {
    return this.#kept?.inputs ?? {};
  }

  get outputs(): Properties {
    return this.#kept?.outputs ?? {};
  }

  /** Deploys what the program declares. Throws what the resource throws; what is partially created is kept. */
  async up(from: Context, program: Properties, ignoreChanges: readonly string[] = []): Promise<Step> {
    const context = this.prepared ? { ...from, prepared: this.prepared } : from;
    const olds = this.#kept?.inputs;
    const inputs = await this.#check(context, olds ?? {}, olds ? ignoring(program, olds, ignoreChanges) : program);
    const step = await this.#take(context, program, inputs);
    await this.#deleteReplaced(context);
    return step;
  }

  async destroy(context: Context): Promise<void> {
    await this.#deleteReplaced(context);
    if (this.#kept) await this.#delete(context, this.#kept);
    this.#kept = undefined;
  }

  /** What a refresh says of what it has found: whether it is a change. */
  async refreshed(context: Context): Promise<boolean> {
    await this.refresh(context);
    if (!this.#kept) return true;
    return (await this.lifecycle.diff(this.#kept.outputs, this.#kept.inputs, context, () => context)).changes;
  }

  /** Reads the resource, as a refresh does. */
  async refresh(context: Context): Promise<"not-found" | "found"> {
    if (!this.#kept) return "not-found";
    context.ownership.called(this.#kept.id, this.#kept.outputs);
    const found = await this.lifecycle.read(context, this.#kept.id, this.#kept.outputs as Partial<State>);
    this.#kept =
      found === "not-found"
        ? undefined
        : {
            id: found.id,
            inputs: found.inputs ?? this.#kept.inputs,
            outputs: stored(found.state),
            isInitializationFailure: false,
          };
    return found === "not-found" ? "not-found" : "found";
  }

  async #take(context: Context, program: Properties, inputs: Inputs): Promise<Step> {
    const kept = this.#kept;
    if (!kept) {
      await this.#create(context, inputs);
      return "create";
    }
    context.ownership.called(kept.id, kept.outputs, true);
    const { changes, replaces } = await this.lifecycle.diff(
      kept.outputs,
      withoutBytes(inputs as Properties),
      context,
      () => context,
    );
    if (replaces.length > 0) {
      // A replacement is checked once more, as if there were nothing yet.
      const again = await this.#check(context, {}, program);
      await this.#create(context, again, () => this.#toDelete.push(kept));
      return "replace";
    }
    if (changes || kept.isInitializationFailure) {
      await this.#keeping(inputs, async () => ({
        id: kept.id,
        state: await this.lifecycle.update(context, kept.id, kept.outputs as Partial<State>, inputs),
      }));
      return changes ? "update" : "same";
    }
    this.#kept = { ...kept, inputs: withoutBytes(inputs as Properties) };
    return "same";
  }

  #create(context: Context, inputs: Inputs, made: () => void = () => undefined): Promise<void> {
    return this.#keeping(inputs, () => this.lifecycle.create(context, inputs), made);
  }

  async #keeping(
    inputs: Inputs,
    verb: () => Promise<{ id: string; state: State }>,
    made: () => void = () => undefined,
  ): Promise<void> {
    const keep = (id: string, state: object, isInitializationFailure: boolean): void => {
      made();
      this.#kept = { id, inputs: withoutBytes(inputs as Properties), outputs: stored(state), isInitializationFailure };
    };
    try {
      const { id, state } = await verb();
      keep(id, state, false);
    } catch (error) {
      if (isInitializationFailure(error)) keep(error.id, error.state, true);
      throw error;
    }
  }

  async #check(context: Context, olds: Properties, program: Properties): Promise<Inputs> {
    const { inputs, failures } = await this.lifecycle.check(olds, program, context);
    if (failures.length > 0) throw new Error(`The inputs are refused: ${JSON.stringify(failures)}`);
    return stored(inputs) as Inputs;
  }

  async #deleteReplaced(context: Context): Promise<void> {
    for (const replaced of this.#toDelete) await this.#delete(context, replaced);
    this.#toDelete = [];
  }

  #delete(context: Context, { id, outputs }: Kept): Promise<void> {
    context.ownership.called(id, outputs);
    return this.lifecycle.delete(context, id, outputs as Partial<State>);
  }
}

/** Inputs with those of the state in the place of what the option `ignoreChanges` names. */
function ignoring(program: Properties, olds: Properties, names: readonly string[]): Properties {
  if (names.includes("*")) return olds;
  return { ...program, ...Object.fromEntries(names.map((name) => [name, olds[name]])) };
}

/** Also of another process, which has a class of its own. */
function isInitializationFailure(error: unknown): error is InitializationFailure<object> {
  return error instanceof Error && error.name === "InitializationFailure";
}

/** Values as the state file gives them back. */
function stored(values: object): Properties {
  return JSON.parse(JSON.stringify(values)) as Properties;
}

/** Inputs as `diff` gets them, and the state keeps them: of an asset the hash, not the text. */
function withoutBytes(inputs: Properties): Properties {
  const stripped = Object.entries(inputs).map(([name, value]) => [
    name,
    isAsset(value) ? without(value, ["text", "path"]) : value,
  ]);
  return Object.fromEntries(stripped) as Properties;
}

function isAsset(value: unknown): value is object {
  return typeof value === "object" && value !== null && "hash" in value;
}

function without(values: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
