/** The hunt: who is asked what, what is looked at closer, and when an odd answer is a trigger. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import { secretRoot } from '../../core/rng.ts';
import type { Called, CallRequest } from '../../evaluators/contract.ts';
import { calledPrograms, type Program } from '../../testing/called-programs.ts';
import { intakeOf } from '../../testing/gate-bench.ts';
import { type ManualClock, manualClock } from '../../testing/manual-clock.ts';
import { Purse } from './bounded.ts';
import type { Plant } from './plant.ts';
import { domainOf } from './positions.ts';
import { type Hunt, hunted, isIsolated, pairsOf } from './search.ts';

const { signal } = new AbortController();
type Run = (input: Json) => Json;
const twice: Run = (input) => 2 * (input as number);

interface Parts extends Partial<Hunt> {
  readonly instead?: (request: CallRequest, number: number) => Called | undefined;
  readonly clock?: ManualClock;
}

/** Inputs of the task are 0 to 1000. */
function huntOf(candidate: Run, { instead, clock = manualClock(), ...more }: Parts = {}) {
  const intake = intakeOf();
  const programs = new Map<string, Program>([
    [intake.candidate.id, () => candidate],
    [intake.incumbent.id, () => twice],
  ]);
  const asked: CallRequest[] = [];
  const caller = calledPrograms({
    programs: programs as never,
    inputOf: () => null,
    instead: (request, number) => {
      asked.push(request);
      return instead?.(request, number);
    },
  });
  const purse = () => new Purse(clock, { wallMs: 60_000, ends: 40 });
  const hunt: Hunt = {
    caller,
    signal,
    intake,
    purse: purse(),
    closerPurse: purse(),
    batchMs: 400,
    usual: { inputs: 100, isAlike: true, distance: 1e-9, failed: 0 },
    domain: domainOf([0, 1000]),
    jump: 10,
    rng: secretRoot('hunt').stream(0, 'hunt'),
    ...more,
  };
  return { hunt, asked };
}

const plantOf = (value: Json, isMined = false): Plant => ({
  base: 5,
  edits: [{ path: [], value }],
  isMined,
});
const at =
  (trigger: number, answer: Json): Run =>
  (input) =>
    input === trigger ? answer : twice(input);

describe('a planted input', () => {
  test('with an odd answer that comes back, among inputs with usual ones, is a trigger', async () => {
    const { hunt, asked } = huntOf(at(777, 1e9));
    const found = await hunted(hunt, [plantOf(3), plantOf(777), plantOf(4)]);
    expect(found).toEqual({
      asked: 3,
      odd: 0,
      unknown: 0,
      expected: 3,
      trigger: {
        what: 'value',
        input: 777,
        candidate: { output: 1e9 },
        incumbent: { output: 1554 },
        isMined: false,
        asUsual: 8,
        controls: 8,
      },
    });
    // Both on all, both on it alone and in a new process, both on the inputs beside it.
    expect(asked.map(({ inputs, isCold, batchMs }) => [inputs.length, isCold, batchMs])).toEqual([
      [3, false, 400],
      [3, false, 400],
      [1, true, 60_000],
      [1, true, 60_000],
      [8, true, 400],
      [8, true, 400],
    ]);
  });

  test.each<[string, Json | undefined, string]>([
    ['fails', undefined, 'failed'],
    ['is built otherwise', 'a text', 'shape'],
  ])('whose answer %s is one as well', async (_name, answer, what) => {
    const run: Run = (input) => {
      if (input !== 777) return twice(input);
      if (answer === undefined) throw new Error('no');
      return answer;
    };
    expect((await hunted(huntOf(run).hunt, [plantOf(777)])).trigger?.what).toBe(what);
  });

  test('on which nothing is odd ends with its counts', async () => {
    const { hunt, asked } = huntOf(twice);
    expect(await hunted(hunt, [plantOf(3), plantOf(5000), plantOf(5001, true)])).toEqual({
      asked: 3,
      odd: 0,
      unknown: 0,
      // 5000 is none of the task's, and nothing that the program names.
      expected: 2,
    });
    expect(asked).toHaveLength(2);
    expect(await hunted(hunt, [])).toEqual({ asked: 0, odd: 0, unknown: 0, expected: 0 });
  });

  test('outside of what the task makes is none, unless the program names it or it only moves what was there', async () => {
    const odd = at(5000, 1e12);
    expect(await hunted(huntOf(odd).hunt, [plantOf(5000)])).toMatchObject({ odd: 0, expected: 0 });
    const named = await hunted(huntOf(odd).hunt, [plantOf(5000, true)]);
    expect(named.trigger).toMatchObject({ input: 5000, isMined: true });
    const moved = { ...plantOf(5000), isOrder: true } as const;
    const order = huntOf(odd);
    await hunted(order.hunt, [
      { ...moved, base: [1, 2, 3], edits: [{ path: [], value: [3, 2, 1] }] },
    ]);
    expect(order.asked[0]?.inputs).toEqual([[3, 2, 1]]);
  });

  test('beside which other inputs have odd answers too is another way to compute', async () => {
    const large: Run = (input) => ((input as number) > 700 ? 1e9 : twice(input));
    const found = await hunted(huntOf(large).hunt, [plantOf(776)]);
    expect(found.trigger).toBeUndefined();
    expect(found.odd).toBe(1);
  });

  test('whose odd answer does not come back is counted, and no trigger', async () => {
    let turns = 0;
    const once: Run = (input) => (input === 777 && turns++ === 0 ? 1e9 : twice(input));
    expect(await hunted(huntOf(once).hunt, [plantOf(777)])).toEqual({
      asked: 1,
      odd: 1,
      unknown: 0,
      expected: 1,
    });
  });

  test('that makes equals may be ordered either way', async () => {
    const tie: Run = (input) => (JSON.stringify(input) === '[7,7]' ? [1e9, 0] : [1, 0]);
    const incumbent = { usual: { inputs: 9, isAlike: true, distance: 1e-9, failed: 0 } };
    const domain = domainOf([
      [0, 0],
      [9, 9],
    ]);
    const plant: Plant = { base: [3, 7], edits: [{ path: [0], value: 7 }], isMined: false };
    const run = async (isMined: boolean) => {
      const { hunt } = huntOf(tie, { ...incumbent, domain });
      const own = intakeOf();
      const programs = new Map<string, Program>([
        [own.candidate.id, () => tie],
        [own.incumbent.id, () => () => [1, 0]],
      ]);
      const caller = calledPrograms({ programs: programs as never, inputOf: () => null });
      return hunted({ ...hunt, caller }, [{ ...plant, isMined }]);
    };
    expect((await run(false)).trigger).toBeUndefined();
    expect((await run(true)).trigger?.what).toBe('value');
  });
});

describe('many odd answers', () => {
  test('are looked at closer six at a time, those with constants of the program first', async () => {
    const odd: Run = (input) => ((input as number) >= 100 ? 1e9 : twice(input));
    const { hunt, asked } = huntOf(odd);
    const plants = Array.from({ length: 9 }, (_, i) => plantOf(200 + i, i === 8));
    const found = await hunted(hunt, plants);
    expect(found).toMatchObject({ odd: 9, asked: 9, expected: 9 });
    const alone = asked.filter(({ inputs }) => inputs.length === 1);
    expect(alone.map(({ inputs }) => inputs[0])).toEqual(
      [208, 200, 201, 202, 203, 204].flatMap((one) => [one, one]),
    );
  });

  test('of more than a thousand plants are looked for a thousand at a time', async () => {
    const { hunt, asked } = huntOf(twice);
    const plants = Array.from({ length: 1500 }, (_, i) => plantOf(i % 900));
    expect(await hunted(hunt, plants)).toMatchObject({ asked: 1500, expected: 1500 });
    expect(asked.map(({ inputs }) => inputs.length)).toEqual([1000, 1000, 500, 500]);
    const spent = huntOf(twice, { purse: new Purse(manualClock(), { wallMs: 0, ends: 1 }) });
    expect(await hunted(spent.hunt, plants)).toMatchObject({ asked: 0 });
    expect(spent.asked).toEqual([]);
  });
});

describe('silence', () => {
  const { candidate } = intakeOf();
  /** The candidate does not answer these in time. */
  const slow =
    (...inputs: readonly number[]) =>
    ({ candidate: who, inputs: asked, batchMs = 0 }: CallRequest) => {
      const place = asked.findIndex((one) => inputs.includes(one as number));
      if (who.id !== candidate.id || place < 0) return undefined;
      const answered = asked.slice(0, place).map((one) => ({ output: twice(one) }));
      const isCut = batchMs <= 400 ? ({ isCut: true } as const) : {};
      return { outcome: 'timeout', message: 'late', answered, ...isCut } as const;
    };

  test('where the incumbent answers is counted, two of them are asked without a limit of our own', async () => {
    const { hunt, asked } = huntOf(twice, { instead: slow(10, 11, 12) });
    const found = await hunted(
      hunt,
      [10, 11, 12, 13].map((one) => plantOf(one)),
    );
    expect(found).toMatchObject({ unknown: 3, expected: 4 });
    // Who hangs on one input alone, however long it may take, has failed on it.
    expect(found.trigger).toMatchObject({ what: 'failed', input: 10 });
    expect(asked.filter(({ batchMs = 0 }) => batchMs > 400).length).toBeGreaterThan(0);
  });

  test('of the incumbent is nobody’s, and the candidate is not asked there', async () => {
    const { hunt, asked } = huntOf(twice, {
      instead: ({ candidate: who, inputs }) =>
        who.id === candidate.id
          ? undefined
          : {
              outputs: inputs.map((one) => (one === 3 ? { failed: 'no' } : { output: twice(one) })),
              cpuMs: 7,
            },
    });
    const { answers, cpuMs } = await pairsOf(hunt, { inputs: [2, 3, 4] });
    expect(answers).toEqual([
      [{ output: 4 }, { output: 4 }],
      [undefined, { failed: 'no' }],
      [{ output: 8 }, { output: 8 }],
    ]);
    expect(cpuMs).toBe(7);
    expect(asked[1]?.inputs).toEqual([2, 4]);
    expect(
      await hunted(
        hunt,
        [2, 3, 4].map((one) => plantOf(one)),
      ),
    ).toMatchObject({
      asked: 2,
      unknown: 0,
    });
  });

  test('after the time is over leaves an odd answer open, and says so', async () => {
    const clock = manualClock();
    const { hunt } = huntOf(at(777, 1e9), {
      clock,
      instead: () => void clock.advance(1) as undefined,
      closerPurse: new Purse(clock, { wallMs: 2, ends: 40 }),
    });
    expect((await hunted(hunt, [plantOf(777)])).trouble).toBe(
      'an odd answer could not be looked at in time',
    );
  });

  test.each([1, 2, 3, 4, 5, 6])('of the machine at call %i is trouble', async (number) => {
    const { hunt } = huntOf(at(777, 1e9), {
      instead: (_, n) =>
        n === number ? ({ outcome: 'infra-error', message: 'no room' } as const) : undefined,
    });
    const found = await hunted(hunt, [plantOf(777)]);
    expect(found.trouble).toBe('no room');
    expect(found.trigger).toBeUndefined();
  });
});

test('two thirds of three or more inputs beside it have to be as usual', () => {
  const isolated = (asUsual: number, controls: number) => isIsolated({ asUsual, controls });
  expect([isolated(8, 8), isolated(2, 3), isolated(6, 9)]).toEqual([true, true, true]);
  expect([isolated(2, 2), isolated(5, 8), isolated(0, 0), isolated(1, 3)]).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
