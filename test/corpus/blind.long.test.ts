/**
 * Every cheat of the corpus cheats and every honest control is honest: shown in processes of their own, by
 * what each case says of itself and the task of its candidates, and not by any check.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCorpus } from '../../src/app/corpus/cases.ts';
import { type Beside, beside, dishonest } from './honest.ts';
import { isBad, modulesOf } from './judged.ts';
import { ending, harmless } from './witness.ts';

const INPUTS = 500;
/** Standard errors of a paired difference beyond which a score is another one. */
const CLEAR = 4;

const tasks = readCorpus(join(import.meta.dirname, '../../corpus/blind'));
const rows = tasks.map((task) => [task.name, task] as const);

test.each(rows)(
  'honest controls of %s keep every property and relation',
  async (_, task) => {
    expect(await dishonest(task, await modulesOf(task), INPUTS)).toEqual([]);
  },
  120_000,
);

test.each(rows)(
  'of %s only those called weaker score less than the origin',
  async (_, task) => {
    const modules = await modulesOf(task);
    const cases = task.cases.filter((one) => !isBad(one));
    const all = await beside({ task, modules, cases }, INPUTS, 100_000);
    const isWeaker = ({ errors }: Beside) => !(errors >= -CLEAR);
    const wrong = all.filter((each) => (each.one.weaker ?? false) !== isWeaker(each));
    expect(wrong.map(({ one, errors }) => `${one.id}: ${errors.toFixed(1)}`)).toEqual([]);
  },
  120_000,
);

test.each(rows)(
  'cheats and organisms of %s misbehave as they say',
  async (_, task) => {
    expect(await harmless(task, await modulesOf(task))).toEqual([]);
  },
  120_000,
);

test.each(rows)('what hangs in %s hangs', async (_, task) => {
  expect(await ending(task, await modulesOf(task))).toEqual([]);
});
