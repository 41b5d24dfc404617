/** A repository as karpathy/autoresearch has it: what is recognised, and what it becomes. */
import { expect, test } from 'vitest';
import { repository } from './fixtures/autoresearch.ts';
import { cli } from './fixtures/cli.ts';

test('recognised: what is improved, what measures, what is read', async () => {
  const { code, stdout, stderr } = await cli(repository(), 'run', '--trials', '2', '--dry-run');
  expect(stderr).toMatch(
    /as autoresearch has it \(program\.md, train\.py\): train\.py of the commit is improved, python3 train\.py measures, val_bpb is read from what it prints, less is better, a run is ended after 2m\./,
  );
  expect(stderr).toMatch(/no network, no GPU/);
  expect(stderr).toMatch(/paceline observe .*results\.tsv judges the keeps in it/);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/val_bpb \(units, lower is better\)/)]);
});
