import { expect, test } from 'vitest';
import { apply, constant, variable } from '../../lang/forest.ts';
import { parseTypeScript } from '../../lang/parse.ts';
import { printTypeScript } from '../../lang/print.ts';
import { LINES } from './lines.ts';
import { GP_SLOTS, GP_VOCABULARY, policyIn, type SearchState } from './slots.ts';

const STATE: SearchState = {
  progress: 0.25,
  stagnation: 0.1,
  diversity: 1,
  size: 0.2,
  budget: 0.5,
  inputs: 0.4,
};

test('a slot is read in the state of the search, and kept within its range', () => {
  const { slots } = LINES.textbook;
  const halving = apply('-', [constant(5), apply('*', [constant(4), variable('progress')])]);
  const improver = { slots: { ...slots, population: halving, tournament: constant(1e9) } };
  expect(policyIn(improver, STATE).settings.population).toBe(4);
  expect(policyIn(improver, { ...STATE, progress: 0.5 }).settings.population).toBe(3);
  expect(policyIn(improver, STATE).settings.tournament).toBe(GP_SLOTS['tournament']?.most);
});

test('an improver is a program people can read, and reads back the same', () => {
  const source = printTypeScript(LINES.expert, GP_VOCABULARY);
  expect(source).toContain('export function population(');
  expect(parseTypeScript(source, GP_VOCABULARY)).toEqual(LINES.expert);
});
