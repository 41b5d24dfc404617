/** The archive of a study, from what its first entry says of it: for the study and for `verify`. */
import type { Archive } from '../archives/contract.ts';
import { islandsArchive } from '../archives/islands.ts';
import { mapElitesArchive } from '../archives/map-elites.ts';
import { paretoArchive } from '../archives/pareto.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import type { Situations } from '../lang/behaviour.ts';
import { decodeForest } from '../lang/codec.ts';
import { forestMeasures, type Measure } from '../lang/measures.ts';
import type { Vocabulary } from '../lang/vocabulary.ts';
import type { Plan } from '../loop/plan.ts';
import type { Config } from './config-schema.ts';

export type ArchiveRecord = EventBody['study.opened']['archive'];

/** What the ledger says: nothing for pareto, which is what entries without the field used. */
export function archiveRecord({ archive }: Config): ArchiveRecord {
  return archive.use === 'pareto' ? undefined : archive;
}

export function archiveOf(record: ArchiveRecord): Archive {
  switch (record?.use) {
    case undefined:
      return paretoArchive() as Archive;
    case 'islands':
      return islandsArchive(record) as Archive;
    case 'map-elites':
      return mapElitesArchive(record.axes) as Archive;
  }
}

interface MeasureMaterial {
  readonly vocabulary: Vocabulary;
  readonly situations: Situations | undefined;
}

/**
 * What places a candidate on the axes of the archive; undefined where it has none.
 * @throws PacelineError CONFIG_INVALID for a measure that this task does not have.
 */
export function measuresOf(
  record: ArchiveRecord,
  { vocabulary, situations }: MeasureMaterial,
): Plan['measures'] {
  if (record?.use !== 'map-elites') return undefined;
  const known = forestMeasures(vocabulary, situations);
  const axes = record.axes.map(({ measure }) => known.get(measure) ?? unknown(measure, known));
  return (text) => {
    const forest = decodeForest(text, vocabulary);
    return axes.map((axis) => {
      const value = axis(forest);
      return Number.isFinite(value) ? value : null;
    });
  };
}

function unknown(measure: string, known: ReadonlyMap<string, Measure>): never {
  throw new PacelineError(
    'CONFIG_INVALID',
    `archive.axes names the measure "${measure}", which this task does not have. Choose of: ${[...known.keys()].join(', ')}.`,
    { key: 'archive.axes', measure },
  );
}
