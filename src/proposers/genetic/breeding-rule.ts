/**
 * How children are made where a study runs under an improver with settings of the GP engine. A study keeps its
 * candidates in an archive, so the settings that say who is kept (population, tournament, replacement, accept,
 * restart, seedShare, parsimony), which `archive` decides here, are not read, nor those that rank or reject before a
 * measurement (deduplicate, proposals, nearest, novelty: keys and `taste` do it) and the twin, which a task has not.
 */
import type { Rng } from '../../core/rng.ts';
import {
  type Policy,
  policyIn,
  type SearchState,
  VARIATION_NAMES,
} from '../../improver/gp/slots.ts';
import type { Forest } from '../../lang/forest.ts';
import { type GrowOptions, MACRO_SHARE } from '../../lang/generate.ts';
import { INSTANCE } from '../../lang/operators.ts';
import type { Vocabulary } from '../../lang/vocabulary.ts';
import type { AskRequest } from '../contract.ts';

/** What holds for the trial that is asked for. Pure. */
export type BreedingRule = (
  request: Pick<AskRequest, 'trial' | 'archive' | 'fromOrigin'>,
) => Policy;

export interface RuledStudy {
  /** Settings over GP_VOCABULARY. */
  readonly improver: Forest;
  /** Of the candidates. */
  readonly vocabulary: Vocabulary;
  /** Trials that the budget pays for, as far as that is known. Above 0. */
  readonly trials: number;
}

/** Nodes that count as a large tree: as in a search of its own (improver/gp/search.ts). */
const NODES_PER_SIZE = 30;
/** Changes of one child at most, beyond the first. */
const MOST_MORE = 5;

/**
 * The state is read from the trial's number and the archive, so that equal requests get equal policies. What draws from
 * the origin learns nothing, not even how long ago its best was found: there the archive counts as empty.
 */
export function breedingRule({ improver, vocabulary, trials }: RuledStudy): BreedingRule {
  const share = (count: number): number => Math.max(0, Math.min(1, count / trials));
  const budget = Math.log10(Math.max(1, trials)) / 4;
  const inputs = Math.max(...vocabulary.slots.map((slot) => slot.inputs.length)) / 10;
  let last: { readonly key: string; readonly policy: Policy } | undefined;
  return ({ trial, archive, fromOrigin }) => {
    const best = fromOrigin ? undefined : archive.best();
    const state: SearchState = {
      progress: share(trial),
      stagnation: share(trial - (best?.trial ?? 0)),
      // Elites differ, or they would not both be kept.
      diversity: 1,
      size: (best?.size ?? 0) / vocabulary.slots.length / NODES_PER_SIZE,
      budget,
      inputs,
    };
    const key = Object.values(state).join();
    if (last?.key !== key) last = { key, policy: policyIn(improver, state) };
    return last.policy;
  };
}

/**
 * In the order of the names; all 0 counts as all equal. What no slot weighs has its own share: `set`, which improvers
 * alone have, as often as all others, `instance` as often as fresh trees hold instances.
 */
export function weightsUnder({ operators }: Policy, names: readonly string[]): readonly number[] {
  const known = (name: string): number | undefined =>
    operators[(VARIATION_NAMES as readonly string[]).indexOf(name)];
  const total = names.reduce((sum, name) => sum + (known(name) ?? 0), 0);
  if (total === 0) return names.map(() => 1);
  const unweighed = (name: string): number =>
    name === INSTANCE ? (total * MACRO_SHARE) / (1 - MACRO_SHARE) : total;
  return names.map((name) => known(name) ?? unweighed(name));
}

/** Changes beyond the first: geometric, with the mean that the policy asks for. */
export function changesMore({ settings }: Policy, rng: Rng): number {
  let more = 0;
  while (more < MOST_MORE && rng.float() < 1 - 1 / settings.mutations) more += 1;
  return more;
}

export function growingUnder({ settings, grown }: Policy): GrowOptions {
  return {
    maxDepth: Math.round(settings.depth),
    constantSd: 10 ** settings.constantScale,
    constantProbability: settings.constantShare,
    weights: grown,
  };
}
