/** Planted: a search that memory ends before its budget is spent wins nothing by having tried less. */
import { expect, test } from 'vitest';
import { bareImprover } from '../../improver/artifact.ts';
import { workspace } from '../../synthesis/workspace.ts';
import { bareSolver } from '../recursion/lines.ts';
import { freshClaims } from './lineage-ground.ts';
import { kept } from './store.ts';
import { soloEffort } from './trained-net.ts';

const inputs = [[3, 1, 2], [5, 4], [9, 9, 1, 7], [2], [6, 0, 3], [8, 1]].map((list, k) => ({
  list,
  k,
}));
const NOBODYS = [3, 1, 4, 1, 5, 9];
const task = (at: number) => {
  const outputs = NOBODYS.map((one, k) => one * at + k);
  const name = `odd ${at}`;
  return {
    name,
    family: 'f',
    cell: null,
    split: 'held-out' as const,
    outputs,
    hiddenOutputs: outputs,
  };
};
const group = {
  examples: inputs,
  hidden: inputs,
  tasks: Array.from({ length: 24 }, (_, at) => task(at + 7)),
};
const AMOUNT = 4_000_000;
const asked = {
  root: '.',
  tasks: 'a-folder',
  seed: 1,
  budget: { unit: 'candidates', amount: AMOUNT } as const,
  space: workspace(2_000, 200_000),
  cpuMs: () => 0,
  signal: new AbortController().signal,
};

test('tasks of a folder: no claim where memory ended a search', async () => {
  const one = kept(bareImprover('numbers'));
  const claim = await freshClaims(asked, { group }, 12)(one, one);
  expect(claim).toMatchObject({ verdict: 'not-testable', n: 12 });
  expect(claim.words).toBe(
    'no claim: memory ended 2 of the 2 searches before the budget was spent. Give fewer candidates.',
  );
});

test('a task alone: what memory left unsolved counts with the whole budget', () => {
  const parts = { held: [], everyday: [], train: [] };
  const ground = { ...asked, domain: 'numbers' as const, group, parts };
  expect(soloEffort(ground, bareSolver(), 0)).toBe(AMOUNT / 40);
});
