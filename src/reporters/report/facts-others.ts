/** Facts about guards and informational metrics, computed again from the raw pairs of the block. */
import {
  exactGains,
  type OtherGain,
  type OtherMetric,
  otherGains,
  otherMetrics,
  withChanges,
} from '../../claims/other-metrics.ts';
import type { AddFact } from './fact.ts';
import { otherText } from './other-text.ts';
import { agrees } from './pairs.ts';
import type { PromotionTally, Tally } from './tally.ts';
import { ruleOf } from './words.ts';

/** Guards first; none where the study has but its objective. */
export function othersOf({ opened }: Pick<Tally, 'opened'>): readonly OtherMetric[] {
  return opened ? otherMetrics(ruleOf(opened.body.rule), opened.body.info) : [];
}

export function otherFact(trial: number, name: string): string {
  return `promotion.${trial}.other.${name}`;
}

export function addOtherFacts(tally: Tally, promotion: PromotionTally, add: AddFact): void {
  const { body, seq, trial = -1 } = promotion.promoted;
  const metrics = othersOf(tally);
  const gains = gainsOf(tally, promotion, metrics);
  const seqs = [...(tally.opened ? [tally.opened.seq] : []), ...promotion.block.seqs, seq];
  const how =
    'Mean change of the same block’s pairs in which the metric is known, with its t-interval; exact where a verifier decides.';
  for (const [i, metric] of metrics.entries()) {
    const gain = gains[i];
    if (gain === undefined) continue;
    const { name, unit } = metric;
    const { effect, interval, n } = gain;
    const text = otherText(metric, gain);
    const id = otherFact(trial, name);
    const known = { id, value: effect ?? 'not known', text, unit, n, seqs, how };
    add(interval ? { ...known, interval } : known);
    const recorded = body.others?.find((one) => one.name === name);
    if (recorded && isSame(recorded, gain)) continue;
    const said = recorded ? otherText(metric, recorded) : 'nothing';
    const difference = `entry ${seq} records ${said} of ${name}, its pairs give ${text}`;
    const against = 'The recorded number compared with the one computed from the raw pairs.';
    add({ id: `disagreement.${id}`, value: difference, text: difference, seqs, how: against });
  }
}

function gainsOf(
  tally: Tally,
  { block }: PromotionTally,
  metrics: readonly OtherMetric[],
): readonly OtherGain[] {
  const isExact = ruleOf(tally.opened?.body.rule).mode === 'exact';
  const others = [...block.others].map(([name, pairs]) => ({ name, ...pairs }));
  const changes = withChanges({}, { ...block, others }, { metrics, isExact });
  return isExact ? exactGains(metrics, changes) : otherGains(metrics, changes);
}

function isSame(recorded: OtherGain, gain: OtherGain): boolean {
  const numbers = ({ n, effect, interval }: OtherGain) => [n, effect, ...(interval ?? [])];
  const [was, is] = [numbers(recorded), numbers(gain)];
  const isNear = (a: number | undefined, b: number | undefined): boolean =>
    a === b || agrees(a ?? Number.NaN, b ?? Number.NaN);
  return was.length === is.length && was.every((one, i) => isNear(one, is[i]));
}
