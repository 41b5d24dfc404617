/**
 * Whether two rows of answers to the same inputs differ: any difference for a program that repeats itself; for one
 * that does not, exact McNemar tests of what can be told of an answer without a score.
 */
import type { Json } from '../../core/json.ts';
import { exactMcNemar } from '../../stats/mcnemar.ts';
import { type Answer, answerKey, isFailed, outputOf } from '../calls/answers.ts';

/** Positions of answers that differ; where one of the two is missing nothing is said. */
export function differing(a: readonly Answer[], b: readonly Answer[]): readonly number[] {
  return a.flatMap((answer, at) => {
    const keys = [answerKey(answer), answerKey(b[at])];
    return keys[0] !== undefined && keys[1] !== undefined && keys[0] !== keys[1] ? [at] : [];
  });
}

/** Numbers of an output added up, lengths of its texts and lists too: one number that most changes move. */
export function summary(value: Json | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return value.length;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'object' || value === null) return 0;
  const parts: readonly Json[] = Array.isArray(value) ? value : Object.values(value);
  return parts.reduce((sum: number, part, at) => sum + summary(part) * (1 + at / 1_000), 1);
}

export interface Yardstick {
  /** Answers of the incumbent. */
  readonly incumbent: readonly Answer[];
  /** Answers of the candidate to the same inputs, several times, in no special surroundings. */
  readonly repeats: readonly (readonly Answer[])[];
}

type Statistic = (answer: Answer, at: number) => boolean;

function statistics({ incumbent, repeats }: Yardstick): readonly Statistic[] {
  const medians = incumbent.map((answer, at) => {
    const known = repeats.flatMap((row) => row[at] ?? []);
    const sums = known.map((one) => summary(outputOf(one))).sort((a, b) => a - b);
    return sums[Math.floor(sums.length / 2)] ?? summary(outputOf(answer));
  });
  return [
    isFailed,
    (answer, at) => answerKey(answer) === answerKey(incumbent[at]),
    (answer, at) => summary(outputOf(answer)) > (medians[at] as number),
    (answer, at) => summary(outputOf(answer)) < (medians[at] as number),
  ];
}

/**
 * The smallest p of the statistics, times their number (Bonferroni): answers `a` and `b` to the same inputs come
 * from one distribution. n is the number of inputs that differ in the statistic.
 */
export function discordance(
  a: readonly Answer[],
  b: readonly Answer[],
  yardstick: Yardstick,
): { readonly p: number; readonly n: number } {
  const all = statistics(yardstick);
  const found = all.map((statistic) => {
    let first = 0;
    let second = 0;
    for (const [at, answer] of a.entries()) {
      const other = b[at];
      if (answer === undefined || other === undefined) continue;
      const [one, two] = [statistic(answer, at), statistic(other, at)];
      if (one && !two) first += 1;
      if (two && !one) second += 1;
    }
    return { p: exactMcNemar({ first, second }), n: first + second };
  });
  const best = found.reduce((least, one) => (one.p < least.p ? one : least));
  return { p: Math.min(1, best.p * all.length), n: best.n };
}
