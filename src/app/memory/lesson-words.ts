/** What a record says in lines: for prompts, for people, and for an improver that is to keep it. */
import { said } from '../../core/said.ts';
import { quantile } from '../../stats/summary.ts';
import type { Lesson, MemoryRecord } from './record.ts';

/** Fewer trials say nothing about an operator. */
const ENOUGH_TRIALS = 20;
/** Of one study, by gain per cost. */
const MOST_OPERATORS = 5;

/** Figures with n and interval, and names that others gave, in quotes; the most telling first. */
export function lessonLines(record: MemoryRecord): readonly string[] {
  const { task, lessons, deadEnds, effects } = record;
  const enough = lessons.filter(({ trials }) => trials >= ENOUGH_TRIALS);
  const place = `${said(record.study)}, task ${said(task.name)} (${task.metric.name}, ${task.metric.goal})`;
  const about = (words: string): string => `In ${place}: ${words}`;
  const kept = effects.shrinkage.flatMap(([screen, confirm]) =>
    screen > 0 ? [confirm / screen] : [],
  );
  return [
    ...enough.slice(0, MOST_OPERATORS).map((one) => about(paid(one))),
    ...(deadEnds.length > 0
      ? [about(`${deadEnds.length} hypotheses are no better than the origin (99 % interval).`)]
      : []),
    ...(kept.length > 0
      ? [
          about(
            `of the gain a screen saw the confirm kept ${short(quantile(kept, 0.5))} times (median of ${kept.length}).`,
          ),
        ]
      : []),
  ];
}

function paid({ proposer, operator, trials, promoted, rate, gainPer1000Evals }: Lesson): string {
  const share = `${promoted} of ${trials} trials promoted (95 % interval ${percent(rate[0])} to ${percent(rate[1])})`;
  const gain = promoted > 0 ? `, a gain of ${short(gainPer1000Evals)} per 1,000 evaluations` : '';
  return `${said(proposer)} ${said(operator)}: ${share}${gain}.`;
}

const short = (value: number): string => String(Number(value.toPrecision(3)));
const percent = (share: number): string => `${short(100 * share)} %`;
