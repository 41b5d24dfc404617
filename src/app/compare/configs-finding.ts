/** What the studies of two configurations bear: the exact sign-flip test, as for replicate sets. */
import { type ProcessFinding, pairedFinding, processWords } from '../../claims/process.ts';
import type { ConfigComparison } from './record.ts';

export interface ConfigsFinding {
  readonly words: string;
  /** Undefined while nothing may be concluded. */
  readonly finding?: ProcessFinding;
}

export function findingOfConfigs({
  replicates,
  files,
  metric,
}: Pick<ConfigComparison, 'replicates' | 'files' | 'metric'>): ConfigsFinding {
  const differences = replicates.flatMap(({ result }) => (result ? [result.effect] : []));
  const [finished, planned] = [differences.length, replicates.length];
  const [first, second] = files;
  if (finished < planned) {
    const words = `${first} against ${second}: not testable yet, ${finished} of ${planned} replicates are finished, and their number was fixed beforehand`;
    return { words };
  }
  const finding = pairedFinding(differences);
  const words = processWords(finding, {
    metric,
    scope: `over ${finished} paired studies of equal budget, on fresh instances`,
    said: {
      helped: `${first} searches better than ${second}`,
      hurt: `${first} searches worse than ${second}`,
    },
  });
  return { words, finding };
}
