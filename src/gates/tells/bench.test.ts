/** The bench that asks in chosen surroundings; and what a search, an order and a look make of its rows. */
import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../core/candidate.ts';
import type { Json } from '../../core/json.ts';
import { secretRoot } from '../../core/rng.ts';
import type { Called, CallRequest, Conditions } from '../../evaluators/contract.ts';
import { candidateOf, intakeOf } from '../../testing/gate-bench.ts';
import { type Bench, benchOf, plainConditions, type Trial } from './bench.ts';
import { historyOf, otherOrder } from './history.ts';
import { silence } from './looked.ts';
import { rejected, type Subject, searched, trialOf } from './search.ts';
import type { Tell } from './table.ts';

const { signal } = new AbortController();
const candidate = candidateOf('candidate');
const SETS = ['environment', 'hostname', 'batch'] as const;

interface Shown {
  readonly candidate: Candidate;
  /** Place among the inputs of the call, from 0. */
  readonly place: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly hostname: string | undefined;
  readonly batch: number | undefined;
  /** Calls before this one. */
  readonly call: number;
}

type Program = (input: number, shown: Shown) => Json;

/** Programs by what they are shown; the call is the n-th, from 1. */
function caller(
  program: Program,
  {
    instead,
    sets = SETS,
  }: {
    readonly instead?: (request: CallRequest, n: number) => Called | undefined;
    readonly sets?: readonly (keyof Conditions)[];
  } = {},
) {
  const asked: CallRequest[] = [];
  return {
    asked,
    traits: { sets },
    close: () => undefined,
    call: async (request: CallRequest): Promise<Called> => {
      const n = asked.push(request);
      const { environment = {}, hostname, batch } = request.conditions ?? {};
      const outputs = request.inputs.map((input, place) => {
        const shown = {
          candidate: request.candidate,
          place,
          environment,
          hostname,
          batch,
          call: n,
        };
        return { output: program(input as number, shown) };
      });
      return instead?.(request, n) ?? { outputs, cpuMs: 1 };
    },
  };
}

const INPUTS = Array.from({ length: 12 }, (_, at) => 10 + at);
const plain: Program = (input) => 2 * input;

describe('a row', () => {
  test('has an answer for each input that was asked, of a new process in the surroundings of the trial', async () => {
    const by = caller(plain);
    const bench = benchOf(by, { inputs: INPUTS, probes: 3 }, signal);
    const row = await bench.row(candidate, { order: [4, 0], conditions: { hostname: 'ci' } });
    expect(row).toHaveLength(12);
    expect([row[4], row[0], row[1]]).toEqual([{ output: 28 }, { output: 20 }, undefined]);
    expect(by.asked).toEqual([
      {
        candidate,
        inputs: [14, 10],
        isCold: true,
        conditions: { hostname: 'ci', batch: expect.any(Number) },
      },
    ]);
    expect([bench.asked(), bench.trouble(), bench.probes]).toEqual([2, undefined, [0, 1, 2]]);
    const batched = await bench.row(candidate, { order: [0], conditions: { batch: 1 } });
    expect([batched[0], by.asked[1]?.conditions]).toEqual([{ output: 20 }, { batch: 1 }]);
    expect(await bench.said(candidate, [1, 2])).toEqual([{ output: 2 }, { output: 4 }]);
    expect(by.asked[2]).not.toHaveProperty('isCold');
    expect(plainConditions(caller(plain, { sets: [] }))).toEqual({});
  });

  test('in trouble says so from then on, the first trouble first', async () => {
    const messages = ['', 'no room', 'no disk'];
    const by = caller(plain, {
      instead: (_, n) =>
        messages[n - 1] ? { outcome: 'infra-error', message: messages[n - 1] ?? '' } : undefined,
    });
    const bench = benchOf(by, { inputs: INPUTS, probes: 3 }, signal);
    await bench.rows(candidate, [{ order: [0] }, { order: [1] }]);
    await bench.said(candidate, [1]);
    expect(bench.trouble()).toBe('no room');
    const said = benchOf(
      caller(plain, { instead: () => ({ outcome: 'infra-error', message: 'no disk' }) }),
      { inputs: INPUTS, probes: 3 },
      signal,
    );
    await said.said(candidate, [1]);
    expect(said.trouble()).toBe('no disk');
  });

  test('beside others waits where three are asked already', async () => {
    let [running, most] = [0, 0];
    const call = async ({ inputs }: CallRequest): Promise<Called> => {
      most = Math.max(most, ++running);
      await new Promise((done) => setImmediate(done));
      running--;
      return { outputs: inputs.map((output) => ({ output })), cpuMs: 1 };
    };
    const by = { traits: { sets: [] }, call, close: () => undefined };
    const bench = benchOf(by, { inputs: INPUTS, probes: 3 }, signal);
    await bench.rows(candidate, Array<Trial>(8).fill({ order: [0] }));
    expect(most).toBe(3);
  });
});

const tell = (name: string, conditions: Conditions): Tell => ({
  name,
  side: 'test',
  sets: 'environment',
  conditions,
});
const A = tell('A', { environment: { A: '1' } });
const B = tell('B', { environment: { B: '1' } });
const C = tell('C', { environment: { C: '1' } });
const D = tell('D', { environment: { D: '1' } });

describe('a search', () => {
  async function search(
    program: Program,
    tells: readonly (readonly Tell[])[],
    { repeatsItself = true, hasMemory = false, isHistory = false, origin = 'incumbent' } = {},
  ) {
    const by = caller(program);
    const bench = benchOf(by, { inputs: INPUTS, probes: 12 }, signal);
    const order = bench.probes;
    const control = await bench.row(candidate, { order });
    const intake = intakeOf({ origin: candidateOf(origin) });
    const incumbent = control;
    const yardstick = async () => ({ incumbent, repeats: [control, control, control] });
    const subject: Subject = {
      bench,
      intake,
      baseline: control,
      yardstick,
      repeatsItself,
      hasMemory,
    };
    const toggles = tells.map((some) => ({ tells: some, isHistory }));
    const found = await searched(
      subject,
      toggles.map((toggle) => ({ toggle, order, control })),
    );
    return { found, asked: by.asked };
  }
  const own: Program = (input, { candidate: { text }, environment }) =>
    text === 'candidate' && environment['C'] && input === 12 ? -1 : 2 * input;

  test('without a difference finds nothing, asks each toggle once, six at a time', async () => {
    const { found, asked } = await search(plain, Array<readonly Tell[]>(8).fill([A]));
    expect(found).toEqual({ tested: [], shared: [], passing: [] });
    expect(asked).toHaveLength(9);
  });

  test('names the one tell of several that does it, and shows the input and both answers', async () => {
    const { found } = await search(own, [
      [A, B],
      [A, B, C, D],
    ]);
    expect(found.found).toEqual({
      tell: 'C',
      input: 2,
      baseline: { output: 24 },
      toggled: { output: -1 },
    });
    const both: Program = (input, { candidate: { text }, environment }) =>
      text === 'candidate' && environment['A'] && environment['D'] ? -1 : 2 * input;
    expect((await search(both, [[A, B, C, D]])).found.found?.tell).toBe('A with B with C with D');
    const first: Program = (input, { candidate: { text }, environment }) =>
      text === 'candidate' && environment['A'] ? -1 : 2 * input;
    expect((await search(first, [[A, B, C]])).found.found?.tell).toBe('A');
  });

  test('ends at the first that holds', async () => {
    const { asked } = await search(own, [[C], ...Array<readonly Tell[]>(12).fill([A])]);
    // Control, six toggles, both sides anew, both of the origin.
    expect(asked).toHaveLength(1 + 6 + 2 + 2);
  });

  test('holds against nobody what the origin does too, and says which', async () => {
    const all: Program = (input, { environment }) => (environment['C'] ? -1 : 2 * input);
    expect((await search(all, [[C], [A]])).found).toEqual({
      tested: [],
      shared: ['C'],
      passing: [],
    });
    // The origin itself has no origin to be compared with.
    expect((await search(all, [[C]], { origin: 'candidate' })).found.found?.tell).toBe('C');
  });

  test('tells what did not come back as passing', async () => {
    const once: Program = (input, { call }) => (call === 2 ? -1 : 2 * input);
    expect((await search(once, [[A, B]])).found).toEqual({
      tested: [],
      shared: [],
      passing: ['A with B'],
    });
  });

  test('tests, and does not refuse, where the same surroundings give other answers each time', async () => {
    const restless: Program = (input, { call }) => (call > 1 ? input + call : input);
    const { found } = await search(restless, [[A]]);
    expect(found.tested).toMatchObject([{ tell: 'A' }]);
    for (const how of [{ repeatsItself: false }, { isHistory: true, hasMemory: true }]) {
      const loose = await search(own, [[C]], how);
      expect(loose.found).toMatchObject({ tested: [{ tell: 'C', p: 1 }], shared: [], passing: [] });
      expect(loose.found.found).toBeUndefined();
    }
    for (const how of [{ isHistory: true }, { hasMemory: true }]) {
      expect((await search(own, [[C]], how)).found.found?.tell).toBe('C');
    }
  });

  test('rejects tests whose p is below a thousandth, of all of them together', () => {
    const of = (...ps: readonly number[]) =>
      rejected(ps.map((p) => ({ tell: `${p}`, p, n: 20 }))).map(({ p }) => p);
    expect(of(0.0009, 0.5)).toEqual([]);
    expect(of(0.0004, 0.5)).toEqual([0.0004]);
    expect(of(0.5, 0.0004, 0.0009)).toEqual([]);
    expect(of(0.5, 0.0003, 0.0004)).toEqual([0.0003, 0.0004]);
    expect(of()).toEqual([]);
  });

  test('asks a toggle in its surroundings and order', () => {
    const toggle = { tells: [A, B], isHistory: false };
    expect(trialOf(toggle, [1, 0])).toEqual({
      order: [1, 0],
      conditions: { environment: { A: '1', B: '1' } },
    });
  });
});

describe('an order', () => {
  async function ordered(
    program: Program,
    { repeatsItself = true, origin = 'incumbent', tier = 'floor' as const } = {},
  ) {
    const by = caller(program);
    const bench: Bench = benchOf(by, { inputs: INPUTS, probes: 12 }, signal);
    const order = otherOrder(secretRoot('order').stream(0, 'order'), INPUTS.length);
    const baseline = await bench.row(candidate, { order: bench.probes });
    const row = await bench.row(candidate, { order });
    const turned = [...bench.probes.slice(1), 0];
    let yardsticks = 0;
    const history = await historyOf({
      bench,
      intake: intakeOf({ origin: candidateOf(origin), tier }),
      baseline,
      repeatsItself,
      yardstick: async () => {
        yardsticks++;
        return { incumbent: baseline, repeats: [baseline] };
      },
      shuffled: { order, row },
      orders: [turned, bench.probes.toReversed()],
    });
    return { history, yardsticks, asked: by.asked };
  }
  const isOwn = ({ candidate: { text } }: Shown): boolean => text === 'candidate';

  test('that changes nothing finds nothing', async () => {
    const { history, yardsticks } = await ordered(plain);
    expect(history).toMatchObject({ hasMemory: false, tested: [] });
    expect(history.near.map(({ order }) => order[0])).toEqual([1, 11]);
    expect([history.found, yardsticks]).toEqual([undefined, 0]);
  });

  test('in which one input is answered otherwise is a tell, where the origin is not so', async () => {
    // Who counts to eight.
    const counting: Program = (input, shown) =>
      isOwn(shown) && input === 18 && shown.place < 8 ? -1 : 2 * input;
    const { history } = await ordered(counting);
    expect(history.found).toMatchObject({ tell: 'call count and order of inputs', input: 8 });
    expect(history.found?.baseline).toEqual({ output: 36 });
    expect(history.found?.toggled).toEqual({ output: -1 });
    expect(history.hasMemory).toBe(false);
  });

  test('that changes answers of the origin as well, or a quarter of them from the start, is a memory', async () => {
    const counting: Program = (input, { place }) => (input === 18 && place < 8 ? -1 : 2 * input);
    const shared = await ordered(counting);
    expect(shared.history).toMatchObject({ hasMemory: true });
    expect(shared.history.tested.map(({ tell: name }) => name)).toEqual([
      'call count and order of inputs',
      'the first input',
    ]);
    expect(shared.yardsticks).toBeGreaterThan(0);
    const drifting: Program = (input, shown) => (isOwn(shown) ? input + shown.place : input);
    expect((await ordered(drifting)).history).toMatchObject({ hasMemory: true });
    const few: Program = (input, shown) =>
      isOwn(shown) && shown.place === INPUTS.length - 1 ? -1 : input;
    expect((await ordered(few)).history.hasMemory).toBe(false);
  });

  test('of a program that does not repeat itself is tested', async () => {
    const { history, yardsticks, asked } = await ordered(plain, { repeatsItself: false });
    expect(history).toMatchObject({ hasMemory: false, near: [], tested: [{ n: 0, p: 1 }] });
    expect([yardsticks, asked.length]).toEqual([1, 2]);
  });

  test('whose difference does not come back finds nothing, and one that gives others each time is tested', async () => {
    const once: Program = (input, { call }) => (call === 2 && input === 15 ? -1 : 2 * input);
    expect((await ordered(once)).history).toMatchObject({ hasMemory: false, tested: [] });
    expect((await ordered(once)).history.found).toBeUndefined();
    const restless: Program = (input, shown) =>
      isOwn(shown) && input === 15 && shown.call > 1 ? shown.call : 2 * input;
    const { history } = await ordered(restless);
    expect(history.tested).toMatchObject([{ tell: 'call count and order of inputs' }]);
  });
});

test('who fails on most inputs says nothing of them, and is quoted', () => {
  const failed = { failed: 'crashed' };
  const out = { output: 1 };
  expect(silence('it', [out, out, failed])).toBeUndefined();
  expect(silence('it', [out, failed, failed, failed])).toBe(
    'it fails on most inputs, with a failure ("crashed")',
  );
  expect(silence('it', [undefined, undefined])).toBe('it fails on most inputs, with no answer');
  expect(silence('it', [out, out, failed, failed])).toBeUndefined();
});
