/** What `observe` prints: a sentence, the keeps, and what was assumed. */
import type { ObservedFile } from '../app/observe/observe-file.ts';
import type { Json } from '../core/json.ts';
import { table } from './output.ts';

const DIGITS = 3;
const MAX_SHOWN = 200;
const ID_WIDTH = 12;

export function observedLines(found: ObservedFile): readonly string[] {
  const { keeps, survivors, noise, alpha, tried } = found;
  const shown = keeps.slice(0, MAX_SHOWN);
  const rows = shown.map((keep) => [
    String(keep.row),
    keep.id?.slice(0, ID_WIDTH) ?? '',
    figure(keep.gain),
    figure(keep.sigmas),
    keep.survives ? 'yes' : 'no',
    why(keep, tried),
  ]);
  return [
    `Of ${counted(keeps.length, 'keep')}, ${noise.heavyTailed ? 'at most ' : ''}${survivors} ${survivors === 1 ? 'survives' : 'survive'} the noise floor of ${figure(noise.sigma)} (${found.metric}, ${found.goal}; chance of any false survivor ${alpha}).`,
    ...(rows.length > 0
      ? ['', ...table([['line', 'commit', 'gain', 'sigmas', 'survives', 'why'], ...rows])]
      : []),
    ...(keeps.length > shown.length
      ? [`… and ${keeps.length - shown.length} more: --json has them all.`]
      : []),
    '',
    `${counted(found.rows, 'row')}: ${tried} tried after the baseline (line ${found.baseline?.row}), ${keeps.length} kept, ${found.crashes} crashed, ${found.unknown} without a value.`,
    ...assumptions(found),
  ];
}

function why({ reason, tried }: ObservedFile['keeps'][number], all: number): string {
  switch (reason) {
    case 'survives':
      return `more than noise gives the luckiest of ${all} rows`;
    case 'among-many':
      return `rare alone, not as the best of ${all} rows (${tried} since the last keep)`;
    case 'within-noise':
      return 'noise alone gives as much';
    case 'no-gain':
      return 'no better than what was kept before';
    case 'no-value':
      return 'no finite value';
  }
}

export function assumptions({ noise, keepColumn }: ObservedFile): readonly string[] {
  const from = {
    given: 'Noise as given with --noise, taken as exact.',
    repeats: `Noise from ${noise.n} repeats of commits, taken as the same for all.`,
    discards: `No repeats in the file: noise estimated from ${noise.n} steps between discarded rows; bad ideas and trends among them count against every gain.`,
  }[noise.from];
  return [
    from,
    ...(noise.heavyTailed
      ? [
          'Some steps exceed 6 sigma: bad ideas or heavy tails, which this file cannot tell apart; with heavy tails the level does not hold, hence "at most".',
        ]
      : []),
    ...(keepColumn === undefined
      ? ['No keep column: a keep is a row better than all before it.']
      : []),
    'Assumed: normal noise of one size, independent from row to row. One value a row cannot tell a gain from a rare lucky draw, drift of the machine, or a fit to the fixed test data: measure what survives again.',
  ];
}

export function observedJson(found: ObservedFile): Json {
  const { noise, baseline } = found;
  return {
    schema: 'paceline.observe/1',
    metric: found.metric,
    goal: found.goal,
    ...(found.keepColumn === undefined ? {} : { keepColumn: found.keepColumn }),
    alpha: found.alpha,
    noise: {
      from: noise.from,
      sigma: noise.sigma,
      ...(noise.from === 'given'
        ? {}
        : { n: noise.n, df: noise.df, heavyTailed: noise.heavyTailed }),
    },
    rows: found.rows,
    crashes: found.crashes,
    unknown: found.unknown,
    tried: found.tried,
    ...(baseline
      ? { baseline: { line: baseline.row, ...(baseline.id ? { commit: baseline.id } : {}) } }
      : {}),
    kept: found.keeps.length,
    survivors: found.survivors,
    keeps: found.keeps.map(({ row, id, gain, sigmas, p, ...rest }) => ({
      line: row,
      ...(id === undefined ? {} : { commit: id }),
      ...(gain === undefined ? {} : { gain }),
      ...(sigmas === undefined ? {} : { sigmas }),
      ...(p === undefined ? {} : { p }),
      ...rest,
    })),
    assumptions: [...assumptions(found)],
  };
}

function figure(value: number | undefined): string {
  return value === undefined ? '?' : String(Number(value.toPrecision(DIGITS)));
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
