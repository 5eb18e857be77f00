import { messageOf, UserError, unsupported } from "../errors.js";
import type { Goal } from "../monitor/goal.js";
import type { Difference, ProviderCalls, Subject } from "../plugins/provider.js";
import type { ResourceState } from "../state/resource.js";
import type { Properties, Value } from "../values/properties.js";
import { containsSecret, containsUnknown, equal, isSecret, rebuildAll } from "../values/properties.js";
import { isProviderType, nameOf, urnOf } from "../values/urn.js";
import { aliasUrns } from "./aliases.js";
import { dependenciesOf } from "./deletes.js";
import { type Op, type Step, step } from "./step.js";

/** What the run is for: a program may also be run to refresh or to destroy with its providers' newest settings. */
export type Mode = "update" | "refresh" | "destroy";

/** What the planner asks of the run that it plans for. */
export interface PlannerContext {
  readonly stack: string;
  readonly project: string;
  readonly dryRun: boolean;
  readonly mode: Mode;
  /** The configured provider of a reference. */
  provider(reference: string): Promise<ProviderCalls>;
  /** Shows a warning or an error on a resource. */
  report(urn: string, severity: "warning" | "error", message: string): void;
}

/** A resource that cannot be planned; what is wrong has been shown on it. */
export class Invalid extends UserError {}

const UNCHANGED: Difference = { changes: false, replaces: [], deleteBeforeReplace: false };
const replacedFor = (key: string): Difference => ({ changes: true, replaces: [key], deleteBeforeReplace: false });

const plain = (properties: Properties): Properties =>
  rebuildAll(properties, (value) => (isSecret(value) ? (value["value"] ?? null) : value));

/**
 * Decides, resource by resource in the order of their registration, which steps lead from the state to what the
 * program wants. It calls providers to check and to compare, and changes nothing.
 */
export class Planner {
  readonly #seen = new Set<string>();
  /** URNs whose old state was taken over, so that it is not deleted. */
  readonly #taken = new Set<string>();
  readonly #skipped = new Set<string>();
  readonly #replaced = new Set<string>();
  readonly #renamed = new Map<string, string>();
  readonly #claimed = new Map<string, string>();
  readonly #olds: ReadonlyMap<string, ResourceState>;
  #failed = false;

  constructor(
    private readonly context: PlannerContext,
    olds: readonly ResourceState[],
  ) {
    this.#olds = new Map(olds.filter((state) => !state.delete).map((state) => [state.urn, state]));
  }

  /** Whether a preview planned what an update would refuse. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Whether the program took a state's resource over, under its own or a new name. */
  covers(urn: string): boolean {
    return this.#taken.has(this.#claimed.get(urn) ?? urn);
  }

  /**
   * The steps for a resource that the program registers, in the order in which they have to be carried out.
   *
   * @throws Invalid
   */
  async plan(goal: Goal): Promise<Step[]> {
    const urn = urnOf({ ...goal, ...this.context });
    try {
      return await this.#planned(urn, goal);
    } catch (error) {
      throw error instanceof Invalid ? error : this.#invalid(urn, messageOf(error));
    }
  }

  async #planned(urn: string, goal: Goal): Promise<Step[]> {
    this.#claim(urn);
    const { old, alias } = this.#oldOf(urn, goal);
    const wanted = this.#wanted(urn, goal, old, alias);
    if (goal.readId !== undefined) return this.#taking(urn, this.#read(goal.readId, wanted, old));
    const isBased = ![...dependenciesOf(wanted)].some((needed) => this.#skipped.has(needed));
    const isManaged = goal.custom && !isProviderType(goal.type);
    if (this.context.mode === "destroy" && !isBased) return this.#skip({ ...wanted, outputs: old?.outputs ?? {} });
    if (this.context.mode !== "update" && (isManaged || !isBased)) return this.#kept(wanted, old);
    const steps = this.#taking(urn, await this.#changed(wanted, goal, old));
    const reads = old !== undefined && this.context.mode === "refresh";
    // What such a reading compares with is what the program says, which says nothing of outputs yet.
    return reads ? [step("refresh", { old, new: wanted, silent: true }), ...steps] : steps;
  }

  async #changed(wanted: ResourceState, goal: Goal, old: ResourceState | undefined): Promise<Step[]> {
    const provider = await this.#providerOf(wanted);
    const known = old?.external ? undefined : old;
    const state = await this.#checked(wanted, known?.inputs ?? {}, goal.inputs, provider);
    if (old === undefined) return [step("create", { new: state })];
    if (known === undefined) return this.#inPlaceOf(old, "create-replacement", state, []);
    return this.#compared(known, state, goal, provider);
  }

  #invalid(urn: string, message: string): Invalid {
    this.context.report(urn, "error", message);
    return new Invalid(message);
  }

  #claim(urn: string): void {
    if (this.#seen.has(urn)) throw this.#invalid(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
    this.#seen.add(urn);
    const claimant = this.#claimed.get(urn);
    if (claimant !== undefined)
      throw this.#invalid(
        urn,
        `Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${claimant}'`,
      );
  }

  #oldOf(urn: string, goal: Goal): { old?: ResourceState; alias?: string } {
    const own = this.#olds.get(urn);
    if (own) return { old: own };
    const { stack, project } = this.context;
    const others = aliasUrns(goal.aliases, { stack, project, ...goal }, this.#renamed);
    const alias = others.find((other) => this.#olds.has(other));
    const old = alias === undefined ? undefined : this.#olds.get(alias);
    if (alias === undefined || old === undefined) return {};
    const claimant = this.#seen.has(alias) ? urn : this.#claimed.get(alias);
    if (claimant !== undefined)
      throw this.#invalid(
        urn,
        `Duplicate resource alias '${alias}' applied to resource with URN '${urn}' conflicting with resource ` +
          `with URN '${claimant}'`,
      );
    this.#claimed.set(alias, urn);
    this.#renamed.set(urn, alias);
    return { old, alias };
  }

  #wanted(urn: string, goal: Goal, old: ResourceState | undefined, alias: string | undefined): ResourceState {
    const { type, custom, parent, provider, dependencies, propertyDependencies, deletedWith } = goal;
    return {
      urn,
      custom,
      type,
      inputs: goal.inputs,
      outputs: {},
      dependencies,
      propertyDependencies,
      protect: goal.protect ?? false,
      retainOnDelete: goal.retainOnDelete ?? false,
      external: goal.readId !== undefined,
      additionalSecretOutputs: goal.additionalSecretOutputs,
      customTimeouts: goal.customTimeouts,
      stackTrace: goal.stackTrace,
      ...(parent !== undefined && { parent }),
      ...(provider !== undefined && { provider }),
      ...(deletedWith !== undefined && { deletedWith }),
      ...(goal.sourcePosition !== undefined && { sourcePosition: goal.sourcePosition }),
      ...(alias !== undefined && { aliases: [alias] }),
      ...(old?.created !== undefined && { created: old.created }),
      ...(old?.modified !== undefined && { modified: old.modified }),
    };
  }

  /** Where nothing is to be made, what exists is refreshed or left for its deletion, and what does not is skipped. */
  #kept(wanted: ResourceState, old: ResourceState | undefined): Step[] {
    if (old === undefined) return this.#skip(wanted);
    this.#taken.add(wanted.urn);
    if (this.context.mode === "refresh") return [step("refresh", { old, new: goesAsIs(old) ? old : wanted })];
    return [step("same", { old, new: { ...wanted, inputs: old.inputs } })];
  }

  #skip(wanted: ResourceState): Step[] {
    this.#skipped.add(wanted.urn);
    return [skip(wanted)];
  }

  #taking(urn: string, steps: Step[]): Step[] {
    if (steps.some(({ op }) => op !== "create")) this.#taken.add(urn);
    return steps;
  }

  #read(id: string, wanted: ResourceState, old: ResourceState | undefined): Step[] {
    const state = { ...wanted, id };
    if (old === undefined) return [step("read", { new: state })];
    if (old.external || old.id === id) return [step("read", { old, new: state })];
    this.#replaced.add(state.urn);
    return this.#inPlaceOf(old, "read-replacement", state, []);
  }

  async #providerOf({ custom, type, provider }: ResourceState): Promise<ProviderCalls | undefined> {
    return custom && !isProviderType(type) && provider !== undefined ? this.context.provider(provider) : undefined;
  }

  async #checked(
    wanted: ResourceState,
    olds: Properties,
    news: Properties,
    provider: ProviderCalls | undefined,
  ): Promise<ResourceState> {
    if (provider === undefined) return { ...wanted, inputs: news };
    const { inputs, failures } = await provider.check(subjectOf(wanted), olds, news);
    for (const { property, reason } of failures)
      this.context.report(wanted.urn, "error", failure(wanted, property, reason));
    if (failures.length > 0) throw new Invalid(`resource ${wanted.urn} is invalid`);
    if (!this.context.dryRun && containsUnknown(inputs))
      throw new UserError(`the inputs of ${wanted.urn} are not known during the update`);
    return { ...wanted, inputs };
  }

  async #compared(
    old: ResourceState,
    state: ResourceState,
    goal: Goal,
    provider: ProviderCalls | undefined,
  ): Promise<Step[]> {
    const { changes, replaces, deleteBeforeReplace } = await this.#difference(old, state, provider);
    if (changes && replaces.length > 0) {
      if (deleteBeforeReplace)
        throw unsupported(`Deleting before replacing, which the provider of ${state.urn} asks for,`);
      this.#refuseIfProtected(old, state);
      const fresh = await this.#checked(state, {}, goal.inputs, provider);
      this.#replaced.add(state.urn);
      return this.#inPlaceOf(old, "create-replacement", fresh, replaces);
    }
    const isUnfinished = (old.initErrors ?? []).length > 0;
    if (!changes && !isUnfinished) return [step("same", { old, new: state })];
    return [step("update", { old, new: { ...state, id: old.id ?? "" } })];
  }

  #inPlaceOf(old: ResourceState, op: Op, state: ResourceState, keys: readonly string[]): Step[] {
    // The old object goes at the end of the run, when nothing points at it any more.
    const condemned = { ...old, delete: true };
    return [step(op, { old, new: state, keys, condemned }), step("replace", { old: condemned, new: state, keys })];
  }

  #refuseIfProtected(old: ResourceState, state: ResourceState): void {
    if (!old.protect || !state.protect) return;
    const message =
      `unable to replace resource "${state.urn}"\nas it is currently marked for protection. To unprotect the resource, ` +
      "remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`";
    const refusal = this.#invalid(state.urn, message);
    if (!this.context.dryRun) throw refusal;
    this.#failed = true;
  }

  async #difference(
    old: ResourceState,
    state: ResourceState,
    provider: ProviderCalls | undefined,
  ): Promise<Difference> {
    if (state.deletedWith !== undefined && this.#replaced.has(state.deletedWith)) return replacedFor("deletedWith");
    if (changesProvider(old, state)) return replacedFor("provider");
    if (provider === undefined)
      return equal(plain(old.inputs), plain(state.inputs)) ? UNCHANGED : { ...UNCHANGED, changes: true };
    if (!provider.known) {
      const message =
        "The provider for this resource has inputs that are not known during preview.\n" +
        "This preview may not correctly represent the changes that will be applied during an update.";
      this.context.report(state.urn, "warning", message);
      return { ...UNCHANGED, changes: true };
    }
    const difference = await provider.diff(subjectOf(state), old.id ?? "", old, state.inputs);
    return { ...difference, changes: difference.changes ?? !equal(plain(old.inputs), plain(state.inputs)) };
  }
}

/** What a reading cannot change: nothing is behind it. */
export const goesAsIs = ({ custom, type }: ResourceState): boolean => !custom || isProviderType(type);

/** The step of a resource that is not there and is not to be made. */
export const skip = (wanted: ResourceState): Step => step("same", { new: wanted, skipped: true });

/** Only gaining or losing a provider forces a replacement: two of one package manage the same objects. */
function changesProvider(old: ResourceState, state: ResourceState): boolean {
  return (old.provider === undefined) !== (state.provider === undefined);
}

function failure({ type, urn, inputs }: ResourceState, property: string, reason: string): string {
  const about = `${type} resource '${nameOf(urn)}'`;
  if (property === "") return `${about} has a problem: ${reason}`;
  const value = inputs[property];
  const shown = value !== undefined && containsSecret(value) ? "[secret]" : braced(value);
  return `${about}: property ${property} value ${shown} has a problem: ${reason}`;
}

/** The notation in which the CLI shows a value inside a sentence. */
function braced(value: Value | undefined): string {
  if (value === undefined || value === null) return "{<nil>}";
  return `{${typeof value === "string" ? value : JSON.stringify(value)}}`;
}

const subjectOf = ({ urn, type }: ResourceState): Subject => ({ urn, name: nameOf(urn), type });
