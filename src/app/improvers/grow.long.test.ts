/** A lineage is promoted by evidence alone, and what was rejected or withdrawn stays beside it. */
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../test/cli/fixtures/cli.ts';
import { workspace } from '../../synthesis/workspace.ts';
import { systemClock } from '../system-clock.ts';
import type { GenerationClaim } from './generation-record.ts';
import { generationRecord } from './generation-record.ts';
import { type Grown, growLineage } from './grow.ts';
import { lineageGround } from './lineage-ground.ts';
import { findImprover, keepImprover, listImprovers } from './store.ts';

const SMALL = { unit: 'candidates', amount: 60_000 } as const;
const space = workspace(60_000, 5_000_000);
const signal = new AbortController().signal;

const saying = (verdict: GenerationClaim['verdict']): GenerationClaim => ({
  verdict,
  unit: 'seed',
  n: 12,
  wins: 12,
  losses: 0,
  difference: 1,
  words: verdict,
});

/** Verdicts of claim and audit, in turn; the last goes on. */
async function grown(...verdicts: readonly GenerationClaim['verdict'][]) {
  const root = emptyFolder();
  const asked = { tasks: 'generated', seed: 3, budget: SMALL, space, cpuMs: systemClock.cpuMs };
  const { ground, validation, set } = await lineageGround({ root, signal, ...asked });
  const said: Grown[] = [];
  let next = 0;
  const tried = await growLineage({
    root,
    from: keepImprover(root, findImprover(root, 'bare').improver),
    ground,
    validation,
    training: { name: 'generated', seed: 3, set: set.id, candidates: SMALL.amount },
    budget: SMALL,
    generations: 2,
    share: 0,
    claim: async () => saying(verdicts[Math.min(next++, verdicts.length - 1)] ?? 'no-evidence'),
    say: (one) => said.push(one),
    pause: async () => undefined,
  });
  expect(said).toEqual(tried);
  return { root, tried };
}

test('each generation is the child of the one promoted before, audited before the next', async () => {
  const { root, tried } = await grown('helped');
  const [first, second] = tried;
  expect(tried.map(({ record }) => record.verdict)).toEqual(['promoted', 'promoted']);
  expect(second?.improver.parent).toBe(first?.id);
  expect(first?.record.audit?.verdict).toBe('helped');
  expect(first?.record.mechanism).toBeDefined();
  expect(first?.improver.mechanism?.without).toHaveLength(1);
  expect(generationRecord(root, second?.id ?? '')).toEqual(second?.record);
  expect(first?.improver.library.length).toBeGreaterThan(0);
  expect(second?.improver.library.slice(0, first?.improver.library.length)).toEqual(
    first?.improver.library,
  );
});

test('without evidence fewer abstractions and costs alone are tried, and all of it is kept', async () => {
  const { root, tried } = await grown('no-evidence');
  expect(tried.every(({ record }) => record.verdict === 'rejected')).toBe(true);
  const lengths = tried.map(({ improver }) => improver.library.length);
  expect(lengths).toEqual([...new Set(lengths)].sort((a, b) => b - a));
  expect(lengths.at(-1)).toBe(0);
  expect(tried.every(({ record }) => record.audit === undefined)).toBe(true);
  expect(listImprovers(root)).toHaveLength(1 + tried.length);
});

test('a promotion that its audit contradicts is withdrawn, and nothing is built on it', async () => {
  const { tried } = await grown('helped', 'hurt', 'no-evidence');
  expect(tried[0]?.record).toMatchObject({ verdict: 'withdrawn', audit: { verdict: 'hurt' } });
  expect(tried.every(({ improver }) => improver.generation === 1)).toBe(true);
});

test('the same seed grows the same generations', async () => {
  const ids = async () => (await grown('helped')).tried.map(({ id }) => id);
  expect(await ids()).toEqual(await ids());
});
