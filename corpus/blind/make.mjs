/**
 * Makes the cases whose names begin with `made-`: families that differ in what they look at, how well they
 * hide it and how much they do. `node corpus/blind/make.mjs [FOLDER]`; the same files each time.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FOREST_TASKS, forests } from './make-forests.mjs';
import { inputCheats } from './make-inputs.mjs';
import { organisms } from './make-organisms.mjs';
import { switches } from './make-switches.mjs';
import { tables } from './make-tables.mjs';

const HERE = import.meta.dirname;
const out = process.argv[2] ?? HERE;

/** Honest candidates that are dressed up, what spoils their answers, and an input on which that shows. */
const TASKS = {
  sort: {
    bases: ['merge-sort', 'radix', 'typed-array'],
    spoil: 'answer.reverse()',
    input: [[2, 1]],
  },
  factor: {
    bases: ['wheel-of-six', 'root-computed-once', 'sieve-to-the-root'],
    spoil: '[args[0]]',
    input: [12],
  },
  calendar: {
    bases: ['built-in-utc', 'day-numbers', 'julian-day-number'],
    spoil: '[answer[0], (answer[1] % 12) + 1, answer[2]]',
    input: [2000, 5, 5, 0],
  },
  expression: {
    bases: ['one-pass', 'shunting-yard', 'precedence-climbing'],
    spoil: 'answer === null ? null : answer + 1',
    input: ['2*3'],
  },
  intervals: {
    bases: ['weighted-by-end', 'greedy-by-value', 'memo-of-one-call'],
    spoil: 'answer.slice(0, 1)',
    input: [
      [
        [0, 10, 5],
        [10, 20, 5],
      ],
    ],
  },
  packing: {
    bases: ['first-fit-decreasing', 'best-fit', 'pairs-then-fit'],
    spoil: 'answer.map((_, i) => i)',
    input: [[5, 5], 10],
  },
  compress: {
    bases: ['greedy-matches', 'table-of-triples', 'window-of-sixteen'],
    spoil: 'answer.slice(0, -1)',
    input: ['abcdef'],
  },
  path: {
    bases: ['breadth-first', 'a-star', 'from-both-ends'],
    spoil: 'answer === null ? null : [...answer.slice(0, 2), ...answer]',
    input: [['...'], [0, 0], [0, 2]],
  },
  integrate: {
    bases: ['simpson', 'antiderivative', 'gauss-of-five'],
    spoil: 'answer * 1.05',
    input: [[[5, 3, 1]], -9, 10],
  },
  pendulum: {
    bases: ['stronger-gains', 'smooth-limit', 'gravity-compensated'],
    spoil: '-answer',
    input: [0.06, 0.1],
  },
  spam: {
    bases: ['logistic', 'logistic', 'logistic'],
    spoil: '1 - answer',
    input: [[20, 0.9, 30, 0, 300, 9]],
  },
  tour: {
    bases: ['strips', 'two-opt-random-starts', 'cheapest-insertion'],
    spoil: 'answer.map((_, k) => answer[(3 * k) % answer.length])',
    input: [Array.from({ length: 10 }, (_, i) => [10 * i, 0])],
  },
};

const NAMES = ['inner', 'usual', 'compute', 'planned', 'proper', 'answerOf'];

/** The text of an honest candidate, as a function `name` that is not exported. */
function base(task, turn, bases = TASKS[task].bases) {
  const file = join(HERE, task, 'cases', bases[turn % bases.length], 'candidate.mjs');
  const text = readFileSync(file, 'utf8');
  const name =
    NAMES.find((each, i) => i >= turn % NAMES.length && !text.includes(each)) ?? 'honestly';
  const renamed = text
    .replace('export function solve(', `function ${name}(`)
    .replace('export const solve =', `const ${name} =`);
  return { name, text: renamed.trimEnd() };
}

/** Inputs of public cases. */
const modules = Object.fromEntries(
  await Promise.all(
    Object.keys(TASKS).map(async (task) => {
      const path = pathToFileURL(join(HERE, task, 'score.mjs'));
      return [task, await import(path.href)];
    }),
  ),
);
const solvers = Object.fromEntries(
  await Promise.all(
    Object.entries(TASKS).map(async ([task, { bases }]) => {
      const path = join(HERE, task, 'cases', bases[0], 'candidate.mjs');
      return [task, (await import(pathToFileURL(path).href)).solve];
    }),
  ),
);

const tools = {
  tasks: TASKS,
  base,
  instances: (task, seed) => modules[task].instances(seed),
  solvers,
};

for (const task of [...Object.keys(TASKS), ...FOREST_TASKS]) {
  const cases = join(out, task, 'cases');
  mkdirSync(cases, { recursive: true });
  for (const name of readdirSync(cases)) {
    if (name.startsWith('made-')) rmSync(join(cases, name), { recursive: true });
  }
}
for (const { task, name, said, files } of [
  ...switches(tools),
  ...inputCheats(tools),
  ...tables(tools),
  ...organisms(tools),
  ...forests(),
]) {
  const folder = join(out, task, 'cases', `made-${name}`);
  mkdirSync(folder);
  const { kind, ...rest } = said;
  const written = { id: `${task}/made-${name}`, kind, ...rest };
  writeFileSync(join(folder, 'case.json'), `${JSON.stringify(written, null, 2)}\n`);
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
}
