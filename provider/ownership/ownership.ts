import { isInitializationFailure } from "../engine/initialization-failure.js";
import type { Timer } from "../api/interruption.js";
import type { Properties } from "../engine/values.js";
import { claimOf, isProof, newClaim } from "./claim.js";
import { startOf, type Creation, type Journal } from "./journal.js";

/** A creation as it begins. */
export type Beginning = Pick<Creation, "owner" | "kind" | "origin" | "account" | "collectionId" | "contentHash">;

/** A creation under way. */
export interface Begun {
  readonly claim: string;
  /** Notes that a request is about to be sent which makes something. */
  readonly sending: () => void;
  /** Notes that the API has refused that request, and nothing was made. */
  readonly refused: () => void;
  /** Notes what the API has answered, before anything else is waited for. */
  readonly answered: (object: { readonly id: string; readonly created?: string | undefined }) => void;
}

/** In milliseconds: how long no call of the engine may have come before all that it has to say has been said. */
const QUIET_FOR = 750;
const LONGEST_QUIET = 10_000;
const PAUSE = 250;
/** In milliseconds: how long a process that has lost its engine may take to end. */
const ENDS_WITHIN = 5_000;

/**
 * What this process knows of who manages what: from the states that the engine has shown it, from what it has made
 * itself, and from the journal of creations whose end nobody has seen.
 */
export class Ownership {
  readonly #states = new Map<string, Properties>();
  /** By object, the claims of the resources that the program declares. */
  readonly #live = new Map<string, Set<string>>();
  readonly #claimOf = new Map<string, string>();
  readonly #seen = new Set<string>();
  readonly #running = new Set<string>();
  readonly #returned = new Set<string>();
  readonly #memberOf = new Map<string, Properties>();
  readonly #made = new Set<string>();
  readonly #withSecretFile = new Set<string>();
  readonly #secretlyNamed = new Set<string>();
  /** The owners of creations that were open when this process began to look. */
  #openAtStart: ReadonlySet<string> | undefined;
  #calledAt = -Infinity;

  constructor(
    private readonly journal: Journal,
    private readonly clock: Timer,
    private readonly isAlive: (process: Pick<Creation, "pid" | "startedAt">) => boolean = () => false,
  ) {}

  /**
   * Notes a call of the engine, with the state of the resource where the call has one.
   *
   * @param isDeclared - whether the program declares the resource.
   */
  called(id?: string, state?: Properties, isDeclared = false): void {
    this.#calledAt = this.clock.now();
    if (id === undefined || state === undefined) return;
    this.#states.set(id, state);
    const { collectionId, origin } = state;
    if (typeof collectionId === "string") {
      if (collectionId !== id && origin !== undefined) this.#memberOf.set(collectionId, state);
      if (state["fileId"] !== undefined && state["confidential"] === true) this.hasSecretFile(collectionId);
    }
    const { owner } = state;
    const claim = claimOf(state);
    if (isProof(claim)) {
      this.#seen.add(claim);
      if (!this.#running.has(claim)) this.journal.forget(claim);
    }
    if (isDeclared) this.holds(id, claim, typeof owner === "string" ? owner : undefined);
  }

  /** Notes that a declared resource has an object: none that it takes the place of may delete it. */
  holds(id: string, claim: string, owner?: string): void {
    const claims = this.#live.get(id) ?? new Set<string>();
    this.#live.set(id, claims.add(claim));
    if (owner !== undefined) this.#claimOf.set(owner, claim);
  }

  /**
   * Notes that a collection has a file that is secret: of the items that the API makes of it no titles are to be shown.
   */
  hasSecretFile(collectionId: string): void {
    this.#withSecretFile.add(collectionId);
  }

  /** Whether an item of a collection that bears no tag may be made of something secret. */
  mayBeSecret(collectionId: string): boolean {
    return this.#withSecretFile.has(collectionId);
  }

  /** Notes that a collection has a name that is not to be shown, by whichever resource. */
  hasSecretName(id: string): void {
    this.#secretlyNamed.add(id);
  }

  /** Whether a resource that this process has seen gives a collection a name that is secret. */
  isSecretlyNamed(id: string): boolean {
    return this.#secretlyNamed.has(id) || this.#states.get(id)?.["confidential"] === true;
  }

  /** Notes that an object is gone: its id may come again. */
  released(id: string, claim = ""): void {
    this.#live.delete(id);
    this.journal.forget(claim);
  }

  /** Notes that what an interrupted creation has made is settled. */
  forgotten({ claim }: Creation): void {
    this.journal.forget(claim);
  }

  /** Whether an interrupted creation of a resource is on record, so that the resource is to be looked after. */
  isUnsettled({ owner, origin, account }: Properties): boolean {
    this.#openAtStart ??= new Set(this.journal.open().map((creation) => creation.owner));
    if (typeof owner !== "string" || !this.#openAtStart.has(owner)) return false;
    return this.#openOf({ owner, origin, account }).some(({ claim }) => !this.#seen.has(claim));
  }

  /**
   * Notes a collection that this process has made: what states have in it was in another one of the same id, which is
   * gone.
   */
  made(collectionId: string): void {
    this.#made.add(collectionId);
  }

  /** Whether what a state names was in a collection that is gone, though another has its id. */
  isLost({ collectionId }: Properties, id: string): boolean {
    return typeof collectionId === "string" && collectionId !== id && this.#made.has(collectionId);
  }

  /** What states say of a collection, where one has it. */
  collection(id: string): Properties | undefined {
    return this.#made.has(id) ? undefined : this.#states.get(id);
  }

  /** A state that has something in a collection. */
  memberOf(collectionId: string): Properties | undefined {
    return this.#made.has(collectionId) ? undefined : this.#memberOf.get(collectionId);
  }

  /** Whether a declared resource other than the one with this claim has an object. */
  isHeldByAnother(id: string, claim = ""): boolean {
    return [...(this.#live.get(id) ?? [])].some((other) => other !== claim);
  }

  /** Whether a declared resource is known to have an object. */
  isHeld(id: string): boolean {
    return this.#live.has(id);
  }

  /** Whether a state that this process has seen has a claim. */
  hasSeen(claim: string): boolean {
    return this.#seen.has(claim);
  }

  /** Whether this process has seen a state of the resource: it is no new one, then, but the successor of another. */
  isKnown(owner: string): boolean {
    return [...this.#states.values()].some((state) => state["owner"] === owner);
  }

  /** The states that this process has seen, by id. */
  get states(): ReadonlyMap<string, Properties> {
    return this.#states;
  }

  /** The claim of the resource that the program declares under this owner. */
  claimOfDeclared(owner: string): string | undefined {
    return this.#claimOf.get(owner);
  }

  /**
   * Carries out a creation, which is on record from before its first request until the engine has its result.
   *
   * @param abandoned the creations that it goes on with.
   */
  async create<T extends { readonly id: string }>(
    beginning: Beginning,
    abandoned: readonly Creation[],
    work: (begun: Begun) => Promise<T>,
  ): Promise<T> {
    const { pid } = process;
    let creation: Creation = { ...beginning, claim: newClaim(), pid, startedAt: startOf(pid), at: this.clock.now() };
    const { claim, owner } = creation;
    this.#running.add(claim);
    const note = (known: Partial<Creation>): void => {
      creation = { ...creation, ...known };
      this.journal.note(creation);
    };
    const answered = ({ id, created }: { readonly id: string; readonly created?: string | undefined }): void => {
      note({ id, created });
      this.holds(idOf(creation), claim, owner);
    };
    const kept = (): void => {
      this.#returned.add(claim);
      note({ returned: true });
      for (const earlier of abandoned) this.journal.forget(earlier.claim);
    };
    try {
      const sending = (): void => note({ sent: true, at: this.clock.now() });
      const made = await work({ claim, sending, refused: () => this.journal.forget(claim), answered });
      this.holds(made.id, claim, owner);
      kept();
      return made;
    } catch (error) {
      if (isInitializationFailure(error)) kept();
      throw error;
    } finally {
      this.#running.delete(claim);
    }
  }

  /**
   * The creations of a resource that were begun on this machine and that no state has shown since: what they made is
   * the resource's own, in whichever collection.
   */
  async abandoned(about: Pick<Beginning, "owner" | "origin" | "account" | "kind">): Promise<readonly Creation[]> {
    const { owner, origin, account, kind } = about;
    if (owner === "") return [];
    const open = (): Creation[] =>
      this.#openOf({ owner, origin, account }).filter((creation) => creation.kind === kind);
    if (open().length === 0) return [];
    // A resource that was renamed in this very run still has the old owner in its state, which may not have been shown
    // yet.
    await this.quiet();
    const deadline = this.clock.now() + ENDS_WITHIN;
    const isRunning = (): boolean => open().some((creation) => this.#isAnothers(creation));
    while (isRunning() && this.clock.now() < deadline) await this.clock.sleep(PAUSE);
    return open().filter((creation) => !this.#seen.has(creation.claim) && !this.#isAnothers(creation));
  }

  /** Resolves once the engine has called nothing for a moment: by then it has shown what it knows. */
  async quiet(): Promise<void> {
    const deadline = this.clock.now() + LONGEST_QUIET;
    const from = this.clock.now();
    const isLoud = (now: number): boolean => now - Math.max(this.#calledAt, from) < QUIET_FOR && now < deadline;
    while (isLoud(this.clock.now())) await this.clock.sleep(PAUSE);
  }

  /** The engine has all results: what was made is in the state. */
  end(): void {
    for (const claim of this.#returned) this.journal.forget(claim);
  }

  /** Creations of a resource on record that do not run in this process, and have not ended in it. */
  #openOf({ owner, origin, account }: Readonly<Record<"owner" | "origin" | "account", unknown>>): Creation[] {
    const isOf = (one: Creation): boolean => one.owner === owner && one.origin === origin && one.account === account;
    const isOurs = ({ claim }: Creation): boolean => this.#running.has(claim) || this.#returned.has(claim);
    return this.journal.open().filter((creation) => isOf(creation) && !isOurs(creation));
  }

  #isAnothers({ pid, startedAt }: Creation): boolean {
    return pid !== process.pid && this.isAlive({ pid, startedAt });
  }
}

/** The id of the resource whose object was made. */
function idOf({ kind, collectionId, id = "" }: Creation): string {
  return kind === "collection" ? id : `${collectionId ?? ""}/${id}`;
}
