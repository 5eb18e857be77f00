import type { ResourceState } from "../state/resource.js";
import { providerReference } from "../values/urn.js";
import { type Step, step } from "./step.js";

/** Everything that a resource needs to stand: by URN. */
export function dependenciesOf(state: ResourceState): Set<string> {
  const { parent, dependencies = [], propertyDependencies = {}, provider, deletedWith } = state;
  const needed = [...dependencies, ...Object.values(propertyDependencies).flat(), parent, deletedWith];
  if (provider !== undefined) needed.push(providerReference(provider).urn);
  return new Set(needed.filter((urn): urn is string => urn !== undefined && urn !== ""));
}

/**
 * Everything that a resource needs, and what these need in turn. Where an old and a new state share a URN, an old one
 * leans on old ones, and a new one on new ones.
 */
export function allDependenciesOf(state: ResourceState, states: readonly ResourceState[]): Set<ResourceState> {
  const byUrn = (isOld: boolean): Map<string, ResourceState> =>
    new Map(states.filter((other) => (other.delete ?? false) === isOld).map((other) => [other.urn, other]));
  const [olds, news] = [byUrn(true), byUrn(false)];
  const found = new Set<ResourceState>();
  const visit = (of: ResourceState): void => {
    for (const urn of dependenciesOf(of)) {
      const needed = of.delete ? (olds.get(urn) ?? news.get(urn)) : (news.get(urn) ?? olds.get(urn));
      if (needed === undefined || found.has(needed)) continue;
      found.add(needed);
      visit(needed);
    }
  };
  visit(state);
  return found;
}

/** The deletion of a state: of the leftover of a replacement, of what Pulumi never owned, or an ordinary one. */
export function deletion(state: ResourceState, gone: ReadonlySet<string>): Step {
  const goesWithContainer = state.deletedWith !== undefined && gone.has(state.deletedWith);
  const external = state.external ?? false;
  if (state.delete) return step(external ? "discard-replaced" : "delete-replaced", { old: state, goesWithContainer });
  return step(external ? "discard" : "delete", { old: state, goesWithContainer });
}

/**
 * Puts deletions into rounds: all of a round may run at once, and nothing goes before what depends on it.
 *
 * @param order - all states, each behind what it depends on.
 */
export function deletionRounds(steps: readonly Step[], order: readonly ResourceState[]): Step[][] {
  const places = new Map(order.map((state, index) => [state, index]));
  const place = ({ old }: Step): number => (old && places.get(old)) ?? order.length;
  const sorted = [...steps].sort((a, b) => place(a) - place(b));
  const depths = new Map<string, number>();
  const rounds: Step[][] = [];
  for (const each of sorted) {
    const needed = each.old ? [...dependenciesOf(each.old)] : [];
    const depth = Math.max(0, ...needed.map((urn) => (depths.get(urn) ?? -1) + 1));
    depths.set(each.urn, Math.max(depth, depths.get(each.urn) ?? 0));
    (rounds[depth] ??= []).push(each);
  }
  return rounds.reverse();
}
