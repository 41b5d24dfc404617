/** What the gate has written: shared by all who write to one record, and never asked twice. */
import { describe, expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { candidateOf } from '../testing/gate-bench.ts';
import { memoryGate } from '../testing/memory-gate.ts';
import { holdoutGate } from './c4-holdout.ts';
import type { GateStore, PoolRequest, SealedQuestion, SealedValues } from './contract.ts';
import { openKept } from './kept.ts';
import { poolGate } from './pool-bit.ts';

const secretCommit = sha256('secret');
const { signal } = new AbortController();
const origin = candidateOf('5');

describe('a record', () => {
  test('has one list of entries, however many write to it, and each hears of all of them once', () => {
    const store = memoryGate(secretCommit);
    const heard: [string, number][] = [];
    const one = openKept({ open: () => store, secretCommit }, ({ entry }) =>
      heard.push(['one', entry]),
    );
    const first = one.write('left', {} as never);
    const other = openKept({ open: () => store, secretCommit }, ({ entry }) =>
      heard.push(['other', entry]),
    );
    const second = other.write('left', {} as never);
    expect(heard).toEqual([
      ['one', 1],
      ['other', 1],
      ['one', 2],
      ['other', 2],
    ]);
    expect(one.entries).toEqual([first, second]);
    expect(other.entries).toBe(one.entries);
    expect(first).toEqual({ entry: 1, kind: 'left', body: {}, evidence: store.rows()[0]?.hash });
    expect([one.of('left').length, one.of('judged')]).toEqual([2, []]);
  });

  test('of another study is refused, and an older copy is told by the entry it lacks', () => {
    const store = memoryGate(secretCommit);
    const kept = openKept({ open: () => store, secretCommit });
    const { entry, evidence } = kept.write('left', {} as never);
    expect(() => kept.require(undefined)).not.toThrow();
    expect(() => kept.require({ entry, evidence })).not.toThrow();
    let error: unknown;
    try {
      kept.require({ entry: 4, evidence });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({
      code: 'GATE_STORE',
      data: { entry: 4, held: 1 },
      message:
        "The ledger names entry 4 of the gate's record, which holds 1 entries and not that one: the record is an older copy or another study's. Restore the newer file, or start a new study; a gate whose answers are not all counted protects nothing.",
    });
    const copy = memoryGate(secretCommit, [...store.rows()]);
    expect(() => openKept({ open: () => copy, secretCommit: sha256('other') })).toThrow();
  });

  test('is opened at the first use, once, and closed where it was', () => {
    let [opened, closed] = [0, 0];
    const open = (): GateStore => {
      opened++;
      return { ...memoryGate(secretCommit), close: () => void closed++ };
    };
    const sealed = { cases: () => [], measure: async () => ({ values: [], evals: 0 }) };
    const metric = { goal: 'max' } as const;
    const promise = { cases: 2, queries: 2 };
    const gates = [
      () => holdoutGate({ open, secretCommit, promise, metric, sealed }),
      () => poolGate({ open, secretCommit, metric, sealed }),
    ];
    for (const make of gates) {
      [opened, closed] = [0, 0];
      make().close();
      expect([opened, closed]).toEqual([0, 0]);
      const gate = make();
      gate.requireEntry(undefined);
      gate.requireEntry(undefined);
      gate.close();
      expect([opened, closed]).toEqual([1, 1]);
    }
  });
});

/** Each candidate is worth its text on each case, and half a point more on the second. */
function measuring(asked: SealedQuestion[], cases = 2) {
  return async (question: SealedQuestion): Promise<SealedValues> => {
    asked.push(question);
    const { candidate, against, isAgainstKnown } = question;
    const of = (text: string) => Array.from({ length: cases }, (_, i) => Number(text) + i / 2);
    const beside = against && !isAgainstKnown ? { againstValues: of(against.text) } : {};
    return { values: of(candidate.text), ...beside, evals: 7 };
  };
}

describe('a sealed hold-out', () => {
  function gateOn(store: GateStore, { isRepeatable = true, ...more } = {}) {
    const measured: SealedQuestion[] = [];
    const gate = holdoutGate({
      open: () => store,
      secretCommit,
      promise: { cases: 2, queries: 3, ...more },
      metric: { goal: 'max' },
      sealed: { cases: (generation) => [generation, 10], measure: measuring(measured) },
    });
    const ask = (text: string, against = origin, generation = 1) =>
      gate.judge(
        {
          candidate: candidateOf(text),
          against,
          generation,
          block: { mean: Number(text) - Number(against.text), sd: 0.1, n: 12 },
          isRepeatable,
        },
        signal,
      );
    const seal = (candidate = origin) => gate.seal({ candidate, step: 1, isRepeatable }, signal);
    return { gate, ask, seal, measured };
  }

  test('says what it promised and what it cost, with number and hash, and no values', async () => {
    const store = memoryGate(secretCommit);
    const { seal, ask, measured } = gateOn(store, {
      promotions: 2,
      secret: 'gatekeeper',
    } as object);
    expect(await seal()).toEqual({
      generation: 1,
      cases: 2,
      queries: 3,
      promotions: 2,
      secret: 'gatekeeper',
      step: 1,
      candidate: origin.id,
      evals: 7,
      entry: 1,
      evidence: store.rows()[0]?.hash,
    });
    expect(measured).toEqual([{ generation: 1, candidate: origin, isRepeatable: true }]);
    expect(await ask('7')).toEqual({
      candidate: candidateOf('7').id,
      against: origin.id,
      generation: 1,
      query: 1,
      verdict: 'improved',
      gate: 'pass',
      queriesLeft: 2,
      evals: 7,
      entry: 2,
      evidence: store.rows()[1]?.hash,
    });
  });

  test('measures the incumbent again only where it does not repeat itself, or was never measured', async () => {
    const known = async (isRepeatable: boolean) => {
      const { seal, ask, measured } = gateOn(memoryGate(secretCommit), { isRepeatable });
      await seal();
      await ask('7');
      await ask('8', candidateOf('7'));
      await ask('9', candidateOf('6'));
      return measured.slice(1).map(({ isAgainstKnown }) => isAgainstKnown);
    };
    expect(await known(true)).toEqual([true, true, false]);
    expect(await known(false)).toEqual([false, false, false]);
  });

  test('asks another question anew: of another candidate, incumbent or set', async () => {
    const { seal, ask, measured } = gateOn(memoryGate(secretCommit));
    await seal();
    const first = await ask('7');
    const other = await ask('7', candidateOf('6'));
    expect([first?.query, other?.query]).toEqual([1, 2]);
    await ask('6');
    // Spent: the next set, and the same question to it.
    await seal();
    expect(await ask('7', origin, 2)).toMatchObject({ generation: 2, query: 1 });
    expect(measured).toHaveLength(6);
    expect(await ask('7', origin, 3)).toBeUndefined();
  });

  test('shows the last incumbent beside what it was sealed for, and where there is no other that alone', async () => {
    const store = memoryGate(secretCommit);
    const { gate, seal, ask } = gateOn(store);
    await seal();
    await ask('7');
    const seven = candidateOf('7').id;
    const shown = await gate.reveal(1, seven);
    expect(shown).toEqual({
      generation: 1,
      queries: 1,
      candidate: seven,
      cases: [1, 10],
      values: [7, 7.5],
      against: origin.id,
      againstValues: [5, 5.5],
      entry: 3,
      evidence: store.rows()[2]?.hash,
    });
    expect(await gate.reveal(1, origin.id)).toEqual(shown);
    expect(await ask('8')).toBeUndefined();
    const alone = gateOn(memoryGate(secretCommit));
    await alone.seal();
    // One that the set never measured: what it was sealed for is shown.
    const base = await alone.gate.reveal(1, seven);
    expect(base).toMatchObject({ candidate: origin.id, values: [5, 5.5], queries: 0 });
    expect(base).not.toHaveProperty('against');
    await expect(alone.gate.reveal(2, seven)).rejects.toThrow('the gate never sealed set 2');
  });

  test('on which the origin has no score is refused, later ones need not have one', async () => {
    const values = [
      [1, null, null],
      [null, 1],
    ];
    let turn = 0;
    const store = memoryGate(secretCommit);
    const measure = async () => ({ values: values[turn++] ?? [1, 1], evals: 2 });
    const gate = holdoutGate({
      open: () => store,
      secretCommit,
      promise: { cases: 2, queries: 1 },
      metric: { goal: 'max' },
      sealed: { cases: () => [], measure },
    });
    const request = { candidate: origin, step: 1, isRepeatable: true };
    await expect(gate.seal(request, signal)).rejects.toMatchObject({
      code: 'ORIGIN_FAILED',
      data: { unscored: 2, cases: 3 },
      message:
        'The origin has no score on 2 of 3 sealed cases, so nothing could be compared on them. Run the evaluator on the origin with more seeds by hand, mend what fails, then start again.',
    });
    turn = 5;
    await gate.seal(request, signal);
    await gate.reveal(1, origin.id);
    turn = 1;
    expect(await gate.seal(request, signal)).toMatchObject({ generation: 2 });
  });
});

describe('a pool', () => {
  function poolOn(store: GateStore) {
    const measured: SealedQuestion[] = [];
    const sealed = { cases: () => [], measure: measuring(measured, 12) };
    const pool = poolGate({ open: () => store, secretCommit, metric: { goal: 'max' }, sealed });
    const ask = (over: Partial<PoolRequest> = {}) =>
      pool.confirm(
        {
          arm: 'main',
          attempt: 1,
          candidate: candidateOf('7'),
          against: origin,
          level: 0.02,
          spec: { method: 'symmetric', scale: 1, margin: 0 },
          isRepeatable: true,
          ...over,
        },
        signal,
      );
    return { ask, measured };
  }

  test('answers an attempt of one arm on one pair once, and any other anew', async () => {
    const { ask, measured } = poolOn(memoryGate(secretCommit));
    const first = await ask();
    expect(await ask()).toEqual(first);
    expect(measured).toHaveLength(1);
    const others: readonly Partial<PoolRequest>[] = [
      { arm: 'control' },
      { attempt: 2 },
      { candidate: candidateOf('8') },
      { against: candidateOf('6') },
    ];
    for (const other of others) await ask(other);
    expect(measured).toHaveLength(5);
    expect(new Set(measured.map(({ generation }) => generation))).toEqual(new Set([1]));
  });

  test('takes what was measured of an incumbent, on either side, and only of one that repeats itself', async () => {
    const store = memoryGate(secretCommit);
    const { ask, measured } = poolOn(store);
    await ask();
    await ask({ attempt: 2, candidate: candidateOf('8'), against: candidateOf('7') });
    await ask({ attempt: 3, candidate: candidateOf('9') });
    await ask({ attempt: 4, candidate: candidateOf('9'), isRepeatable: false });
    await ask({ attempt: 5, candidate: candidateOf('9'), against: candidateOf('6') });
    expect(measured.map(({ isAgainstKnown }) => isAgainstKnown)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
    const kept = store.rows().map(({ body }) => JSON.parse(body) as Record<string, number[]>);
    const firsts = kept.map(({ values, againstValues }) => [values?.[0], againstValues?.[0]]);
    expect(firsts).toEqual([
      [7, 5],
      [8, 7],
      [9, 5],
      [9, 5],
      [9, 6],
    ]);
    expect(kept[0]).toMatchObject({ level: 0.02, verdict: 'accepted', evals: 7, attempt: 1 });
  });
});
