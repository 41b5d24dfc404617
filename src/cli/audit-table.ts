/** `doctor --evaluator` for people: each candidate, the mutants, what the evaluator needs. */
import type { Attacked } from '../app/evaluator-audit/attack-candidates.ts';
import type { ExaminedEvaluator } from '../app/evaluator-audit/examine.ts';
import { table } from './output.ts';

export function auditTable({
  audit,
  needs,
  lines,
  isOffline,
}: ExaminedEvaluator): readonly string[] {
  const { attacked, skipped, mutants, survivors } = audit;
  const { killed, total, interval } = mutants;
  const [low, high] = interval.map((share) => Math.round(100 * share));
  const through = attacked.filter(({ isThrough }) => isThrough);
  const rate = total === 0 ? 'there are none' : `${killed} of ${total} noticed`;
  const share = total === 0 ? '' : `: ${Math.round((100 * killed) / total)} % [${low}, ${high}]`;
  return [
    'Known-bad candidates',
    '',
    ...table([
      ['candidate', 'what it does', 'outcome', 'against origin', 'let through'],
      ...attacked.map(rowOf),
    ]),
    '',
    `Let through: ${through.length} of ${attacked.length}, ${attacked.filter(({ isRefused }) => isRefused).length} of which no study may start with.`,
    ...(skipped.length > 0 ? [`Not tried: ${skipped.join('; ')}.`] : []),
    '',
    `Mutants of the origin: ${rate}${share}`,
    ...survivors.map((line) => `  not noticed  ${line}`),
    '',
    `What it needs, found by leaving out (${needs.runs} runs); in paceline.yaml:`,
    '',
    ...lines.map((line) => `  ${line}`),
    '',
    isOffline
      ? 'Network and environment: none; no jailed program has either, and the origin was scored.'
      : 'Environment: none; no jailed program has one, and the origin was scored. Network: not found out, since this jail (J1) leaves it open; a better one closes it.',
  ];
}

function rowOf(one: Attacked): readonly string[] {
  const { name, what, outcome, against, isThrough, isRefused } = one;
  const verdict = isRefused ? 'REFUSED' : isThrough ? 'yes' : 'no';
  return [name, what, outcome, against === 'failed' ? '' : against, verdict];
}
