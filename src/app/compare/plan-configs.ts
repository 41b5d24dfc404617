/** Two configurations, study by study: which may be compared, and the studies that will be. */
import { FEWEST_PAIRS, MOST_FIXED_PAIRS } from '../../claims/process.ts';
import { PacelineError } from '../../core/errors.ts';
import { metricOf } from '../build-judge.ts';
import { type LoadedConfig, parseConfig } from '../config.ts';
import type { Config } from '../config-schema.ts';
import { findingOfConfigs } from './configs-finding.ts';
import { type ConfigComparison, newComparisonId, writeComparison } from './record.ts';

export interface ConfigsPlan {
  /** Names as people gave them. */
  readonly files: readonly [string, string];
  readonly configs: readonly [Config, Config];
  readonly replicates: number;
  readonly pairs: number;
}

/** @throws PacelineError `USAGE` where no claim could come of it. */
export function planConfigs(root: string, plan: ConfigsPlan): ConfigComparison {
  const { files, replicates, pairs } = plan;
  if (replicates < FEWEST_PAIRS || replicates > MOST_FIXED_PAIRS) {
    throw new PacelineError(
      'USAGE',
      `--replicates takes ${FEWEST_PAIRS} to ${MOST_FIXED_PAIRS}, not ${replicates}: fewer cannot reach 5 %, more cannot be counted exactly.`,
      { replicates },
    );
  }
  const configs = [alone(plan.configs[0]), alone(plan.configs[1])] as const;
  refuseUnlike(configs, files);
  const id = newComparisonId();
  const drafted: Omit<ConfigComparison, 'words'> = {
    schema: 'paceline.compare/1',
    of: 'configs',
    id,
    files: [...files],
    configs: [...configs],
    metric: { ...metricOf(configs[0]) },
    pairs,
    replicates: Array.from({ length: replicates }, (_, i) => ({
      studies: [`${id}-${i + 1}-a`, `${id}-${i + 1}-b`],
      seeds: [`${configs[0].seed}/${i + 1}`, `${configs[1].seed}/${i + 1}`],
    })),
  };
  const comparison = { ...drafted, words: findingOfConfigs(drafted).words };
  writeComparison(root, comparison);
  return comparison;
}

/** @throws PacelineError `USAGE` for files of two folders: all paths in a config start at its own. */
export function commonRoot([first, second]: readonly [LoadedConfig, LoadedConfig]): string {
  if (first.root === second.root) return first.root;
  throw new PacelineError(
    'USAGE',
    `${first.path} and ${second.path} lie in two folders, so their paths name different files. Put them into one.`,
  );
}

/** Without control arms all of the budget is the search's, and its spend the whole spend. */
function alone(config: Config): Config {
  return parseConfig({ ...config, control: { arms: [] } }, 'a config to be compared');
}

function refuseUnlike([a, b]: readonly [Config, Config], files: readonly [string, string]): void {
  const both = files.join(' and ');
  const refuse = (why: string): PacelineError => new PacelineError('USAGE', `${both} ${why}`);
  const isSame = (of: (config: Config) => unknown): boolean =>
    JSON.stringify(of(a)) === JSON.stringify(of(b));
  for (const key of ['surface', 'language', 'evaluator'] as const) {
    if (!isSame((config) => config[key]))
      throw refuse(`differ in ${key}: one number would mean two things. Make it the same in both.`);
  }
  if (!isSame(({ splits }) => splits.generator))
    throw refuse('differ in splits.generator: they would be measured on different instances.');
  if (a.rule.mode === 'exact' || b.rule.mode === 'exact')
    throw refuse('have an exact objective: there are no fresh cases to draw.');
  if (a.splits.confirm || b.splits.confirm)
    throw refuse('have a pool of confirm cases: beside it there are no fresh cases to draw.');
  if (!isSame(({ budget }) => budget))
    throw refuse('have unequal budgets. Give one to both with --evals, --trials or --wall.');
  if (Object.values(a.budget).every((limit) => limit === undefined))
    throw refuse('have no budget, so no study of them would end. Give one with --evals.');
  if (isSame((config) => ({ ...config, name: '', workers: 0 })))
    throw refuse('say the same: there is nothing to compare.');
}
