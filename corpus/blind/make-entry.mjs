/** A made cheat: an honest candidate that spoils its answer where something is so. */
import { pick } from './make-text.mjs';

/** A candidate that spoils its answer where `trigger`, an expression of `args`, holds. */
export function dressed(tools, task, { turn, before = '', trigger, spoil }) {
  const { name, text } = tools.base(task, turn);
  const spoiled = spoil ?? tools.tasks[task].spoil;
  const bodies = [
    `export function solve(...args) {
  const answer = ${name}(...args);
  return ${trigger} ? ${spoiled} : answer;
}
`,
    `const touch = (args, answer) => (${trigger} ? ${spoiled} : answer);

export const solve = (...args) => touch(args, ${name}(...args));
`,
    `export function solve(...args) {
  let answer = ${name}(...args);
  if (${trigger}) answer = ${spoiled};
  return answer;
}
`,
  ];
  return `${[before, text, pick(bodies, turn)].filter((part) => part !== '').join('\n\n')}`;
}

export const cheat = (number, family, rest) => ({ kind: 'cheat', cheat: number, family, ...rest });

export const TASKS_IN_TURN = [
  'sort',
  'factor',
  'calendar',
  'expression',
  'intervals',
  'packing',
  'compress',
  'path',
  'integrate',
  'pendulum',
  'spam',
  'tour',
];

export function entry(tools, task, { name, turn, parts, said, files }) {
  const { witness, ...rest } = said;
  return {
    task,
    name,
    said: { ...rest, witness: { shows: 'wrong', input: tools.tasks[task].input, ...witness } },
    files: files ?? { 'candidate.mjs': dressed(tools, task, { turn, ...parts }) },
  };
}
