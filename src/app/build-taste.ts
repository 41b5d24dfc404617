/** The taste of a study: what its first entry says of it, and the driver. */
import { PacelineError } from '../core/errors.ts';
import type { TastePromise } from '../core/forecast.ts';
import type { Plan } from '../loop/plan.ts';
import type { TaskKind } from '../tasks/contract.ts';
import type { Taste } from '../tastes/contract.ts';
import { personTaste } from '../tastes/person.ts';
import { FEATURES_VERSION } from '../tastes/surrogate/features.ts';
import type { Net } from '../tastes/surrogate/net.ts';
import { PRIOR } from '../tastes/surrogate/prior.ts';
import { sourcePhenotypes } from '../tastes/surrogate/source-print.ts';
import { forestPhenotypes, remembering, surrogateTaste } from '../tastes/surrogate.ts';
import { uniformTaste } from '../tastes/uniform.ts';
import type { Config } from './config-schema.ts';
import { folderPanel } from './foretell/panel.ts';
import type { KeptImprover } from './improvers/store.ts';
import { tasteUsed } from './improvers/use.ts';
import type { StudyPlace } from './read-ledger.ts';
import type { Closed } from './read-written.ts';

/** One that chooses nothing looks at one draft, and all of its trials are scored. */
export function tasteRecord({ taste }: Config): TastePromise {
  if (taste.use === 'uniform') return { use: 'uniform', drafts: 1, explore: 1 };
  const { use, drafts, explore } = taste;
  return { use, drafts, explore };
}

/** Asked through the folder of the study: paceline steer foretell answers. */
export function peopleOf(
  { taste: { people } }: Config,
  place: StudyPlace & {
    readonly kind: Pick<TaskKind, 'diff'>;
    readonly origin: string;
  },
): Plan['people'] {
  if (people === undefined) return undefined;
  return { share: people.share, taste: personTaste(folderPanel(place, people.within)) as Taste };
}

interface Improved {
  readonly closed: Closed | undefined;
  readonly origin: Plan['origin'];
  /** As its task kind counts it. */
  readonly size: number;
  /** That the study runs under. */
  readonly improver?: KeptImprover | undefined;
}

/**
 * @throws PacelineError `CONFIG_INVALID` for a surrogate where nothing tells which programs decide alike,
 *   `IMPROVER_INVALID` for an improver whose taste was trained on other features.
 */
export function tasteOf(config: Config, { closed, origin, size, improver }: Improved): Taste {
  const { taste } = config;
  if (taste.use === 'uniform') return uniformTaste() as Taste;
  return surrogateTaste({
    phenotypeOf: phenotypesOf(closed, origin.text),
    origin: { ...origin, size },
    net: improver ? netOf(config, improver) : PRIOR,
  }) as Taste;
}

/** What near by means, of candidates of a study. */
export function phenotypesOf(
  closed: Closed | undefined,
  origin: string,
): (text: string) => Float32Array {
  if (closed === undefined) return remembering(sourcePhenotypes(origin));
  const { vocabulary, situations } = closed;
  if (situations) return forestPhenotypes({ vocabulary, situations });
  throw new PacelineError(
    'CONFIG_INVALID',
    'taste: surrogate forecasts by what programs decide in recorded situations, and the interpreter records none. Export situations from the interpreter module, or write taste: uniform.',
    { key: 'taste' },
  );
}

/** Of its improver where that has one, else the net that is shipped. */
function netOf(config: Config, { id, improver }: KeptImprover): Net {
  const own = tasteUsed(improver, config);
  if (own === undefined) return PRIOR;
  if (own.version === FEATURES_VERSION && own.inputs === PRIOR.inputs) return own;
  throw new PacelineError(
    'IMPROVER_INVALID',
    `The taste of improver generation ${improver.generation} (${id}) was trained on features of version ${own.version} (${own.inputs} of them); this version of Paceline computes version ${FEATURES_VERSION} (${PRIOR.inputs}). Learn it again from its studies with paceline improver learn, or write taste: uniform.`,
    { id, version: own.version, inputs: own.inputs },
  );
}
