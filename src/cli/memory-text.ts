/** What closed studies left, in words. Names of studies, proposers and operators are other people's text. */
import type { Gathered, Remembered } from '../app/memory/store.ts';
import type { MemoryView, Spread } from '../app/memory/view.ts';
import { oneLine } from '../reporters/plain-text.ts';
import { table } from './output.ts';

const SHORT = 12;
const DIGITS = 4;
/** Of a key, which is a hash or a short name. */
const KEY = 28;
/** Lessons and dead ends shown; `--json` has all. */
const MOST = 10;

const short = (id: string): string => id.replace('sha256:', '').slice(0, SHORT);
/** What arithmetic left of a zero is one. */
const TINY = 1e-12;
const figure = (value: number): string =>
  String(Math.abs(value) < TINY ? 0 : Number(value.toPrecision(DIGITS)));
const between = ([low, high]: readonly [number, number]): string =>
  `[${figure(low)}, ${figure(high)}]`;

export function listLines(
  all: readonly Remembered[],
  skipped: Gathered['skipped'],
): readonly string[] {
  const without = skipped.map(
    ({ study, why }) => `Nothing is taken from ${study}: ${oneLine(why)}`,
  );
  if (all.length === 0) return ['No closed study here has left anything yet.', ...without];
  return [
    ...table([
      ['id', 'study', 'task', 'dead ends', 'failed', 'promotions', ''],
      ...all.map(({ id, record, isForgotten }) => [
        short(id),
        oneLine(record.study),
        short(record.task.id),
        String(record.deadEnds.length),
        String(record.failed.length),
        String(record.effects.gains.length),
        isForgotten ? 'forgotten' : '',
      ]),
    ]),
    ...without,
  ];
}

export function showLines(view: MemoryView): readonly string[] {
  const { id, record, isForgotten, gains, kept, sameTask, related } = view;
  const { deadEnds, failed, leftOut, lessons, task, study } = record;
  return [
    `${oneLine(study)} (${short(id)})${isForgotten ? ', forgotten: no later study begins with it' : ''}`,
    `Task ${short(task.id)}: ${oneLine(task.name)}, ${oneLine(task.metric.name)} in ${oneLine(task.metric.unit)}`,
    '',
    `Dead ends: ${deadEnds.length} measured to be no better than the origin (99 % interval), ${failed.length} that crashed or ran out of time.`,
    ...(leftOut > 0 ? [`  ${leftOut} more had no room.`] : []),
    ...deadEnds
      .slice(0, MOST)
      .map(({ key, n, gain }) => `  ${oneLine(key).slice(0, KEY)}  gain ${between(gain)}, n ${n}`),
    '',
    'What paid (gain per 1,000 evaluations; share of trials promoted, 95 %)',
    ...lessons
      .slice(0, MOST)
      .map(
        ({ proposer, operator, trials, rate, promoted, gainPer1000Evals }) =>
          `  ${oneLine(proposer)} ${oneLine(operator)}: ${figure(gainPer1000Evals)}; ${promoted} of ${trials} ${between(rate)}`,
      ),
    '',
    `Gains of promotions: ${quartilesOf(gains)}`,
    `Confirmed gain as a share of the screen's: ${quartilesOf(kept)}`,
    ...naming('Same task', sameTask),
    ...naming('Related (same evaluator or same origin; dead ends are not taken over)', related),
  ];
}

function quartilesOf(spread: Spread | undefined): string {
  if (spread === undefined) return 'none';
  const [low, middle, high] = spread.quartiles;
  return `median ${figure(middle)}, quartiles ${between([low, high])}, n ${spread.n}`;
}

function naming(title: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${title}: ${names.map(oneLine).join(', ')}`];
}
