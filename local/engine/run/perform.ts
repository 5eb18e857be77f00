import { randomUUID } from "node:crypto";
import { PartialFailure } from "../plugins/partial.js";
import type { ProviderCalls, Subject } from "../plugins/provider.js";
import { goesAsIs } from "../plan/planner.js";
import type { Step } from "../plan/step.js";
import type { ResourceState } from "../state/resource.js";
import { equal, isSecret, type Properties, secret, UNKNOWN } from "../values/properties.js";
import { isProviderType, nameOf } from "../values/urn.js";

/** What carrying steps out needs. */
export interface PerformContext {
  readonly dryRun: boolean;
  readonly now: () => Date;
  provider(reference: string): Promise<ProviderCalls>;
  warn(urn: string, message: string): void;
}

/** What came of a step: the state it made, if any, and what went wrong although it was made. */
export interface Outcome {
  readonly state?: ResourceState;
  readonly failure?: PartialFailure;
  /** Of a refresh: what the reading amounts to. */
  readonly found?: "same" | "update" | "delete";
}

type Managed = Step & { readonly new: ResourceState };

/** Carries steps out against providers. Nothing here touches the state: what came of a step is handed back. */
export class Performer {
  constructor(private readonly context: PerformContext) {}

  async perform(step: Step): Promise<Outcome> {
    const { old, new: wanted } = step;
    switch (step.op) {
      case "same":
        return { state: marked({ ...required(wanted), id: old?.id ?? "", outputs: old?.outputs ?? {} }) };
      case "create":
      case "create-replacement":
        return this.#create(step as Managed);
      case "update":
        return this.#update(step as Managed, required(old));
      case "replace":
        return {};
      case "read":
      case "read-replacement":
        return { state: await this.#read(step as Managed) };
      case "refresh":
        return this.#refresh(required(old), required(wanted));
      case "delete":
      case "delete-replaced":
      case "discard":
      case "discard-replaced":
        await this.#delete(step, required(old));
        return {};
    }
  }

  async #create({ new: wanted }: Managed): Promise<Outcome> {
    const time = this.context.now().toISOString();
    const made = { ...wanted, created: time, modified: time };
    if (!wanted.custom) return { state: made };
    if (isProviderType(wanted.type)) return { state: { ...made, ...this.#newProvider(wanted) } };
    const provider = await this.#providerOf(wanted);
    if (this.context.dryRun)
      return { state: marked({ ...made, id: "", outputs: provider.known ? wanted.inputs : {} }) };
    try {
      const created = await provider.create(subject(wanted), wanted.inputs, wanted.customTimeouts?.["create"]);
      return { state: marked({ ...made, ...created }) };
    } catch (error) {
      return this.#half(made, error);
    }
  }

  #newProvider({ inputs }: ResourceState): Pick<ResourceState, "id" | "outputs"> {
    return { id: this.context.dryRun ? UNKNOWN : randomUUID(), outputs: inputs };
  }

  async #update({ new: wanted }: Managed, old: ResourceState): Promise<Outcome> {
    const made = { ...wanted, id: old.id ?? "" };
    if (!wanted.custom) return { state: made };
    const modified = this.context.now().toISOString();
    if (isProviderType(wanted.type)) return { state: { ...made, modified, outputs: wanted.inputs } };
    const provider = await this.#providerOf(wanted);
    if (this.context.dryRun) return { state: marked({ ...made, outputs: provider.known ? wanted.inputs : {} }) };
    try {
      const timeout = wanted.customTimeouts?.["update"];
      const outputs = await provider.update(subject(wanted), made.id, old, wanted.inputs, timeout);
      return { state: marked({ ...made, modified, outputs }) };
    } catch (error) {
      const { state, ...half } = this.#half({ ...made, modified }, error);
      // With the new inputs in the state, the next update would see nothing to do.
      return { ...half, ...(state && { state: { ...state, inputs: old.inputs } }) };
    }
  }

  #half(made: ResourceState, error: unknown): Outcome {
    if (!(error instanceof PartialFailure)) throw error;
    const { id, outputs, reasons } = error;
    // An update cannot change the id, whatever the error says.
    const kept = made.id === undefined || made.id === "" ? id : made.id;
    return { state: marked({ ...made, id: kept, outputs, initErrors: reasons }), failure: error };
  }

  async #read({ old, new: wanted }: Managed): Promise<ResourceState> {
    const id = wanted.id ?? "";
    if (id === UNKNOWN) return wanted;
    const provider = await this.#providerOf(wanted);
    const found = await provider.read(subject(wanted), id, { inputs: wanted.inputs, outputs: wanted.inputs });
    const state = marked({ ...wanted, id: found.id === "" ? id : found.id, outputs: found.outputs });
    return old !== undefined && !isAlike(old, state) ? { ...state, modified: this.context.now().toISOString() } : state;
  }

  /** @param wanted - the old state, or what the program says of it where the program leads to the reading. */
  async #refresh(old: ResourceState, wanted: ResourceState): Promise<Outcome> {
    if (goesAsIs(old)) return { state: old, found: isAlike(old, wanted) ? "same" : "update" };
    const provider = await this.#providerOf(wanted);
    const found = await this.#readForRefresh(provider, old, wanted);
    if (found.id === "") return { found: "delete" };
    const state = marked({
      ...wanted,
      id: found.id,
      inputs: found.inputs ?? old.inputs,
      outputs: found.outputs,
      initErrors: found.reasons ?? [],
    });
    const dated = !isAlike(old, state) ? { ...state, modified: this.context.now().toISOString() } : state;
    return { state: dated, found: (await this.#drifted(provider, old, dated)) ? "update" : "same" };
  }

  async #readForRefresh(provider: ProviderCalls, old: ResourceState, wanted: ResourceState): Promise<Reading> {
    try {
      return await provider.read(subject(wanted), old.id ?? "", old, old.customTimeouts?.["read"]);
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw error;
      const { reasons, outputs } = error;
      const listed = reasons.map((reason) => `\n* ${reason}`).join("");
      this.context.warn(wanted.urn, `Refreshed resource is in an unhealthy state:${listed}`);
      return { id: error.id, inputs: undefined, outputs, reasons };
    }
  }

  /** What the next update would say of the refreshed state, were the program unchanged. */
  async #drifted(provider: ProviderCalls, old: ResourceState, state: ResourceState): Promise<boolean> {
    if (old.external) return !equal(old.outputs, state.outputs);
    const { changes, replaces } = await provider.diff(subject(state), state.id ?? "", state, old.inputs);
    return (changes ?? !equal(state.inputs, old.inputs)) || replaces.length > 0;
  }

  async #delete(step: Step, old: ResourceState): Promise<void> {
    if (old.protect && !step.op.endsWith("-replaced")) throw new ProtectedError(old.urn);
    if (this.context.dryRun || step.goesWithContainer || callsNobody(old)) return;
    const provider = await this.#providerOf(old);
    await provider.delete(subject(old), old.id ?? "", old, old.customTimeouts?.["delete"]);
  }

  async #providerOf({ urn, provider }: ResourceState): Promise<ProviderCalls> {
    if (provider === undefined) throw new Error(`${urn} has no provider`);
    return this.context.provider(provider);
  }
}

const isAlike = (old: ResourceState, fresh: ResourceState): boolean =>
  equal(old.inputs, fresh.inputs) && equal(old.outputs, fresh.outputs);

interface Reading {
  readonly id: string;
  readonly outputs: Properties;
  readonly inputs: Properties | undefined;
  readonly reasons?: readonly string[];
}

/** A deletion that the program's or the state's `protect` forbids. The rest of the run goes on. */
export class ProtectedError extends Error {
  constructor(urn: string) {
    super(
      `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, ` +
        "either remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`, " +
        `or use the command:\n\`pulumi state unprotect '${urn}'\``,
    );
  }
}

/** Nothing is behind a component or a provider, and some objects are left where they are. */
const callsNobody = ({ custom, type, external, retainOnDelete }: ResourceState): boolean =>
  !custom || isProviderType(type) || external === true || retainOnDelete === true;

const subject = ({ urn, type }: ResourceState): Subject => ({ urn, name: nameOf(urn), type });

function required(state: ResourceState | undefined): ResourceState {
  if (state === undefined) throw new Error("a step without the state it is about");
  return state;
}

/** Outputs are secret where the program says so, and where an input of the same name is. */
function marked(state: ResourceState): ResourceState {
  const { inputs, additionalSecretOutputs = [] } = state;
  const isHidden = (key: string): boolean => additionalSecretOutputs.includes(key) || isSecret(inputs[key]);
  const entries = Object.entries(state.outputs);
  const outputs = entries.map(([key, value]) => [key, isHidden(key) ? secret(value) : value] as const);
  return { ...state, outputs: Object.fromEntries(outputs) };
}
