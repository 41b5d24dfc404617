/** What people see while a study runs: before each step, while a long one is under way, at the end. */
import type { Progress } from '../reporters/contract.ts';
import type { Step } from './decide.ts';
import { progressOf } from './progress.ts';
import { type Study, tellReporters } from './study.ts';

/** Between two readings of the progress: more often nobody reads it. */
const SHOW_MS = 25;
/** Within one step, whose state stands still while its clock and its trials in flight move on. */
const TICK_MS = 1_000;

/** A step may take long: what it is about is said before it begins, at most every 25 ms. */
export function announce(study: Study, step: Step): void {
  study.phase = phaseOf(step);
  study.pair = pairOf(step);
  const nowMs = study.plan.clock.monotonicMs();
  if (nowMs - study.shownAtMs < SHOW_MS) return;
  study.shownAtMs = nowMs;
  show(study);
}

export function show(study: Study): void {
  tellReporters(study);
  for (const reporter of study.reporters) reporter.onProgress?.(progressOf(study));
}

/** Waits for a step, once a second saying that it still goes on; a reporter's failure ends it after. */
export async function shownMeanwhile(study: Study, step: Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  const tick = () => {
    try {
      show(study);
    } catch (error) {
      failures.push(error);
    }
  };
  const ticker = setInterval(tick, TICK_MS);
  await step.finally(() => clearInterval(ticker));
  if (failures.length > 0) throw failures[0];
}

function phaseOf(step: Step): string {
  switch (step.do) {
    case 'measure-floor':
      return 'measuring the noise floor';
    case 'reference':
    case 'remeasure':
    case 'settle':
      return 'searching';
    case 'wait':
      return 'waiting for people';
    case 'pairs':
      return PAIRS_PHASES[step.purpose];
    case 'ask-pool':
      return 'confirming';
    case 'seal':
      return 'sealing a hold-out';
    case 'judge':
      return 'before the gates';
    case 'take-audit':
      return 'waiting for an audit';
    case 'throttle':
      return 'waiting for audits to catch up';
    case 'ask-holdout':
      return 'asking the hold-out';
    case 'final':
      return 'comparing';
    default:
      return 'deciding';
  }
}

/** A confirm stops where its evidence does; a block and a comparison take what was fixed before. */
function pairOf(step: Step): Progress['pair'] {
  if (step.do !== 'pairs' || step.purpose === 'confirm') return undefined;
  const { purpose, arm, from, take } = step;
  return {
    at: from + 1,
    of: from + take,
    ...(purpose === 'control' ? { rival: arm } : {}),
  };
}

const PAIRS_PHASES = {
  confirm: 'confirming',
  block: 'measuring the gain',
  control: 'comparing',
} as const;
