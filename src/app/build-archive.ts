/** The archive of a study, from what its first entry says of it: for the study and for `verify`. */
import type { Archive } from '../archives/contract.ts';
import { islandsArchive } from '../archives/islands.ts';
import { mapElitesArchive } from '../archives/map-elites.ts';
import { paretoArchive } from '../archives/pareto.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import type { Plan } from '../loop/plan.ts';
import type { TaskKind } from '../tasks/contract.ts';
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

/**
 * What places a candidate on the axes of the archive; undefined where it has none.
 * @throws PacelineError CONFIG_INVALID for a measure that this task does not have.
 */
export function measuresOf(record: ArchiveRecord, kind: TaskKind): Plan['measures'] {
  if (record?.use !== 'map-elites') return undefined;
  const names = record.axes.map(({ measure }) => measure);
  const unknown = names.find((name) => !kind.measures.includes(name));
  if (unknown === undefined) {
    return (text) =>
      kind.measure(text, names).map((value) => (Number.isFinite(value) ? value : null));
  }
  throw new PacelineError(
    'CONFIG_INVALID',
    `archive.axes names the measure "${unknown}", which this task does not have. Choose of: ${kind.measures.join(', ')}.`,
    { key: 'archive.axes', measure: unknown },
  );
}
