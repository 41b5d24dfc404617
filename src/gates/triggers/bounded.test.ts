/** Answers within a purse: batches, what is asked again, what nobody had time for, and when nothing more is asked. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import type { Called, CallRequest } from '../../evaluators/contract.ts';
import { candidateOf } from '../../testing/gate-bench.ts';
import { type ManualClock, manualClock } from '../../testing/manual-clock.ts';
import { type BoundedRequest, boundedAnswers, Purse } from './bounded.ts';

const { signal } = new AbortController();
const candidate = candidateOf('candidate');
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
const doubled = (inputs: readonly Json[]) => inputs.map((one) => ({ output: 2 * Number(one) }));

interface Parts {
  /** Inputs on which a call breaks off, in whole batches. */
  readonly bad?: readonly number[];
  readonly sets?: readonly 'batch'[];
  readonly ends?: number;
  readonly clock?: ManualClock;
  readonly isCut?: true;
  /** How far it came is not known. */
  readonly isBlind?: boolean;
  readonly instead?: (request: CallRequest) => Called | undefined;
}

async function bounded(
  inputs: readonly number[],
  parts: Parts = {},
  more: Partial<BoundedRequest> = {},
) {
  const { bad = [], sets = ['batch'], ends = 100, clock = manualClock(), isCut, instead } = parts;
  const asked: CallRequest[] = [];
  const call = async (request: CallRequest): Promise<Called> => {
    asked.push(request);
    const other = instead?.(request);
    if (other) return other;
    const at = request.inputs.findIndex((one) => bad.includes(one as number));
    if (at < 0) return { outputs: doubled(request.inputs), cpuMs: request.inputs.length };
    const batch = request.conditions?.batch ?? 1;
    const answered = doubled(request.inputs.slice(0, Math.floor(at / batch) * batch));
    return {
      outcome: 'crashed',
      message: 'no',
      ...(parts.isBlind ? {} : { answered }),
      ...(isCut && { isCut }),
    };
  };
  const purse = new Purse(clock, { wallMs: 1000.7, ends });
  const caller = { traits: { sets }, call, close: () => undefined };
  const found = await boundedAnswers({ caller, purse, signal }, { candidate, inputs, ...more });
  const values = found.answers.map((one) => one && ('output' in one ? one.output : one.failed));
  return { ...found, values, asked, sizes: asked.map((one) => one.inputs.length), purse };
}

describe('a purse', () => {
  test('holds whole milliseconds until its time is over, and ends', () => {
    const clock = manualClock();
    const purse = new Purse(clock, { wallMs: 10.7, ends: 2 });
    expect([purse.leftMs(), purse.isSpent()]).toEqual([10, false]);
    clock.advance(9);
    expect([purse.leftMs(), purse.isSpent()]).toEqual([1, false]);
    clock.advance(1);
    expect([purse.leftMs(), purse.isSpent()]).toEqual([0, true]);
    clock.advance(100);
    expect(purse.leftMs()).toBe(0);
    const broken = new Purse(manualClock(), { wallMs: 10, ends: 2 });
    broken.broke();
    expect(broken.isSpent()).toBe(false);
    broken.broke();
    expect(broken.isSpent()).toBe(true);
  });
});

describe('inputs', () => {
  test('go in one call of batches of fifty, within the time of the purse', async () => {
    const { values, asked, cpuMs } = await bounded(upTo(120));
    expect(values).toEqual(upTo(120).map((one) => 2 * one));
    expect([asked.length, cpuMs]).toEqual([1, 120]);
    expect(asked[0]).toMatchObject({
      candidate,
      isCold: false,
      batchMs: 1000,
      withinMs: 1000,
      conditions: { batch: 50 },
    });
    const how = { batchMs: 70, isCold: true };
    const { asked: cold } = await bounded([1], { sets: [] }, how);
    expect(cold[0]).toMatchObject({ isCold: true, batchMs: 70, withinMs: 1000 });
    expect(cold[0]).not.toHaveProperty('conditions');
    expect((await bounded([])).asked).toEqual([]);
  });

  test('of a batch that breaks off are asked again one at a time, last of all', async () => {
    const { values, asked, sizes, cpuMs } = await bounded(upTo(160), { bad: [60] });
    expect(values.flatMap((value, at) => (value === 2 * at ? [] : [at, value]))).toEqual([
      60,
      'crashed: no',
    ]);
    // All, the rest behind the broken batch, that batch alone up to the bad one, itself, and what comes after it.
    expect(sizes).toEqual([160, 60, 50, 39]);
    expect(asked.map(({ conditions }) => conditions?.batch)).toEqual([50, 50, 1, 1]);
    expect(asked[1]?.inputs[0]).toBe(100);
    expect(cpuMs).toBe(99);
  });

  test('that are not worth it are not asked again', async () => {
    const isWorth = (at: number) => at === 60 || at === 61;
    const { values, sizes } = await bounded(upTo(160), { bad: [60] }, { isWorth });
    expect(values[60]).toBe('crashed: no');
    expect(values[61]).toBe(122);
    expect([values[59], values[62]]).toEqual([undefined, undefined]);
    expect(sizes).toEqual([160, 60, 2, 1]);
  });

  test('that took too long for their own batch alone have no answer and have not failed', async () => {
    const { values } = await bounded(upTo(3), { bad: [1], isCut: true });
    expect(values).toEqual([0, undefined, 4]);
    expect((await bounded(upTo(3), { bad: [1] })).values).toEqual([0, 'crashed: no', 4]);
  });

  test('are halved where nobody knows how far it came', async () => {
    const { values, sizes } = await bounded(upTo(8), { bad: [5], isBlind: true });
    expect(values).toEqual([0, 2, 4, 6, 8, 'crashed: no', 12, 14]);
    expect(sizes).toEqual([8, 4, 4, 2, 1, 1, 2]);
    const odd = await bounded(upTo(3), { bad: [0], isBlind: true });
    expect(odd.values).toEqual(['crashed: no', 2, 4]);
    expect(odd.sizes).toEqual([3, 2, 1, 1, 1]);
  });

  test('are not asked any more when processes broke off too often, or the time is over', async () => {
    const { values, sizes } = await bounded(upTo(160), { bad: upTo(160), ends: 2 });
    expect(sizes).toEqual([160, 110]);
    expect(values.every((one) => one === undefined)).toBe(true);
    const clock = manualClock();
    const slow = { bad: [0], clock, instead: () => void clock.advance(600) as undefined };
    const late = await bounded(upTo(120), slow);
    expect(late.sizes).toEqual([120, 70]);
    expect(late.asked[1]).toMatchObject({ withinMs: 400, batchMs: 400 });
    expect([late.values[0], late.values[119]]).toEqual([undefined, 238]);
  });

  test('of a machine that fails, or with too few answers, are in trouble, with what came before', async () => {
    const broken = { outcome: 'infra-error', message: 'no room' } as const;
    const of = (second: Called) =>
      bounded(upTo(120), {
        bad: [0],
        instead: ({ inputs }) => (inputs[0] === 50 ? second : undefined),
      });
    expect(await of(broken)).toMatchObject({ trouble: 'no room', cpuMs: 0 });
    const few = await of({ outputs: doubled([50, 51]), cpuMs: 9 });
    expect(few).toMatchObject({ trouble: '2 answers came to 70 inputs', cpuMs: 9 });
    expect(few.values.slice(50, 53)).toEqual([100, 102, undefined]);
    expect((await bounded([1])).trouble).toBeUndefined();
  });
});
