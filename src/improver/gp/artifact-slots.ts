/** The GP engine's part of an improver: one entry of its `slots` for each setting, so that diffs name what moved. */
import { decodeForest, encodeForest } from '../../lang/codec.ts';
import type { Forest } from '../../lang/forest.ts';
import type { Improver } from '../artifact.ts';
import { LINES } from './lines.ts';
import { GP_SLOTS, GP_VOCABULARY } from './slots.ts';

/** The same improver with other settings of the GP engine. */
export function withGp(improver: Improver, settings: Forest): Improver {
  const slots: Improver['slots'] = JSON.parse(encodeForest(settings));
  return { ...improver, slots: { ...improver.slots, ...slots } };
}

/**
 * Its settings of the GP engine; those it does not name are the textbook's.
 *
 * @throws PacelineError FOREST_INVALID for a setting that is no expression over what a search knows of itself.
 */
export function gpOf({ slots }: Pick<Improver, 'slots'>): Forest {
  const textbook: Improver['slots'] = JSON.parse(encodeForest(LINES.textbook));
  const own = Object.entries(slots).filter(([name]) => Object.hasOwn(GP_SLOTS, name));
  return decodeForest(JSON.stringify({ ...textbook, ...Object.fromEntries(own) }), GP_VOCABULARY);
}

/** Whether it says anything of the GP engine. */
export function hasGp({ slots }: Pick<Improver, 'slots'>): boolean {
  return Object.keys(slots).some((name) => Object.hasOwn(GP_SLOTS, name));
}
