/** Improvers as what a search improves: self-application. */
import type { Situations } from '../../lang/behaviour.ts';
import type { Forest } from '../../lang/forest.ts';
import { resetSlot } from './reset-slot.ts';
import { FEATURES, GP_VOCABULARY, type SearchState } from './slots.ts';
import type { Subject } from './subject.ts';

/** States in which two improvers are compared. */
const STATES: readonly SearchState[] = [
  { progress: 0, stagnation: 0, diversity: 1, size: 0.1, budget: 0.5, inputs: 0.2 },
  { progress: 0.2, stagnation: 0.1, diversity: 0.8, size: 0.3, budget: 0.5, inputs: 0.4 },
  { progress: 0.5, stagnation: 0.05, diversity: 0.5, size: 0.5, budget: 0.52, inputs: 0.1 },
  { progress: 0.5, stagnation: 0.4, diversity: 0.3, size: 0.8, budget: 0.52, inputs: 0.3 },
  { progress: 0.8, stagnation: 0.6, diversity: 0.9, size: 0.2, budget: 0.55, inputs: 0.5 },
  { progress: 0.95, stagnation: 0.2, diversity: 0.2, size: 1, budget: 0.6, inputs: 0.4 },
];

/** Two improvers that are the same in all of them are the same search. */
export const IMPROVER_SITUATIONS: Situations = situations();

function situations(): Situations {
  const columns = FEATURES.map(
    (name) => [name, Float64Array.from(STATES, (state) => state[name])] as const,
  );
  const valued = GP_VOCABULARY.slots.map(({ name }) => name);
  const rows = { length: STATES.length, columns: Object.fromEntries(columns) };
  return { rows, groupSize: 1, valued };
}

/** One evaluation is one measurement on all tasks; what is charged besides is nothing beside it. */
export function improverSubject(start: Forest): Subject {
  return {
    name: 'improver',
    vocabulary: GP_VOCABULARY,
    start,
    situations: IMPROVER_SITUATIONS,
    isGrown: false,
    reset: resetSlot,
    prices: { evaluation: 1, node: 0, hash: 0, child: 0 },
  };
}
