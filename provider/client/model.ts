/** A model that the API offers. Everything but the id is there where the API says it. */
export interface Model {
  readonly id: string;
  /** Seconds since 1970-01-01 UTC. */
  readonly created?: number;
  readonly ownedBy?: string;
  /** What it can do, in the words of the API's older lists. */
  readonly features?: readonly string[];
  /** What it takes, e.g. `text`, `image`. */
  readonly input?: readonly string[];
  /** What it answers with, e.g. `text`, `audio`. */
  readonly output?: readonly string[];
  /** Parameters that it takes, in the API's words, e.g. `tools`, `response_format`. */
  readonly supports?: readonly string[];
  /** Whether it thinks before it answers. */
  readonly reasoning?: boolean;
  /** What it costs, in the API's words and units. */
  readonly pricing?: Readonly<Record<string, string>>;
  /** Whether it can be asked now. */
  readonly isReady?: boolean;
}
