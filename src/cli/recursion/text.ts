/** `demo recursion` for people: curves, statements, library, one task, texts, everyday functions, and what is not shown. */
import type { LineShown, RecursionReport } from '../../improver/recursion/report.ts';
import type { Point, Share } from '../../improver/recursion/summary.ts';
import { countText, numberText } from '../../reporters/report/number-text.ts';
import { table } from '../output.ts';
import { chart } from './chart.ts';
import { libraryTree } from './library.ts';

export function recursionText(report: RecursionReport): readonly string[] {
  return [
    `Unseen combinations solved, percent of held-out tasks, ${report.budgetText} for all tasks together; ${countOf(report.seeds.length, 'seed')}.`,
    '',
    ...chart(report.lines, report.generations),
    '',
    ...curveTable(report),
    '',
    ...statementLines(report),
    ...libraryLines(report),
    ...exampleLines(report),
    ...textLines(report),
    ...everydayLines(report),
    ...costLines(report),
    '',
    'Shown:',
    ...report.shown.map((line) => `  ${line}`),
    'Not shown:',
    ...report.notShown.map((line) => `  ${line}`),
  ];
}

const countOf = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

const shareText = ({ mean, interval: [low, high] }: Share): string =>
  `${mean.toFixed(1)} [${low.toFixed(1)}, ${high.toFixed(1)}]`.replaceAll('-', '−');

function curveTable({ lines, generations }: RecursionReport): readonly string[] {
  const heads = Array.from({ length: generations + 1 }, (_, at) => `g${at}`);
  const at = (points: readonly Point[], generation: number): string =>
    points.find((one) => one.generation === generation)?.mean.toFixed(1) ?? '';
  const last = ({ held }: LineShown): string => {
    const end = held.at(-1);
    return end ? shareText(end) : '';
  };
  return table([
    ['line', ...heads, 'last, 95 %'],
    ...lines.map((one) => [one.line, ...heads.map((_, g) => at(one.held, g)), last(one)]),
  ]);
}

/** What is claimed in whole sentences; without claims the differences alone. */
function statementLines({ statements, seeds }: RecursionReport): readonly string[] {
  if (statements.length === 0) return [];
  if (statements.some(({ verdict }) => verdict !== undefined))
    return [
      'Claims, each at its own 5 %; the first is what this was made for:',
      ...statements.map(({ words }) => `  ${words}`),
      '',
    ];
  return [
    `Paired differences in points; nothing is claimed of ${countOf(seeds.length, 'seed')}:`,
    ...table([
      ['  first − second', 'on', 'mean, 95 %', 'won', 'lost'],
      ...statements.map(({ first, second, on, difference }) => [
        `  ${first} − ${second}`,
        on,
        shareText(difference),
        String(difference.wins),
        String(difference.losses),
      ]),
    ]),
    '',
  ];
}

function libraryLines({ library, seeds }: RecursionReport): readonly string[] {
  if (library.length === 0) return [];
  return [
    `The library of seed ${seeds[0]} (x: its argument; a name after the colon: it does what that part of the pool does):`,
    ...libraryTree(library).map((line) => `  ${line}`),
    '',
  ];
}

function exampleLines({ example }: RecursionReport): readonly string[] {
  if (example === undefined) return [];
  const { task, before, after } = example;
  return [
    `One held-out task, ${task}:`,
    `  at the start  not found in ${countText(before.candidates)} candidates, up to cost ${before.cost}`,
    `  at the end    found after ${countText(after.candidates)}: ${after.program}`,
    `  written out   ${after.expanded}`,
    '',
  ];
}

function textLines({ texts }: RecursionReport): readonly string[] {
  if (texts.length === 0) return [];
  return [
    'Functions of texts, on which nothing was trained, percent solved:',
    ...texts.map(({ what, share }) => `  ${shareText(share).padEnd(20)} ${what}`),
    '',
  ];
}

function everydayLines({ lines, everyday }: RecursionReport): readonly string[] {
  const last = lines.flatMap(({ line, everyday: points }) => {
    const end = points.at(-1);
    return end ? [`  ${shareText(end).padEnd(20)} ${line}`] : [];
  });
  return last.length === 0
    ? []
    : ['Everyday functions, percent of held-out ones solved:', ...last, `  ${everyday}`];
}

function costLines(report: RecursionReport): readonly string[] {
  const { cpuMs, throughput, peakMb, wallMs, effort } = report;
  const seconds = (ms: number): string => (ms / 1000).toFixed(1);
  const [from, to] = effort.map((one) => countText(Math.round(one)));
  return [
    '',
    `Candidates to a held-out solution, geometric mean (unsolved: all there were): ${from} at the start, ${to} at the end.`,
    `A recursion took ${seconds(cpuMs.recursion)} CPU-s, all lines of a seed ${seconds(cpuMs.seed)} CPU-s; ${numberText(throughput)} million candidates per CPU-s; ${peakMb} MB at most in a process; ${seconds(wallMs)} s in all.`,
  ];
}
