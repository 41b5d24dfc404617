/** Planted: nothing is built on what was decided against, by whichever verb. */
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../test/cli/fixtures/cli.ts';
import { bareImprover, improverId } from '../../improver/artifact.ts';
import { writeGeneration } from './generation-record.ts';
import { mineHere } from './mine-here.ts';
import { parentFrom } from './parent.ts';
import { keepImprover } from './store.ts';

const bare = bareImprover('numbers');

test('a generation that was rejected or withdrawn has no child; one of which nothing was decided may', async () => {
  for (const verdict of ['rejected', 'withdrawn'] as const) {
    const root = emptyFolder();
    keepImprover(root, bare);
    const { id } = keepImprover(root, { ...bare, generation: 1, parent: improverId(bare) });
    expect(parentFrom(root, 'g1').id).toBe(id);
    writeGeneration(root, {
      schema: 'paceline/generation/1',
      id,
      generation: 1,
      verdict,
      why: 'It was not shown to be better.',
      validation: [1, 1],
    });
    expect(() => parentFrom(root, 'g1')).toThrow(`g1 was ${verdict}: nothing is built on it`);
    await expect(mineHere({ root, from: 'g1', studies: [], most: 1 })).rejects.toThrow(verdict);
  }
});
