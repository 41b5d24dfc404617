import { type Metric, unorient } from '../claims/orient.ts';
import { LIMITS } from '../core/spend.ts';
import type { Progress } from '../reporters/contract.ts';
import { blockInterval } from '../stats/block.ts';
import { mean } from '../stats/summary.ts';
import { measuredEvals, totalEvals } from './decide.ts';
import { isIslandArm, MAIN_ARM, othersOf } from './plan.ts';
import { yardstick } from './screen.ts';
import { type ArmState, armOf } from './state.ts';
import { budgetNow } from './steering.ts';
import { activeMs, evalsUnderWay, type Study } from './study.ts';

/** How far the study is, for people: a reading, not a record. */
export function progressOf(study: Study): Progress {
  const { plan, state } = study;
  const { metric } = plan.opened;
  const main = armOf(state, MAIN_ARM);
  const controls = Object.values(state.arms).filter((arm) => !isIslandArm(plan.opened, arm.name));
  const value = (arm: ArmState | undefined): number | undefined => {
    if (arm === undefined) return undefined;
    if (arm.reference.length > 0) return unorient(metric, mean(arm.reference));
    if (state.isPaired) return unorient(metric, yardstick(state, arm));
    // Between a promotion and the next reference: what it was promoted at.
    return state.floor && arm.accepted > 0 ? unorient(metric, arm.level) : undefined;
  };
  const incumbent = value(main);
  const control = value(controls[0]);
  const origin = state.floor && unorient(metric, state.floor.mean);
  return {
    study: plan.opened.name,
    trials: state.committed,
    inFlight: study.flight.size,
    evals: totalEvals(state) + evalsUnderWay(study) + study.givenUpEvals,
    controlEvals: controls.reduce((sum, arm) => sum + arm.evals, 0),
    confirms: main.attempts + (isUnderWay(state.open) ? 1 : 0),
    promotions: state.promotions,
    ...(state.approvals > 0 ? { waiting: state.parked.length } : {}),
    activeMs: activeMs(study),
    budgetShare: budgetShare(study),
    limits: budgetNow(plan, state),
    phase: study.phase,
    pair: study.pair,
    metric: metric.name,
    unit: metric.unit,
    ...(metric.kind ? { kind: metric.kind } : {}),
    others: othersOf(plan),
    ...(plan.stages ? { stopped: state.stopped } : {}),
    ...(state.lastGain ? { lastGain: state.lastGain } : {}),
    ...(incumbent === undefined ? {} : { incumbent, ...intervalOf(main, metric) }),
    ...(control === undefined ? {} : { control }),
    ...(origin === undefined ? {} : { origin }),
  };
}

/** Counted among the attempts once it has its verdict; those of controls are theirs. */
function isUnderWay(open: Study['state']['open']): boolean {
  return open?.arm === MAIN_ARM && open.phase === 'confirming';
}

/** Of the incumbent's level: from the reference as a block of its own, measured after it was accepted. */
function intervalOf({ reference }: ArmState, metric: Metric): Pick<Progress, 'incumbentInterval'> {
  if (reference.length < 2) return {};
  const { lower, upper } = blockInterval(reference);
  const [low, high] = [unorient(metric, lower), unorient(metric, upper)];
  return { incumbentInterval: low < high ? [low, high] : [high, low] };
}

/** Largest share of any budget used so far, in [0, 1]. */
function budgetShare(study: Study): number {
  const budget = budgetNow(study.plan, study.state);
  const share = (used: number, limit: number | undefined): number =>
    limit === undefined ? 0 : limit === 0 ? 1 : used / limit;
  return Math.min(
    1,
    Math.max(
      share(activeMs(study), budget.wallMs),
      share(study.state.committed, budget.trials),
      share(measuredEvals(study.state), budget.evals),
      ...LIMITS.map((limit) => share(study.state.purse.spent[limit], budget[limit])),
    ),
  );
}
