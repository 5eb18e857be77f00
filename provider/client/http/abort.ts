/** One listener for all who want to know. */
interface Listener {
  readonly told: Set<() => void>;
  readonly remove: () => void;
}

const listeners = new WeakMap<AbortSignal, Listener>();

/**
 * Calls `tell` when a signal is aborted. A signal gets one listener, however many requests share it: the runtime warns
 * of a leak where there are more than ten.
 *
 * @returns takes that back.
 */
export function onAbort(signal: AbortSignal | undefined, tell: () => void): () => void {
  if (signal === undefined) return () => undefined;
  const { told, remove } = listeners.get(signal) ?? listenTo(signal);
  // Each call is an entry of its own, also of one and the same function.
  const entry = (): void => tell();
  told.add(entry);
  return () => {
    told.delete(entry);
    if (told.size === 0) remove();
  };
}

function listenTo(signal: AbortSignal): Listener {
  const told = new Set<() => void>();
  const tellAll = (): void => {
    remove();
    for (const tell of [...told]) tell();
  };
  const remove = (): void => {
    signal.removeEventListener("abort", tellAll);
    if (listeners.get(signal)?.told === told) listeners.delete(signal);
  };
  signal.addEventListener("abort", tellAll);
  const listener = { told, remove };
  listeners.set(signal, listener);
  return listener;
}
