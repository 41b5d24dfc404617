/** What a study of improvers promoted becomes a generation, the child of the one that searched for it. */
import { PacelineError } from '../../core/errors.ts';
import { bareImprover, type Improver, MOST_NOTES } from '../../improver/artifact.ts';
import { withGp } from '../../improver/gp/artifact-slots.ts';
import { GP_VOCABULARY } from '../../improver/gp/slots.ts';
import { decodeForest } from '../../lang/codec.ts';
import { parentFrom } from '../improvers/parent.ts';
import { type KeptImprover, keepImprover } from '../improvers/store.ts';
import { type StudyPlace, withSoundLedger } from '../read-ledger.ts';
import { recordedConfig } from '../recorded-config.ts';
import { findCandidate } from '../show-candidate.ts';

export interface Adopted extends KeptImprover {
  /** Of the study: its incumbent. */
  readonly candidate: string;
}

/** Digits of an id that people read. */
const SHORT = 8;

/**
 * Its incumbent, which gates and claims stand behind. A study that named no improver began without one: the parent
 * is then the bare start, which says nothing of the GP engine.
 *
 * @throws PacelineError USAGE for a study of something else, or one that has promoted nothing, and for a parent that
 *   was rejected; LEDGER_ALTERED for a ledger that does not hold.
 */
export async function adoptGeneration({ root, id }: StudyPlace): Promise<Adopted> {
  const config = recordedConfig(root, id);
  if (config.kind !== 'improver') {
    throw new PacelineError(
      'USAGE',
      `${id} improves ${config.kind}, not an improver, so nothing of it can be a generation. Name a study with kind: improver.`,
      { study: id, kind: config.kind },
    );
  }
  const found = await withSoundLedger({ root, id }, (ledger) =>
    findCandidate(ledger, id, 'incumbent'),
  );
  if (found.id === found.opened.body.origin) {
    throw new PacelineError(
      'USAGE',
      `${id} has promoted nothing, so its incumbent is still the improver it began with. Give it more to spend (paceline resume ${id}), or run another study.`,
      { study: id },
    );
  }
  // As the ledger has it: its chain does not cover the config that is kept beside it.
  const ran = found.opened.body.improver?.id;
  const parent =
    ran === undefined ? keepImprover(root, bareImprover('numbers')) : parentFrom(root, ran);
  const improver = childOf(parent, { text: found.text, study: id, candidate: found.id });
  return { ...keepImprover(root, improver), candidate: found.id };
}

interface Origin {
  readonly text: string;
  readonly study: string;
  readonly candidate: string;
}

/** The lesson it adds is the newest, so it stands first. */
export function childOf(
  { id, improver }: KeptImprover,
  { text, study, candidate }: Origin,
): Improver {
  const short = candidate.replace('sha256:', '').slice(0, SHORT);
  const lesson = `The settings of the GP engine are those of candidate ${short}, which the study ${study} promoted.`;
  return {
    ...withGp(improver, decodeForest(text, GP_VOCABULARY)),
    generation: improver.generation + 1,
    parent: id,
    lessons: [lesson, ...improver.lessons].slice(0, MOST_NOTES),
    mechanism: null,
  };
}
