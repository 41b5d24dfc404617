/** How large a gain is, and where the other metrics stand: what a promotion will say. */
import { gainBlock } from '../claims/decide.ts';
import { exactGains, otherGains } from '../claims/other-metrics.ts';
import { othersOf, type Plan } from './plan.ts';
import type { OpenTrial } from './state.ts';

/** From the block measured after the decision; of an exact study, the verifier's own difference. */
export function sizeOf(plan: Plan, open: OpenTrial) {
  const { rule } = plan;
  const metrics = othersOf(plan);
  if (rule.mode === 'exact') {
    const [gain = Number.NaN] = open.differences;
    const others = metrics.length > 0 ? { others: exactGains(metrics, open.others) } : {};
    return { gain, tolerance: rule.tolerance, n: 1, notes: [], ...others };
  }
  const { metric } = plan.opened;
  const block = gainBlock(open.block, rule.minEffect, metric);
  const { mean: gain, lower, upper, level, n, notes } = block;
  const others = metrics.length > 0 ? { others: otherGains(metrics, open.blockOthers) } : {};
  return { gain, interval: [lower, upper] as const, level, n, notes, ...others };
}
