import { messageOf } from "../errors.js";
import type { Goal } from "../monitor/goal.js";
import type { Registrar } from "../monitor/monitor.js";
import { allDependenciesOf, deletion, deletionRounds } from "../plan/deletes.js";
import { Invalid, type Mode, Planner, skip } from "../plan/planner.js";
import { type Step, step } from "../plan/step.js";
import type { Program } from "../plugins/language.js";
import type { ProviderCalls } from "../plugins/provider.js";
import type { ProviderRegistry } from "../plugins/registry.js";
import { grpc } from "../protocol/pulumi.js";
import type { StateLog } from "../state/snapshot-manager.js";
import type { ResourceState } from "../state/resource.js";
import { withoutDangling } from "../state/rows.js";
import type { Properties } from "../values/properties.js";
import { isProviderType, isStack, providerReference } from "../values/urn.js";
import { Canceled, Executor, StepFailed, type StepObserver } from "./executor.js";
import { DefaultProviders } from "./defaults.js";
import { Performer } from "./perform.js";

/** What a deployment shows as it goes. */
export interface DeploymentObserver extends StepObserver {
  /** The outputs of a component or the stack became known. */
  onOutputs(step: Step): void;
  /** Something to tell the user, on a resource or, with "", on the whole. */
  report(urn: string, severity: "warning" | "error", message: string): void;
}

export interface DeploymentOptions {
  readonly stack: string;
  readonly project: string;
  readonly dryRun: boolean;
  readonly mode: Mode;
  readonly parallel: number;
  /** The state before, in the order of the checkpoint. */
  readonly resources: readonly ResourceState[];
  readonly log: StateLog;
  readonly observer: DeploymentObserver;
  /** Config values for default providers, secrets marked. */
  readonly providerConfig: Properties;
  /** The folders of the project's plugins, by package. */
  readonly plugins: Readonly<Record<string, string>>;
  readonly now: () => Date;
}

/** What a program is told when the run is called off: the SDK takes it quietly. */
const SHUT_DOWN = Object.assign(new Error("the resource monitor shut down"), { code: grpc.status.CANCELLED });

/** One run over one stack: plans and carries out what a program registers, and what the state demands. */
export class Deployment implements Registrar {
  readonly #performer: Performer;
  readonly #executor: Executor;
  readonly #registered = new Map<string, Step & { readonly new: ResourceState }>();
  readonly #unmade = new Set<string>();
  readonly #registering = new Set<Promise<unknown>>();
  readonly #defaults: DefaultProviders;
  readonly #deleted = new Set<ResourceState>();
  #planner: Planner;
  #states: readonly ResourceState[];
  #planning: Promise<unknown> = Promise.resolve();
  #stackOutputs: Properties | undefined;
  #program: Program | undefined;
  #failed = false;
  #stepFailed = false;

  constructor(
    private readonly options: DeploymentOptions,
    private readonly providers: ProviderRegistry,
  ) {
    const { observer, dryRun, now, log, parallel, resources } = options;
    this.#performer = new Performer({
      dryRun,
      now,
      provider: (reference) => this.#provider(reference),
      warn: (urn, message) => observer.report(urn, "warning", message),
    });
    this.#executor = new Executor(this.#performer, log, observer, parallel);
    this.#defaults = new DefaultProviders(options.providerConfig, options.plugins, (goal) => this.register(goal));
    this.#states = resources;
    this.#planner = this.#newPlanner();
  }

  /** Whether anything went wrong that the user has been told of. */
  get failed(): boolean {
    return this.#failed || this.stepFailed;
  }

  /** Whether a step was begun and failed, or is known to fail. */
  get stepFailed(): boolean {
    return this.#stepFailed || this.#executor.failed || this.#planner.failed;
  }

  /** Whether the run was called off before its end. */
  get canceled(): boolean {
    return this.#executor.canceled;
  }

  /** Runs a program to its end and deletes what it does not register any more. */
  async run(program: Program): Promise<void> {
    this.#program = program;
    const failure = await program.failure;
    if (failure !== undefined && !this.#executor.canceled) {
      this.#failed = true;
      if (failure !== "") this.options.observer.report("", "error", failure);
    }
    // A program that ends early leaves registrations behind; these are carried out all the same.
    while (this.#registering.size > 0) await Promise.allSettled(this.#registering);
    await this.#executor.idle();
    // What only the plan says will fail does not keep a preview from showing the rest.
    const goesOn = !this.#failed && !this.#stepFailed && !this.#executor.failed && !this.#executor.canceled;
    if (goesOn) await this.#finish();
    await this.#executor.idle();
    await this.#saveStackOutputs();
  }

  async #finish(): Promise<void> {
    // Like the CLI, which has nothing to compare with then: what a program that runs to destroy made stays.
    if (this.options.resources.length === 0) return;
    await (this.options.mode === "refresh" ? this.refresh() : this.deleteRest());
  }

  /** Deletes every state that no registration of this run covers; to destroy, also those that it does. */
  async deleteRest(): Promise<void> {
    const uncovered = this.#states.filter((state) => state.delete ?? !this.#planner.covers(state.urn));
    const covered = this.options.mode === "destroy" ? [...this.#registered.values()].map((done) => done.new) : [];
    const order = [...new Set([...covered, ...this.#states])];
    const doomed = [...covered, ...uncovered];
    const gone = new Set(doomed.map(({ urn }) => urn));
    const steps = doomed.map((state) => deletion(state, gone));
    const needed = new Set<ResourceState>();
    for (const round of deletionRounds(steps, order)) {
      const possible = round.filter(({ old }) => old === undefined || !needed.has(old));
      const results = await Promise.allSettled(possible.map((each) => this.#executor.chain([each])));
      if (this.#executor.canceled) return;
      // What a protected resource stands on stays with it.
      for (const [index, { old }] of possible.entries()) {
        if (old === undefined) continue;
        if (results[index]?.status === "fulfilled") this.#deleted.add(old);
        else for (const state of allDependenciesOf(old, order)) needed.add(state);
      }
    }
  }

  /** Reads every resource that the program did not yet lead to, and takes over what was found. */
  async refresh(): Promise<void> {
    const { log, observer, parallel } = this.options;
    const executor = new Executor(this.#performer, log, observer, parallel, true);
    const found = new Map<ResourceState, ResourceState | undefined>();
    const unread = this.#states.filter(({ urn }) => !this.#planner.covers(urn));
    const steps = unread.map(async (old) => {
      const { state } = await executor.chain([step("refresh", { old, new: old })]);
      found.set(old, state);
    });
    await Promise.allSettled(steps);
    this.#stepFailed ||= executor.failed;
    const read = this.#states.flatMap((old) => (found.has(old) ? (found.get(old) ?? []) : old));
    const whole = withoutDangling(read, true).map((is, index) =>
      this.#planner.covers(is.urn) ? (read[index] ?? is) : is,
    );
    const changed = read.map((was, index) => [was, whole[index] ?? was] as const);
    await log.end(undefined, {
      set: changed.filter(([was, is]) => was !== is),
      refreshed: this.#program !== undefined,
    });
    this.#states = whole;
    this.#planner = this.#newPlanner();
  }

  /** Calls the run off: what runs is finished, nothing new begins. */
  cancel(): void {
    this.#executor.cancel();
    this.#program?.stop();
  }

  register(goal: Goal): Promise<ResourceState> {
    const registration = this.#register(goal);
    this.#registering.add(registration);
    const done = (): void => void this.#registering.delete(registration);
    registration.then(done, done);
    return registration;
  }

  async #register(goal: Goal): Promise<ResourceState> {
    const whole = { ...goal, ...this.#inherited(goal), provider: await this.#defaults.referenceFor(goal) };
    // One plan at a time, in the order of arrival; carrying out goes on beside it.
    const planned = this.#planning.then(async () => {
      if (this.#executor.canceled) throw new Canceled("the run was called off");
      const steps = await this.#planner.plan(whole);
      return { steps, outcome: this.#executor.chain(steps) };
    });
    this.#planning = planned.catch(() => undefined);
    const { steps, outcome } = await planned;
    const { state } = await outcome;
    return state ? this.#settled(steps, state) : this.#skipped(whole, steps);
  }

  async registerOutputs(urn: string, outputs: Properties): Promise<void> {
    const registration = this.#registered.get(urn);
    if (this.#unmade.has(urn)) return;
    if (registration === undefined) throw new Error(`outputs of "${urn}", which is not registered`);
    if (isStack(registration.type)) this.#stackOutputs = outputs;
    else await this.#setOutputs(registration, outputs);
  }

  registered(urn: string): ResourceState | undefined {
    return this.#registered.get(urn)?.new;
  }

  refuse(error: unknown): Error {
    const isKnown = error instanceof StepFailed || error instanceof Canceled || error instanceof Invalid;
    if (!isKnown) this.options.observer.report("", "error", messageOf(error));
    if (!(error instanceof Canceled)) this.#failed = true;
    this.cancel();
    return SHUT_DOWN;
  }

  #newPlanner(): Planner {
    const { stack, project, dryRun, mode, observer } = this.options;
    const report = observer.report.bind(observer);
    return new Planner({ stack, project, dryRun, mode, report, provider: (ref) => this.#provider(ref) }, this.#states);
  }

  /** What a refresh found gone is skipped from then on. */
  async #skipped({ type, custom, inputs }: Goal, [reading]: readonly Step[]): Promise<ResourceState> {
    if (reading?.old === undefined) throw new Error("a registration without a result");
    this.#supersede(reading.old, undefined);
    const wanted = { urn: reading.urn, type, custom, inputs, outputs: {} };
    await this.#executor.chain([skip(wanted)]);
    return wanted;
  }

  #settled(steps: readonly Step[], state: ResourceState): ResourceState {
    const [first] = steps;
    if (first === undefined) throw new Error("a registration without a step");
    if (first.old) this.#supersede(first.old, first.condemned ?? state);
    if (isProviderType(state.type)) this.providers.register(state);
    // Of a replacement, the step that a person counts is the one that outputs are reported on.
    const counted = steps.find(({ logical }) => logical) ?? first;
    if (first.skipped) this.#unmade.add(state.urn);
    else this.#registered.set(state.urn, { ...counted, new: state });
    return state;
  }

  #supersede(was: ResourceState, is: ResourceState | undefined): void {
    this.#states = this.#states.flatMap((state) => (state === was ? (is ?? []) : state));
  }

  async #setOutputs(registration: Step & { readonly new: ResourceState }, outputs: Properties): Promise<void> {
    const state = { ...registration.new, outputs };
    await this.options.log.end(undefined, { set: [[registration.new, state]] });
    this.#supersede(registration.new, state);
    const made = { ...registration, new: state };
    this.#registered.set(state.urn, made);
    this.options.observer.onOutputs(made);
  }

  async #saveStackOutputs(): Promise<void> {
    const stack = [...this.#registered.values()].find(({ type }) => isStack(type));
    if (stack === undefined || this.#stackOutputs === undefined || this.#deleted.has(stack.new)) return;
    // After a failure not all outputs were computed: those of before stay true.
    const before = this.failed ? (stack.old?.outputs ?? {}) : {};
    await this.#setOutputs(stack, { ...before, ...this.#stackOutputs });
  }

  #inherited({
    parent,
    protect,
    retainOnDelete,
    deletedWith,
  }: Goal): Pick<Goal, "protect" | "retainOnDelete" | "deletedWith"> {
    const above = parent === undefined ? undefined : this.registered(parent);
    return {
      protect: protect ?? above?.protect,
      retainOnDelete: retainOnDelete ?? above?.retainOnDelete,
      deletedWith: deletedWith ?? above?.deletedWith,
    };
  }

  /** The provider of a reference: one of this run, or one that only the state still knows. */
  #provider(reference: string): Promise<ProviderCalls> {
    if (!this.providers.has(reference)) {
      const { urn, id } = providerReference(reference);
      const state = this.#states.find((other) => other.urn === urn && other.id === id);
      if (state) this.providers.register(state);
    }
    return this.providers.get(reference);
  }
}
