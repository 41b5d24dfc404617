/** Everything that a run would check and fix before its first evaluation, with nothing written. */

import type { EventBody } from '../core/events.ts';
import type { Budget } from '../loop/plan.ts';
import type { Config } from './config-schema.ts';
import { withPassingPlan } from './passing-plan.ts';

export interface Preview {
  readonly name: string;
  readonly metric: EventBody['study.opened']['metric'];
  readonly rule: unknown;
  readonly ruleHash: string;
  readonly arms: readonly { readonly name: string; readonly share: number }[];
  /** One per stream of proposals: `main: genetic`. */
  readonly lanes: readonly string[];
  readonly budget: Budget;
  readonly isolation: string;
  readonly reproducible: string;
  readonly hasGenerator: boolean;
}

/** @throws PacelineError for whatever `run` would refuse. */
export async function previewRun(root: string, config: Config): Promise<Preview> {
  return withPassingPlan('dry-run', { root, config }, ({ opened, budget }) => {
    const { name, metric, rule, ruleHash, isolation, reproducible } = opened;
    const arms = opened.arms.map((arm) => ({ name: arm.name, share: arm.share }));
    const lanes = opened.lanes.map(({ arm, proposer }) => `${arm}: ${proposer}`);
    const hasGenerator = config.splits.generator !== undefined;
    const said = { name, metric, rule, ruleHash, isolation, reproducible };
    return { ...said, arms, lanes, budget, hasGenerator };
  });
}
