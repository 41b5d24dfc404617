/** The best jail level that passes its self-test; nothing that is told to us turns it off. */
import { PacelineError } from '../../core/errors.ts';
import type { JailLevel, Sandbox } from '../../sandboxes/contract.ts';
import {
  type Candidate,
  candidates,
  holds,
  isSure,
  type LevelReport,
  leaks,
  tryLevel,
  untried,
} from './levels.ts';
import { digestOf, remember, remembered } from './remembered.ts';

export interface Jail {
  readonly level: JailLevel;
  readonly open: (scope: string) => Sandbox;
  /** What was found, best level first, down to the one that is used. */
  readonly reports: readonly LevelReport[];
}

/** Below this nothing is enforced that a candidate would feel. */
export const CONTAINED: JailLevel = 'J3';

/**
 * @param levels Best first.
 * @param options `again`: whatever is remembered. What a machine lets us do can change in ways no digest sees.
 * @throws PacelineError ISOLATION where no level passes, or none as good as the least, with the remedy.
 */
export async function chooseJail(
  least: JailLevel = 'J1',
  levels: readonly Candidate[] = candidates(),
  { again = false }: { readonly again?: boolean } = {},
): Promise<Jail> {
  const reports = await reportsOf(levels, again);
  const best = reports.find(holds);
  const open = levels.find(({ level }) => level === best?.level)?.open;
  if (best !== undefined && open !== undefined && best.level >= least) {
    return { level: best.level, open, reports };
  }
  throw unavailable(reports, least);
}

/** Whether the next choice need not try anything: trying takes a second or two. */
export function isTried(): boolean {
  return remembered(digestOf(candidates())) !== undefined;
}

/** From the best level down to the first that holds. */
async function reportsOf(
  levels: readonly Candidate[],
  again: boolean,
): Promise<readonly LevelReport[]> {
  const digest = digestOf(levels);
  const known = again ? undefined : remembered(digest);
  if (known !== undefined) return known;
  const found: LevelReport[] = [];
  for (const level of levels) {
    const report = await tryLevel(level);
    found.push(report);
    if (holds(report)) break;
  }
  // What got through once may have been a busy machine: the next start looks again.
  if (found.every(isSure)) remember(digest, found);
  return found;
}

export function reportLine(report: LevelReport): string {
  const { level, driver, cause, results = [] } = report;
  if (cause !== undefined) return `${level} (${driver}): ${cause}`;
  const through = leaks(report);
  if (through.length > 0) return `${level} (${driver}): not contained: ${through.join(', ')}`;
  const unknown = untried(report);
  if (unknown.length > 0) return `${level} (${driver}): could not be tried: ${unknown.join(', ')}`;
  const held = results.filter(({ outcome }) => outcome === 'contained').length;
  const open = results.flatMap(({ probe, outcome }) => (outcome === 'open' ? [probe] : []));
  const words = open.length > 0 ? `; open: ${open.join(', ')}` : '';
  return `${level} (${driver}): ${held} of ${results.length} probes contained${words}`;
}

function unavailable(reports: readonly LevelReport[], least: JailLevel): PacelineError {
  const causes = reports
    .filter(({ level }) => level >= least)
    .map(reportLine)
    .join('. ');
  const wanted =
    least === 'J1'
      ? 'No jail can be made here, and nothing foreign runs without one.'
      : `This task asks for jail level ${least} (jail.level), which cannot be had here.`;
  return new PacelineError('ISOLATION', `${wanted} ${causes}.`, { least, causes });
}
