import { expect, test } from 'vitest';
import { bareImprover } from '../artifact.ts';
import { diffImprovers } from '../diff.ts';
import { readImprover } from '../read.ts';
import { gpOf, withGp } from './artifact-slots.ts';
import { LINES } from './lines.ts';

const bare = bareImprover('numbers');

test('settings go into an improver and come back, and a diff names those that moved', () => {
  const expert = withGp(bare, LINES.expert);
  expect(gpOf(readImprover(JSON.parse(JSON.stringify(expert)), 'test'))).toEqual(LINES.expert);
  const { slots } = diffImprovers(expert, withGp(bare, LINES['expert + de-duplication']));
  expect(slots.map(({ slot }) => slot)).toEqual(['deduplicate', 'elite', 'mutations']);
});

test('an improver that says nothing of the engine is the textbook', () => {
  expect(gpOf(bare)).toEqual(LINES.textbook);
});

test('a setting that is no expression is refused by its name', () => {
  const slots = { population: ['v', 'password'] };
  expect(() => gpOf({ slots })).toThrow(/population: this slot has no input password/);
});
