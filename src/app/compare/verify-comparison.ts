/** `verify` for a comparison: its candidates in their ledgers, its secret, and the sentence again. */
import { PacelineError } from '../../core/errors.ts';
import { withLedger } from '../read-ledger.ts';
import { findCandidate } from '../show-candidate.ts';
import { foundIn } from './compare-candidates.ts';
import { type ComparisonReport, pairFindings } from './pair-findings.ts';
import { type CandidateComparison, readComparison } from './record.ts';
import { verifyConfigs } from './verify-configs.ts';

export async function verifyComparison(root: string, id: string): Promise<ComparisonReport> {
  const recorded = readComparison(root, id);
  if (recorded.of === 'configs') return verifyConfigs(root, recorded);
  const { measured, metric, first, second } = recorded;
  const due = foundIn({ measured, metric, first: first.name, second: second.name });
  const findings = [
    ...(await candidateFindings(root, recorded, first)),
    ...(await candidateFindings(root, recorded, second)),
    ...pairFindings(measured, first.candidate === second.candidate ? 0 : recorded.pairs),
  ];
  const { effect, interval, n, verdict, words } = recorded;
  if (JSON.stringify({ effect, interval, n, verdict, words }) !== JSON.stringify(due)) {
    findings.push(`Recorded as "${words}"; the pairs say "${due.words}"`);
  }
  return { ok: findings.length === 0, words: due.words, findings };
}

async function candidateFindings(
  root: string,
  recorded: CandidateComparison,
  { study, candidate }: CandidateComparison['first'],
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
