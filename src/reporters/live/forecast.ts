/** Once the noise floor is measured: how long the study will take at that pace, and what it may cost. Told once. */
import { usdOf } from '../../core/spend.ts';
import type { Progress } from '../contract.ts';
import { countText, durationText } from '../report/number-text.ts';

const SECOND = 1_000;
/** Evaluations of a trial: most stop after the first few of a screen, a confirm takes dozens. */
const PER_TRIAL = [1, 8] as const;
/** Of times each is a block of two runs a side. */
const PER_TIMED_TRIAL = [4, 32] as const;

/** What is to be said now: one line, or none. */
export function forecastWatch(): (progress: Progress) => readonly string[] {
  let isTold = false;
  return (progress) => {
    if (isTold || progress.trials > 0 || progress.evals === 0) return [];
    isTold = true;
    return [`Forecast: ${[timeText(progress), ...moneyText(progress)].join('; ')}.`];
  };
}

function timeText({ activeMs, evals, kind, limits }: Progress): string {
  const pace = activeMs / evals;
  const each = `an evaluation takes about ${pace < SECOND ? `${Math.ceil(pace)} ms` : durationText(pace)}`;
  const { trials, evals: most, wallMs } = limits;
  const left = most === undefined ? Number.POSITIVE_INFINITY : (most - evals) * pace;
  const [least, worst] = kind === 'time' ? PER_TIMED_TRIAL : PER_TRIAL;
  const of = (perTrial: number): number =>
    Math.min(
      (trials ?? Number.POSITIVE_INFINITY) * perTrial * pace,
      left,
      wallMs ?? Number.POSITIVE_INFINITY,
    );
  const [short, long] = [of(least), of(worst)];
  if (!Number.isFinite(long)) return `${each}, and nothing says when to stop`;
  const range =
    short === long ? durationText(long) : `${durationText(short)} to ${durationText(long)}`;
  const what = trials === undefined ? '' : ` for at most ${countText(trials)} trials`;
  return `${each}: ${range}${what}, the final comparison apart`;
}

function moneyText({ limits: { microUsd, tokens, requests } }: Progress): readonly string[] {
  const most = [
    ...(microUsd === undefined ? [] : [`${usdOf(microUsd)} USD`]),
    ...(tokens === undefined ? [] : [`${countText(tokens)} tokens`]),
    ...(requests === undefined ? [] : [`${countText(requests)} calls`]),
  ];
  return most.length === 0 ? [] : [`models may take ${most.join(', ')}`];
}
