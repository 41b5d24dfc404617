/** A predicted effect as people write it: `0.4`, `-0.2 ms`, `0.4 [0.1, 0.7] percent`. Positive is better. */
import type { Metric } from '../../claims/orient.ts';
import { PacelineError } from '../../core/errors.ts';
import { oddPrediction, type Prediction } from '../../core/prediction.ts';

const NUMBER = String.raw`[+\-−]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const UNIT = String.raw`[^[\]\d\s,;][^[\]]*?`;
const FORM = new RegExp(
  String.raw`^(?<size>${NUMBER})\s*(?<unit>${UNIT})?\s*(?:\[\s*(?<low>${NUMBER})\s*,\s*(?<high>${NUMBER})\s*\]\s*(?<late>${UNIT})?)?$`,
  'u',
);

/** @throws PacelineError `USAGE` for anything else, another unit, or an interval that leaves the number out. */
export function parseEffect(text: string, { unit, goal }: Metric): Prediction {
  const found = FORM.exec(text.trim())?.groups;
  if (found === undefined) throw unread(text, unit);
  const { size = '', low, high } = found;
  const named = found['unit'] ?? found['late'];
  if (named !== undefined && named !== unit) {
    throw new PacelineError(
      'USAGE',
      `The metric is counted in ${unit === '' ? 'no unit' : unit}, not in ${JSON.stringify(named)}. Say the gain in that: positive is better, whether the goal is min or max (here ${goal}).`,
      { text },
    );
  }
  const said: Prediction = {
    expected: numberOf(size),
    ...(low === undefined || high === undefined
      ? {}
      : { expectedInterval: [numberOf(low), numberOf(high)] as const }),
  };
  const odd = oddPrediction(said);
  if (odd === undefined && Number.isFinite(said.expected)) return said;
  throw new PacelineError('USAGE', `"${text}" is no prediction: ${odd ?? 'it is too large'}.`, {
    text,
  });
}

function numberOf(text: string): number {
  return Number(text.replace('−', '-'));
}

function unread(text: string, unit: string): PacelineError {
  const example = unit === '' ? '0.4 [0.1, 0.7]' : `0.4 [0.1, 0.7] ${unit}`;
  return new PacelineError(
    'USAGE',
    `"${text}" is no predicted effect. Write the gain that you expect as a number, positive is better, and if you like between what it lies: ${example}.`,
    { text },
  );
}
