/** The vectors of a collection, in one piece of memory; an exact scan of 10,000 takes milliseconds. */
export class VectorTable {
  #values: Float32Array;
  #owners: string[] = [];
  readonly #rows = new Map<string, number[]>();

  constructor(readonly dimensions: number) {
    this.#values = new Float32Array(dimensions * 64);
  }

  /** Adds one or more unit vectors, one behind the other in `values`, of one document. */
  add(id: string, values: Float32Array): void {
    this.remove(id);
    const count = values.length / this.dimensions;
    const first = this.#owners.length;
    this.#grow((first + count) * this.dimensions);
    this.#values.set(values, first * this.dimensions);
    this.#rows.set(id, Array.from({ length: count }, (_, row) => first + row));
    for (let row = 0; row < count; row++) this.#owners.push(id);
  }

  remove(id: string): void {
    const rows = this.#rows.get(id) ?? [];
    this.#rows.delete(id);
    for (const row of [...rows].sort((a, b) => b - a)) this.#fill(row);
  }

  /** The cosine of each document's closest vector. */
  scores(query: Float32Array): Map<string, number> {
    const scores = new Map<string, number>();
    for (const [row, owner] of this.#owners.entries()) {
      const cosine = this.#dot(row * this.dimensions, query);
      if (cosine > (scores.get(owner) ?? -Infinity)) scores.set(owner, cosine);
    }
    return scores;
  }

  #dot(start: number, query: Float32Array): number {
    let sum = 0;
    for (let index = 0; index < query.length; index++) {
      sum += (this.#values[start + index] ?? 0) * (query[index] ?? 0);
    }
    return sum;
  }

  /** The last row moves into the hole. */
  #fill(hole: number): void {
    const last = this.#owners.length - 1;
    const owner = this.#owners.pop();
    if (hole === last || owner === undefined) return;
    this.#values.copyWithin(hole * this.dimensions, last * this.dimensions, (last + 1) * this.dimensions);
    this.#owners[hole] = owner;
    const rows = this.#rows.get(owner);
    if (rows !== undefined) rows[rows.indexOf(last)] = hole;
  }

  #grow(length: number): void {
    if (length <= this.#values.length) return;
    const larger = new Float32Array(Math.max(length, this.#values.length * 2));
    larger.set(this.#values);
    this.#values = larger;
  }
}
