/** Curves on a terminal: one letter a line, one column a generation. */
import type { LineName } from '../../improver/recursion/readings.ts';
import type { LineShown } from '../../improver/recursion/report.ts';

/** Letters of lines; the first that claims a place has it. */
const LETTERS: Readonly<Record<LineName, string>> = {
  recursive: 'R',
  retried: 'T',
  control: 'c',
  'costs-only': 'o',
  random: 'x',
  longer: 'l',
  expert: 'e',
  'expert-costs': 'E',
  'expert-recursive': 'S',
  robust: 'M',
  oracle: '=',
};

const STEP = 4;
const COLUMN = 9;
const LEFT = 5;

interface Placed {
  readonly letter: string;
  readonly points: readonly { readonly generation: number; readonly mean: number }[];
}

/** @param generations after the start; lines of one point are drawn at the one they have. */
export function chart(lines: readonly LineShown[], generations: number): readonly string[] {
  const placed = lines.map(({ line, held }) => ({ letter: LETTERS[line], points: held }));
  const all = placed.flatMap(({ points }) => points.map(({ mean }) => mean));
  const top = STEP * Math.ceil(Math.max(...all) / STEP);
  const bottom = STEP * Math.floor(Math.min(...all) / STEP);
  const levels = Array.from({ length: (top - bottom) / STEP + 1 }, (_, at) => top - STEP * at);
  const axis = Array.from({ length: generations + 1 }, (_, at) => `g${at}`.padEnd(COLUMN)).join('');
  return [
    ...levels.map((level) => row(level, placed, generations)),
    `${' '.repeat(LEFT)}+${'-'.repeat(COLUMN * (generations + 1))}`,
    `${' '.repeat(LEFT + 2)}${axis.trimEnd()}`,
    '',
    ...lines.map(({ line, what }) => `  ${LETTERS[line]}  ${line.padEnd(17)} ${what}`),
  ];
}

function row(level: number, lines: readonly Placed[], generations: number): string {
  const cells = Array.from({ length: generations + 1 }, (_, generation) => {
    const letters = lines.flatMap(({ letter, points }) => {
      const point = points.find((one) => one.generation === generation);
      return point && Math.round(point.mean / STEP) * STEP === level ? [letter] : [];
    });
    return letters.join('').padEnd(COLUMN);
  });
  return `${String(level).padStart(3)} %|${' '}${cells.join('').trimEnd()}`.trimEnd();
}
