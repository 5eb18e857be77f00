/** Work that adds work of its own, done by so many at once. */
export class Pool<T> {
  readonly #queue: T[] = [];
  #begun = 0;
  #isStopped = false;

  constructor(
    private readonly width: number,
    private readonly work: (one: T) => Promise<void>,
  ) {}

  /** Puts something at the end of the line. */
  add(...more: readonly T[]): void {
    for (const one of more) this.#queue.push(one);
  }

  /** Lets what is under way end, and begins nothing more. */
  stop(): void {
    this.#isStopped = true;
  }

  /** What was never begun. */
  get left(): readonly T[] {
    return this.#queue.slice(this.#begun);
  }

  /** Resolves when everything is done, or stopped. Rejects with the first thing that the work throws, once all has ended. */
  async run(): Promise<void> {
    let underWay = 0;
    let failure: { readonly error: unknown } | undefined;
    await new Promise<void>((resolve) => {
      const next = (): void => {
        while (underWay < this.width && !this.#isStopped && this.#begun < this.#queue.length) {
          const one = this.#queue[this.#begun++] as T;
          underWay++;
          void this.work(one)
            .catch((error: unknown) => {
              failure ??= { error };
              this.stop();
            })
            .finally(() => {
              underWay--;
              next();
            });
        }
        if (underWay === 0) resolve();
      };
      next();
    });
    if (failure) throw failure.error;
  }
}

/** Does something with each of a list, so many at once. */
export async function each<T>(width: number, all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const pool = new Pool<T>(width, work);
  pool.add(...all);
  await pool.run();
}
