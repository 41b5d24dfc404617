/** What the net sees of a draft: no unit of the task, so that it transfers from one task to another. */
import { VARIATIONS } from '../../lang/operators.ts';
import { phenotypicDistance } from '../../lang/phenotype.ts';
import type { Foreseeable } from '../contract.ts';
import type { Neighbourhood, Remembered } from './memory.ts';

export interface Seen {
  readonly draft: Foreseeable;
  readonly phenotype: Float32Array;
  readonly near: Neighbourhood;
  /** The candidate it came from; absent where it is forgotten. */
  readonly parent: Remembered | undefined;
  /** Its score, disasters apart. */
  readonly from: number | undefined;
  /** Scores remembered, ascending, and how far they usually lie from their median. */
  readonly scores: readonly number[];
  readonly scale: number;
  /** Trials so far, and log odds of the base rate. */
  readonly trials: number;
  readonly baseOdds: number;
}

const OPERATORS = Object.keys(VARIATIONS);

const FIGURES: readonly ((seen: Seen) => number)[] = [
  ({ near, from = near.score, scale }) => Math.tanh((near.score - from) / scale),
  ({ near, from = near.nearest, scale }) => Math.tanh((near.nearest - from) / scale),
  ({ near, from = near.score, scale }) => Math.tanh((10 * (near.score - from)) / scale),
  ({ near, scale }) => Math.tanh(near.spread / scale),
  ({ near }) => Math.sqrt(near.distance),
  ({ near }) => (near.distance < SAME ? 1 : 0),
  ({ near }) => near.better,
  ({ parent, phenotype }) =>
    parent ? Math.sqrt(phenotypicDistance(parent.phenotype, phenotype)) : 1,
  ({ parent, phenotype }) =>
    parent && phenotypicDistance(parent.phenotype, phenotype) < SAME ? 1 : 0,
  ({ parent }) => (parent ? 0 : 1),
  ({ parent, scores }) => (parent ? shareBelow(scores, parent.score) : 1 / 2),
  ({ near, scores }) => shareBelow(scores, near.score),
  ({ trials }) => Math.log1p(trials) / 7,
  ({ draft, parent }) => (parent ? Math.tanh((draft.size - parent.size) / 10) : 0),
  ({ draft }) => Math.log1p(draft.size) / 5,
  ({ baseOdds }) => baseOdds / 4,
  ({ draft }) => (draft.parents.length > 1 ? 1 : 0),
];

/** Decisions that differ nowhere, but for rounding. */
const SAME = 1e-9;

/** Of what the numbers below mean and in which order they stand: a net trained on another version is not to be used. */
export const FEATURES_VERSION = 1;

export const FEATURES = FIGURES.length + OPERATORS.length;

export function featuresOf(seen: Seen): readonly number[] {
  return [
    ...FIGURES.map((figure) => figure(seen)),
    ...OPERATORS.map((name) => (name === seen.draft.operator ? 1 : 0)),
  ];
}

/** Share of ascending values below one of them, ties by half. */
function shareBelow(ascending: readonly number[], value: number): number {
  let below = 0;
  for (const one of ascending) below += one < value ? 1 : one === value ? 1 / 2 : 0;
  return ascending.length === 0 ? 1 / 2 : below / ascending.length;
}
