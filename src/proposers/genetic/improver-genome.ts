/** Improvers: forests like others, with one operator more, which sets a slot to a number of its range. */
import { resetSlot } from '../../improver/gp/reset-slot.ts';
import { GP_VOCABULARY } from '../../improver/gp/slots.ts';
import type { Forest } from '../../lang/forest.ts';
import { type ForestGenomeOptions, forestGenome } from './forest-genome.ts';
import type { Genome } from './genome.ts';

const SET = 'set';

export function improverGenome(options: Omit<ForestGenomeOptions, 'vocabulary'>): Genome<Forest> {
  const genome = forestGenome({ ...options, vocabulary: GP_VOCABULARY });
  return {
    ...genome,
    operators: [...genome.operators, SET],
    vary: (forest, operator, draw) =>
      operator === SET ? resetSlot(draw.rng, forest) : genome.vary(forest, operator, draw),
  };
}
