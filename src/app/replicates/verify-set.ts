/** `verify` for a replicate set: every study of it, every number taken from them, and the sentence. */
import type { Measure } from '../../claims/orient.ts';
import { PacelineError } from '../../core/errors.ts';
import { verifyStudy } from '../verify-study.ts';
import { findingOf, readPair } from './finding.ts';
import { readSet } from './set-file.ts';

export interface SetReport {
  readonly ok: boolean;
  readonly words: string;
  readonly finished: number;
  readonly findings: readonly string[];
}

export async function verifySet(root: string, id: string): Promise<SetReport> {
  const set = readSet(root, id);
  const findings: string[] = [];
  const pairs: (typeof set)['pairs'] = [];
  let metric: Measure = { unit: '' };
  for (const pair of set.pairs) {
    const { seed, study, ...recorded } = pair;
    const found = await readPair(root, pair);
    metric = found.metric ?? metric;
    pairs.push(
      found.effect === undefined ? { seed, study } : { seed, study, effect: found.effect },
    );
    if (recorded.effect === undefined) continue;
    if (found.effect !== recorded.effect) {
      const is = found.effect === undefined ? `is ${found.state}` : `gives ${found.effect}`;
      findings.push(`${study}: recorded as ${recorded.effect}; its ledger ${is}.`);
      continue;
    }
    const report = await verifyStudy(root, study, recorded.head).catch((error) => {
      if (!PacelineError.is(error)) throw error;
      findings.push(`${study}: ${error.message}`);
    });
    for (const { seq, detail } of report?.findings ?? [])
      findings.push(`${study}, entry ${seq}: ${detail}`);
  }
  const known = pairs.map((pair, i) =>
    set.pairs[i]?.effect === undefined ? omitEffect(pair) : pair,
  );
  const { words, finished } = findingOf({ ...set, pairs: known }, metric);
  if (set.words !== undefined && set.words !== words)
    findings.push(`The words should be: ${words}`);
  return { ok: findings.length === 0, words, finished, findings };
}

/** A study that finished after the set was last written belongs to no sentence yet. */
function omitEffect({ seed, study }: { readonly seed: string; readonly study: string }) {
  return { seed, study };
}
