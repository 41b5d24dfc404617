/** What may be recorded of a generation. */
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../test/cli/fixtures/cli.ts';
import { bareImprover, improverId } from '../../improver/artifact.ts';
import { type GenerationRecord, generationRecord, writeGeneration } from './generation-record.ts';
import { keepImprover } from './store.ts';

const bare = bareImprover('numbers');
const audit = {
  verdict: 'helped',
  unit: 'seed',
  n: 12,
  wins: 12,
  losses: 0,
  difference: 5,
  words: 'beats its parent',
} as const;
const promoted: GenerationRecord = {
  schema: 'paceline/generation/1',
  id: improverId(bare),
  generation: 1,
  verdict: 'promoted',
  why: 'It was shown to beat its parent on fresh tasks.',
  validation: [100, 90],
  claim: audit,
  audit,
};

test('a promotion is recorded only with an audit that bears it out', () => {
  const root = emptyFolder();
  keepImprover(root, bare);
  const { audit: _, ...unaudited } = promoted;
  expect(() => writeGeneration(root, unaudited)).toThrow(/with an audit/);
  expect(() =>
    writeGeneration(root, { ...promoted, audit: { ...audit, verdict: 'no-evidence' } }),
  ).toThrow(/with an audit/);
  expect(generationRecord(root, promoted.id)).toBeUndefined();
  writeGeneration(root, promoted);
  expect(generationRecord(root, promoted.id)).toEqual(promoted);
});
