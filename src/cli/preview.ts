/** What `run --dry-run` prints. */

import type { Config } from '../app/config-schema.ts';
import { type Preview, previewRun } from '../app/dry-run.ts';
import type { Json } from '../core/json.ts';
import { usdOf } from '../core/spend.ts';
import { durationText } from '../reporters/report/number-text.ts';
import { checkNames, ruleOf, ruleWords } from '../reporters/report/words.ts';
import { printResult, withoutLastBreak } from './output.ts';

export async function printPreview(
  root: string,
  config: Config,
  options: { readonly json?: boolean },
): Promise<void> {
  const preview = await previewRun(root, config);
  const json = JSON.parse(JSON.stringify(preview)) as { readonly [key: string]: Json };
  printResult(options, { schema: 'paceline.plan/1', ...json }, linesOf(preview));
}

function linesOf(preview: Preview): readonly string[] {
  const { name, metric, rule, ruleHash, arms, lanes, budget, isolation, gates } = preview;
  const { reproducible, hasProperties } = preview;
  const generator = preview.hasGenerator ? ', the generator on two seeds' : '';
  const better = metric.goal === 'min' ? 'lower' : 'higher';
  return [
    `${name}: ${metric.name} (${metric.unit}, ${better} is better)`,
    `arms       ${arms.map((arm) => `${arm.name} ${Math.round(100 * arm.share)} %`).join(' · ')}`,
    `proposers  ${lanes.join(' · ')}`,
    `rule       ${ruleWords(ruleOf(rule), metric)}`,
    `           ${ruleHash}`,
    `budget     ${limitsText(budget)}`,
    `isolation  ${isolation}`,
    `evaluator  ${CLASS_WORDS[preview.evaluatorClass]}`,
    ...(gates
      ? [
          `gates      ${checkNames(gates.floor)}`,
          `unchecked  ${checkNames(gates.unchecked)} (paceline gates list says why)`,
        ]
      : []),
    `guarantee  ${reproducible}`,
    ...firstChange(preview),
    `Checked: config, surface, candidates, that the limits can be kept${generator}.`,
    'Not checked: whether the origin has a score, repeats itself and heeds its seed; a run finds that out first.',
    ...(hasProperties
      ? [
          'Nor whether the properties can be used: paceline checks says so, and a run finds it out first too.',
        ]
      : []),
    preview.checkout === undefined
      ? 'Nothing was evaluated or written; paceline run starts it.'
      : `Nothing was evaluated; written was the commit, to ${preview.checkout}. The same without --dry-run starts it.`,
  ];
}

const CLASS_WORDS = {
  split: 'split: another process scores what the candidate gave',
  fused: 'fused: the candidate could reach its grade, and apply asks whether a person has read it',
} as const;

function firstChange({ firstDiff, firstPrompt }: Preview): readonly string[] {
  if (firstPrompt !== undefined) return ['The first call would send:', firstPrompt];
  if (firstDiff === undefined) return [];
  return ['The first trial would change:', withoutLastBreak(firstDiff)];
}

/** `wall 2 h · evals 500`; words where nothing is limited. */
export function limitsText({
  wallMs,
  microUsd,
  ...counts
}: {
  readonly wallMs?: number | undefined;
  readonly trials?: number | undefined;
  readonly evals?: number | undefined;
  readonly requests?: number | undefined;
  readonly tokens?: number | undefined;
  readonly microUsd?: number | undefined;
}): string {
  const limits = [
    ...(wallMs === undefined ? [] : [`wall ${durationText(wallMs)}`]),
    ...(microUsd === undefined ? [] : [`usd ${usdOf(microUsd)}`]),
    ...Object.entries(counts).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key} ${value}`],
    ),
  ];
  return limits.join(' · ') || 'none: runs until it is stopped';
}
