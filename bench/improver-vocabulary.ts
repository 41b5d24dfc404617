/**
 * What macros mined from genetic searches of some tasks are worth to searches of others, at equal evaluations: with
 * nothing, with what was mined, and with as many subtrees of the same programs, of the same sizes, that nobody chose.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publicRoot } from '../src/core/rng.ts';
import { regretOf } from '../src/improver/gp/regret.ts';
import { bootstrapMean } from '../src/stats/bootstrap.ts';
import { signFlipTest } from '../src/stats/permutation.ts';
import { mean } from '../src/stats/summary.ts';
import type { Bench, Figure } from './figure.ts';
import {
  type Answer,
  LINES,
  type Line,
  MOST_MACROS,
  PARTS,
  type Part,
  type Row,
  SEEDS,
} from './improver-vocabulary/parts.ts';

const LEVEL = 0.05;
const RUNNER = join(import.meta.dirname, 'improver-vocabulary/part.ts');
const MOST_BYTES = 64 * 1024 * 1024;
const run = promisify(execFile);

async function measured(part: Part): Promise<Answer> {
  const line = ['--import', 'tsx', RUNNER, part];
  const { stdout } = await run(process.execPath, line, { maxBuffer: MOST_BYTES });
  return JSON.parse(stdout) as Answer;
}

interface Regret extends Row {
  readonly regret: number;
}

/** 1 is what a person would use, 0 the best that any of these searches found of the task. */
function regretsOf(rows: readonly Row[]): readonly Regret[] {
  const best = (task: string): number =>
    Math.min(...rows.filter((row) => row.task === task).map(({ cost }) => cost));
  return rows.map((row) => {
    const scale = { start: row.start, reference: best(row.task) };
    return { ...row, regret: scale.reference < scale.start ? regretOf(row.cost, scale) : 0 };
  });
}

const told = (values: readonly number[]): string => {
  const ends = bootstrapMean(values, { rng: publicRoot('interval').stream(0, 'bootstrap') });
  return `[${ends.map((one) => one.toFixed(3)).join(', ')}]`;
};

const meanOf = (rows: readonly Regret[], line: Line): number =>
  mean(rows.filter((row) => row.line === line).map(({ regret }) => regret));

const bySeed = (rows: readonly Regret[], line: Line): readonly number[] =>
  SEEDS.map((seed) =>
    meanOf(
      rows.filter((row) => row.seed === seed),
      line,
    ),
  );

/** Two-sided exact sign-flip test over the seeds; the interval only describes. */
function verdictOf(differences: readonly number[]): string {
  const other = differences.map((one) => -one);
  const p = Math.min(1, 2 * Math.min(signFlipTest(differences), signFlipTest(other)));
  if (p > LEVEL) return `p ${p.toPrecision(2)}, no evidence either way`;
  return `p ${p.toPrecision(2)}, ${mean(differences) < 0 ? 'better' : 'worse'}`;
}

const PAIRS = [
  ['mined', 'none'],
  ['mined', 'random subtrees'],
  ['random subtrees', 'none'],
] as const satisfies readonly (readonly [Line, Line])[];

function pairFigures(part: Part, rows: readonly Regret[]): readonly Figure[] {
  const tasks = [...new Set(rows.map(({ task }) => task))];
  return PAIRS.map(([one, other]) => {
    const others = bySeed(rows, other);
    const differences = bySeed(rows, one).map((value, at) => value - (others[at] as number));
    const won = tasks.filter((task) => {
      const own = rows.filter((row) => row.task === task);
      return meanOf(own, one) < meanOf(own, other);
    });
    return {
      name: `${part}: ${one} − ${other}, regret, paired`,
      value: mean(differences),
      unit: '',
      note: `${told(differences)}, ${verdictOf(differences)}; lower on ${differences.filter((by) => by < 0).length} of ${SEEDS.length} seeds and ${won.length} of ${tasks.length} tasks`,
    };
  });
}

function partFigures(part: Part, { rows, words, programs }: Answer): readonly Figure[] {
  const regrets = regretsOf(rows);
  const tasks = [...new Set(rows.map(({ task }) => task))];
  const { training, evals, what } = PARTS[part];
  const lines = (own: readonly Regret[], name: string): readonly Figure[] =>
    LINES.map((line) => ({
      name: `${name}: ${line}`,
      value: meanOf(own, line),
      unit: '',
      note: told(bySeed(own, line)),
    }));
  return [
    {
      name: `${part}: macros mined, of ${MOST_MACROS} at most`,
      value: words.length,
      unit: '',
      note: `${what}; from ${programs} programs of ${training.searches} searches a task, ${training.evals} evaluations each: ${words.map(({ text, saving, tasks: of }) => `\`${text}\` saves ${saving} nodes in ${of} tasks`).join('; ') || 'nothing that two tasks share pays for its definition'}`,
    },
    ...pairFigures(part, regrets),
    ...lines(regrets, `${part}: mean regret of ${tasks.length} tasks, ${evals} evaluations each`),
    ...tasks.flatMap((task) =>
      lines(
        regrets.filter((row) => row.task === task),
        task,
      ),
    ),
  ];
}

export const improverVocabulary: Bench = {
  name: 'improver-vocabulary',
  what: 'macros mined from some tasks in the vocabulary of genetic search on others, at equal evaluations',
  seconds: 240,
  async run() {
    const parts = Object.keys(PARTS) as readonly Part[];
    const answers = await Promise.all(parts.map(measured));
    return parts.flatMap((part, at) => partFigures(part, answers[at] as Answer));
  },
};
