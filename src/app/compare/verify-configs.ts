/** `verify` for two configurations: every study, the finals that were due, their pairs, the sentence. */
import { PacelineError } from '../../core/errors.ts';
import { verifyStudy } from '../verify-study.ts';
import { findingOfConfigs } from './configs-finding.ts';
import { type ComparisonReport, pairFindings } from './pair-findings.ts';
import { cutOf, readRun } from './read-run.ts';
import type { ConfigComparison, Replicate } from './record.ts';
import { compareOf } from './run-configs.ts';

export async function verifyConfigs(
  root: string,
  recorded: ConfigComparison,
): Promise<ComparisonReport> {
  const findings: string[] = [];
  for (const replicate of recorded.replicates) {
    const found = await replicateFindings(root, recorded, replicate).catch((error) => {
      if (!PacelineError.is(error)) throw error;
      return [`${replicate.studies.join(' and ')}: ${error.message}`];
    });
    findings.push(...found);
  }
  const { words } = findingOfConfigs(recorded);
  if (recorded.words !== words) findings.push(`The words should be: ${words}`);
  return { ok: findings.length === 0, words, findings };
}

async function replicateFindings(
  root: string,
  recorded: ConfigComparison,
  { studies, seeds, result }: Replicate,
): Promise<readonly string[]> {
  if (result === undefined) return [];
  const findings: string[] = [];
  const runs = [
    await readRun(root, studies[0], seeds[0]),
    await readRun(root, studies[1], seeds[1]),
  ];
  const atEvals = cutOf(runs.filter((run) => run.state === 'finished'));
  for (const [i, run] of runs.entries()) {
    const final = run.state === 'finished' ? run.finalAt(atEvals) : undefined;
    if (result.atEvals !== atEvals || result.finals[i] !== final)
      findings.push(
        `${studies[i]}: its ledger gives another final, or another spend, than recorded.`,
      );
    const report = await verifyStudy(root, studies[i] ?? '', result.heads[i]);
    for (const { seq, detail } of report.findings)
      findings.push(`${studies[i]}, entry ${seq}: ${detail}`);
  }
  const due = result.finals[0] === result.finals[1] ? 0 : recorded.pairs;
  findings.push(...pairFindings(result.measured, due));
  const { effect } = compareOf(recorded, result.measured);
  if (effect !== result.effect)
    findings.push(
      `${studies.join(' and ')}: recorded as ${result.effect}; the pairs give ${effect}.`,
    );
  return findings;
}
