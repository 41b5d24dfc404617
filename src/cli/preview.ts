/** What `run --dry-run` prints. */

import type { Config } from '../app/config-schema.ts';
import { type Preview, previewRun } from '../app/dry-run.ts';
import type { Json } from '../core/json.ts';
import { durationText } from '../reporters/report/number-text.ts';
import { printResult } from './output.ts';

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
  const { name, metric, ruleHash, arms, lanes, budget, isolation, reproducible } = preview;
  const better = metric.goal === 'min' ? 'lower' : 'higher';
  const { wallMs, ...counts } = budget;
  const limits = [
    ...(wallMs === undefined ? [] : [`wall ${durationText(wallMs)}`]),
    ...Object.entries(counts).map(([key, value]) => `${key} ${value}`),
  ];
  return [
    `${name}: ${metric.name} (${metric.unit}, ${better} is better)`,
    `arms       ${arms.map((arm) => `${arm.name} ${Math.round(100 * arm.share)} %`).join(' · ')}`,
    `proposers  ${lanes.join(' · ')}`,
    `rule       ${ruleHash}`,
    `budget     ${limits.join(' · ') || 'none: runs until it is stopped'}`,
    `isolation  ${isolation}`,
    `guarantee  ${reproducible}`,
    'Config, surface, evaluator and generator were checked. Nothing was written; paceline run starts it.',
  ];
}
