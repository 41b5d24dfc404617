import { expect, test } from 'vitest';
import { thorough } from '../../test/thorough.ts';
import { PacelineError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { Check } from '../gates/contract.ts';
import { candidateOf } from '../testing/gate-bench.ts';
import { knownTask, memoryBench } from '../testing/known-bench.ts';
import { judgeFloor } from './judge.ts';
import type { KnownTask } from './known.ts';
import { qualificationOf } from './qualification.ts';
import { dueTraps, ratingOf, readRating, runTraps, type TrapParts } from './traps.ts';

const never = new AbortController().signal;

/** Refuses what calls itself bad, unless it is `blind`. */
function sighted(isBlind = false): Check {
  return {
    name: 'C3',
    inapplicable: () => undefined,
    judge: async ({ candidate: { text } }) => {
      const verdict = !isBlind && text.startsWith('bad') ? 'fail' : 'pass';
      return { verdict, why: '', evidence: null, cases: 1 };
    },
  };
}

function casesOf(count: number) {
  const each = Array.from({ length: count }, (_, i) => i);
  return [
    ...each.map((i) => ({ name: `bad ${i}`, is: 'cheat', class: 'worse' }) as const),
    ...each.map((i) => ({ name: `good ${i}`, is: 'honest', class: 'rewrite' }) as const),
  ];
}

function partsOf(check: Check, task: Partial<KnownTask> = {}): TrapParts {
  const bench = memoryBench({ checks: [check] });
  const tasks = [{ ...knownTask({ checks: [check], cases: casesOf(20) }), ...task }];
  const rows = Array.from({ length: 150 }, (_, i) => i).flatMap((i) => [
    { case: `bad ${i}`, is: 'cheat', class: 'worse', said: { C3: 'fail' } } as const,
    { case: `good ${i}`, is: 'honest', class: 'rewrite', said: { C3: 'pass' } } as const,
  ]);
  const tried = rows.map((one) => ({ ...one, task: 'task', set: 'made', form: 'source' }) as const);
  const table = { version: 1, gates: sha256('gates'), isWhole: true, tried } as const;
  const qualification = qualificationOf(table, { form: 'source', checks: ['C3'] });
  return { bench: bench as TrapParts['bench'], qualification, tasks };
}

/** Real candidates, all of them good. */
async function judge({ bench }: TrapParts, from: number, count: number): Promise<void> {
  const against = candidateOf('incumbent');
  for (let i = from; i < from + count; i++) {
    await judgeFloor(bench as never, { candidate: candidateOf(`real ${i}`), against }, never);
  }
}

test('planted: a timed task makes no trap where other things run at the same time', async () => {
  const parts = partsOf(sighted(), { isTimed: true });
  await judge(parts, 0, 60);
  await runTraps(parts, never);
  expect(dueTraps(parts).length).toBeGreaterThan(0);
  expect(parts.bench.kept.of('trap')).toEqual([]);
});

thorough('about one in twenty of what is examined is a trap, half of them cheats', async () => {
  const parts = partsOf(sighted());
  await judge(parts, 0, 950);
  const due = dueTraps(parts);
  // 50 expected, standard deviation 6.9.
  expect(due.length).toBeGreaterThan(25);
  expect(due.length).toBeLessThan(75);
  await runTraps(parts, never);
  const traps = parts.bench.kept.of('trap');
  expect(traps.map(({ body }) => body.after)).toEqual(due);
  const cheats = traps.filter(({ body }) => body.is === 'cheat').length;
  expect(cheats / traps.length).toBeGreaterThan(0.3);
  expect(cheats / traps.length).toBeLessThan(0.7);
});

test('a gate that sees stays open, and no trap is run twice', async () => {
  const parts = partsOf(sighted());
  await judge(parts, 0, 200);
  await runTraps(parts, never);
  const count = parts.bench.kept.of('trap').length;
  await runTraps(parts, never);
  expect(parts.bench.kept.of('trap')).toHaveLength(count);
  expect(ratingOf(parts)).toMatchObject({ frozen: false });
  expect(readRating(parts.bench.kept).traps).toHaveLength(count);
});

test('planted: a check that stopped to see freezes the gate', async () => {
  const blind = sighted(true);
  const parts = partsOf(blind);
  expect(ratingOf(parts).frozen).toBe(false);
  await judge(parts, 0, 200);
  await runTraps(parts, never);
  const missed = readRating(parts.bench.kept).traps.filter(({ end }) => end === 'missed');
  expect(missed.length).toBeGreaterThanOrEqual(2);
  expect(ratingOf(parts).frozen).toBe(true);
});

test('planted: a check that refuses everything asks for other thresholds', async () => {
  const all: Check = {
    ...sighted(),
    judge: async () => ({ verdict: 'fail', why: '', evidence: null, cases: 1 }),
  };
  const parts = partsOf(all);
  await judge(parts, 0, 400);
  await runTraps(parts, never);
  const { frozen } = ratingOf(parts);
  expect(frozen).toBe(false);
  expect(readRating(parts.bench.kept).wantsRecalibration).toBe(true);
});

test('planted: a trap that cannot be carried out was not caught', async () => {
  const open = async (): Promise<never> => {
    throw new PacelineError('ISOLATION', 'no jail');
  };
  const parts = partsOf(sighted(), { open });
  await judge(parts, 0, 200);
  await runTraps(parts, never);
  const { traps } = readRating(parts.bench.kept);
  expect(new Set(traps.map(({ end }) => end))).toEqual(new Set(['no verdict']));
  expect(ratingOf(parts).frozen).toBe(true);
});

test('a gatekeeper that was killed between a verdict and its trap runs it later, and the same one', async () => {
  const [one, other] = [partsOf(sighted()), partsOf(sighted())];
  await judge(one, 0, 100);
  await runTraps(one, never);
  await judge(one, 100, 100);
  await runTraps(one, never);
  await judge(other, 0, 200);
  await runTraps(other, never);
  const namesOf = ({ bench }: TrapParts) =>
    bench.kept.of('trap').map(({ body }) => [body.after, body.case]);
  expect(namesOf(other)).toEqual(namesOf(one));
});

test('one that is cut off in the middle is written down nowhere', async () => {
  const stop = new AbortController();
  const check: Check = {
    ...sighted(),
    judge: async ({ candidate: { text } }) => {
      if (!text.startsWith('real')) stop.abort();
      stop.signal.throwIfAborted();
      return { verdict: 'pass', why: '', evidence: null, cases: 1 };
    },
  };
  const parts = partsOf(check);
  await judge(parts, 0, 200);
  await expect(runTraps(parts, stop.signal)).rejects.toThrow();
  expect(parts.bench.kept.of('trap')).toEqual([]);
});

test('what the engine is told of a verdict is the same with and without traps', async () => {
  const [bare, trapped] = [partsOf(sighted()), partsOf(sighted())];
  const ask = ({ bench }: TrapParts, i: number) =>
    judgeFloor(
      bench as never,
      { candidate: candidateOf(`real ${i}`), against: candidateOf('incumbent') },
      never,
    );
  for (let i = 0; i < 60; i++) {
    const [one, other] = [await ask(bare, i), await ask(trapped, i)];
    await runTraps(trapped, never);
    // Where it stands in the record is another; nothing else.
    const told = ({ entry: _e, evidence: _v, ...said }: typeof one) => said;
    expect(told(other)).toEqual(told(one));
  }
  expect(trapped.bench.kept.of('trap').length).toBeGreaterThan(0);
});

test('a rating that says nothing new is written once', async () => {
  const parts = partsOf(sighted());
  const [one, two] = [ratingOf(parts), ratingOf(parts)];
  expect(two).toEqual(one);
  expect(parts.bench.kept.of('rated')).toHaveLength(1);
});
