/** `verify` for a comparison: its candidates in their ledgers, its secret, and the sentence again. */
import { PacelineError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { withLedger } from '../read-ledger.ts';
import { findCandidate } from '../show-candidate.ts';
import { foundIn } from './compare-candidates.ts';
import { type Comparison, readComparison } from './record.ts';

export interface ComparisonReport {
  readonly ok: boolean;
  readonly words: string;
  readonly findings: readonly string[];
}

export async function verifyComparison(root: string, id: string): Promise<ComparisonReport> {
  const recorded = readComparison(root, id);
  const { measured, metric, first, second } = recorded;
  const due = foundIn({ measured, metric, first: first.name, second: second.name });
  const findings = [
    ...(await candidateFindings(root, recorded, first)),
    ...(await candidateFindings(root, recorded, second)),
    ...pairFindings(recorded),
  ];
  const { effect, interval, n, verdict, words } = recorded;
  if (JSON.stringify({ effect, interval, n, verdict, words }) !== JSON.stringify(due)) {
    findings.push(`Recorded as "${words}"; the pairs say "${due.words}"`);
  }
  return { ok: findings.length === 0, words: due.words, findings };
}

function pairFindings({ measured, pairs, first, second }: Comparison): readonly string[] {
  const { secret, secretCommit, values, againstValues } = measured;
  const due = first.candidate === second.candidate ? 0 : pairs;
  const isWhole = values.length === due && againstValues.length === due;
  return [
    ...(sha256(secret) === secretCommit ? [] : ['The secret is not the one committed to.']),
    ...(isWhole ? [] : [`${due} pairs were fixed beforehand; ${values.length} are recorded.`]),
  ];
}

async function candidateFindings(
  root: string,
  recorded: Comparison,
  { study, candidate }: Comparison['first'],
): Promise<readonly string[]> {
  try {
    return await withLedger({ root, id: study }, async (ledger) => {
      const { opened } = await findCandidate(ledger, study, candidate);
      const changed = (['task', 'evaluator', 'metric'] as const).filter(
        (key) => JSON.stringify(opened.body[key]) !== JSON.stringify(recorded[key]),
      );
      return changed.map((key) => `The ${key} of ${study} is another than recorded.`);
    });
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    return [`${study}: ${error.message}`];
  }
}
