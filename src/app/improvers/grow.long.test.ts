/** A lineage is promoted by evidence alone, and what was rejected or withdrawn stays beside it. */
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../test/cli/fixtures/cli.ts';
import { workspace } from '../../synthesis/workspace.ts';
import { systemClock } from '../system-clock.ts';
import type { GenerationClaim } from './generation-record.ts';
import { generationRecord } from './generation-record.ts';
import { type Grown, growLineage } from './grow.ts';
import { lineageGround } from './lineage-ground.ts';
import { findImprover, type KeptImprover, keepImprover, listImprovers } from './store.ts';

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

type Verdict = GenerationClaim['verdict'];

/** Verdicts of claim and audit, in turn; the last goes on. */
function grown(...verdicts: readonly Verdict[]) {
  let next = 0;
  return grownBy(() => verdicts[Math.min(next++, verdicts.length - 1)] ?? 'no-evidence');
}

async function grownBy(verdictOf: (one: KeptImprover) => Verdict) {
  const root = emptyFolder();
  const asked = { tasks: 'generated', seed: 3, budget: SMALL, space, cpuMs: systemClock.cpuMs };
  const { ground, validation, set } = await lineageGround({ root, signal, ...asked });
  const said: Grown[] = [];
  const tried = await growLineage({
    root,
    from: keepImprover(root, findImprover(root, 'bare').improver),
    ground,
    validation,
    training: { name: 'generated', seed: 3, set: set.id, candidates: SMALL.amount },
    budget: SMALL,
    generations: 2,
    share: 0,
    claim: async (first) => saying(verdictOf(first)),
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
  for (const { improver, record } of tried) {
    expect(improver.net !== null).toBe(record.net?.isKept);
    expect(record.net?.cpuMs).toBeGreaterThan(0);
  }
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
  // Costs alone are said to matter too, and that is contradicted or not as for an abstraction.
  expect(tried.at(-1)?.improver.mechanism).toMatchObject({ without: ['slot:costs'] });
});

test('costs alone are ablated: their parent searches the same tasks', async () => {
  const { tried } = await grownBy(({ improver }) =>
    improver.library.length === 0 ? 'helped' : 'no-evidence',
  );
  const costs = tried.find(({ improver }) => improver.library.length === 0);
  expect(costs?.record.verdict).toBe('promoted');
  const [before = 0, now = 0] = costs?.record.validation ?? [];
  expect(costs?.record.mechanism?.measured).toBeCloseTo(Math.log(before / now), 10);
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
