/** The generation that a study of improvers leaves. */
import { expect, test } from 'vitest';
import { bareImprover, MOST_NOTES } from '../../improver/artifact.ts';
import { LINES } from '../../improver/gp/lines.ts';
import { readImprover } from '../../improver/read.ts';
import { encodeForest } from '../../lang/codec.ts';
import { kept } from '../improvers/store.ts';
import { childOf } from './adopt.ts';

const candidate = `sha256:${'ab'.repeat(32)}`;
const from = { text: encodeForest(LINES.expert), study: 'improver-gp-7f3a01', candidate };

test('its lesson is the newest and stands first; a parent full of lessons has a child that can be read', () => {
  const lessons = Array.from({ length: MOST_NOTES }, (_, at) => `lesson ${at}`);
  const parent = kept({ ...bareImprover('numbers'), lessons });
  const child = childOf(parent, from);
  expect(child.lessons.slice(0, 2)).toEqual([
    'The settings of the GP engine are those of candidate abababab, which the study improver-gp-7f3a01 promoted.',
    'lesson 0',
  ]);
  expect(readImprover(JSON.parse(JSON.stringify(child)), 'x')).toEqual(child);
  expect(child).toMatchObject({ generation: 1, parent: parent.id, mechanism: null });
});
