/** The generation that another is made of, kept here with those before it. */
import { PacelineError } from '../../core/errors.ts';
import { generationRecord } from './generation-record.ts';
import { findImprover, type KeptImprover, keepImprover, lineageFrom } from './store.ts';

/** @throws PacelineError USAGE for one that was rejected or withdrawn, and as `findImprover` and `keepImprover` do. */
export function parentFrom(root: string, wanted: string): KeptImprover {
  for (const { improver } of lineageFrom(root, wanted)) keepImprover(root, improver);
  const parent = findImprover(root, wanted);
  const { verdict } = generationRecord(root, parent.id) ?? {};
  if (verdict !== 'rejected' && verdict !== 'withdrawn') return parent;
  throw new PacelineError(
    'USAGE',
    `${wanted} was ${verdict}: nothing is built on it. Take its parent; paceline improver list shows what was promoted.`,
    { wanted, verdict },
  );
}
