/** Candidates on properties, without a process: how many cases, in what batches, and what is reported of them. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import type { CallRequest } from '../../evaluators/contract.ts';
import { calledPrograms, type Program } from '../../testing/called-programs.ts';
import { candidateOf } from '../../testing/gate-bench.ts';
import { manualClock } from '../../testing/manual-clock.ts';
import { type ScriptedChecks, scriptedChecks } from '../../testing/scripted-checks.ts';
import type { PropertyRequest } from '../contract.ts';
import { openProperties } from '../properties.ts';
import type { PropertiesOptions } from './source.ts';

const { signal } = new AbortController();
type Run = (input: Json) => Json;

const CANDIDATES = ['origin', 'candidate'] as const;

/** Inputs are numbers from the seed on; each costs the origin and the candidate `cpuMs`. */
async function bench(
  origin: Run,
  run: Run,
  {
    checks,
    cpuMs = 0.01,
    instead,
    ...more
  }: Partial<Omit<PropertiesOptions, 'checks'>> & {
    checks?: ScriptedChecks;
    cpuMs?: number;
    instead?: Parameters<typeof calledPrograms>[0]['instead'];
  } = {},
) {
  const [own, candidate] = CANDIDATES.map(candidateOf) as [Cand, Cand];
  const programs = new Map<string, Program>([
    [own.id, () => origin],
    [candidate.id, () => run],
  ]);
  const calls: CallRequest[] = [];
  const caller = calledPrograms({
    programs: programs as never,
    inputOf: () => null,
    hasNoInputs: true,
    cpuMsPerInput: cpuMs,
    instead: (request, number) => {
      calls.push(request);
      return instead?.(request, number);
    },
  });
  const drawn: [number, number][] = [];
  const draw = (seed: number, count: number) => {
    drawn.push([seed, count]);
    return Array.from({ length: count }, (_, i) => seed + i);
  };
  const scripted = checks && scriptedChecks(checks);
  const opened = await openProperties(
    {
      isDeterministic: false,
      confirmed: [],
      clock: manualClock(),
      draw,
      ...more,
      caller,
      origin: own,
      checks: scripted?.talk,
    },
    signal,
  );
  if (opened === undefined) throw new Error('nothing to look at');
  drawn.length = 0;
  calls.length = 0;
  const check = (request: Partial<PropertyRequest> = {}) =>
    opened.check({ candidate, seed: 10, cases: 300, ...request }, signal);
  return { opened, check, drawn, calls, candidate, own, scripted };
}
type Cand = ReturnType<typeof candidateOf>;

const same: Run = (input) => input;
const SMALL: ScriptedChecks = {
  properties: { small: ({ output }) => Number(output) < 1e6 || 'it is large' },
};

describe('how many cases', () => {
  test('a few first, then as many as fit a batch, each with a seed of its own', async () => {
    const { check, drawn } = await bench(same, same);
    expect(await check({ cases: 7000, seed: 0xffff_ffff })).toEqual({ cases: 7000, failures: [] });
    expect(drawn).toEqual([
      [0xffff_ffff, 300],
      [0, 3000],
      [1, 3000],
      [2, 700],
    ]);
  });

  test('none, where none are asked for', async () => {
    const { check, drawn } = await bench(same, same);
    expect(await check({ cases: 0 })).toEqual({ cases: 0, failures: [] });
    expect(drawn).toEqual([]);
  });

  test.each([
    [3000, 5, 2000],
    [3000, 100, 300],
    [200, 100, 200],
    [6000, 5, 4000],
    [3000, 2, 3000],
  ])('of %i at %i ms each of the origin: %i', async (cases, cpuMs, affordable) => {
    // 10 s of the origin for 3,000 cases, as much more for more, and 300 at the least.
    const { check } = await bench(same, same, { cpuMs });
    expect((await check({ cases })).cases).toBe(affordable);
  });

  test('a batch is one message: large inputs make it small', async () => {
    const large: Run = (input) => `${input}`.padEnd(27_000, 'x');
    const { check, drawn } = await bench(large, large);
    await check({ cases: 1000 });
    // 8 MiB of inputs and outputs.
    const [, second] = drawn.map(([, count]) => count);
    expect(second).toBeGreaterThan(300);
    expect(second).toBeLessThan(311);
  });

  test('a batch is one answer of each property, within a quarter of its time', async () => {
    const checks: ScriptedChecks = { ...SMALL, cpuMs: 256 };
    const { check, drawn } = await bench(same, same, { checks });
    await check({ cases: 1300 });
    // 1 ms a case in 256, 0.85 in 300: a quarter of 2 s is 500 cases.
    expect(drawn.map(([, count]) => count)).toEqual([300, 500, 500]);
  });

  test.each([
    [0.01, 500],
    [10, 100],
    [2000, 1],
  ])('at %d ms each a call has %i inputs', async (cpuMs, batch) => {
    const { check, calls } = await bench(same, same, { cpuMs });
    await check({ cases: 500 });
    expect(new Set(calls.map(({ conditions }) => conditions?.batch))).toEqual(new Set([batch]));
    expect(Math.max(...calls.map(({ inputs }) => inputs.length))).toBe(batch);
  });
});

describe('a report', () => {
  /** Neither scaling nor idempotence is derived of it. */
  const next: Run = (input) => Number(input) + 1;
  const large: Run = (input) => (Number(input) >= 12 ? 1e6 : next(input));

  test('tells each broken property once, with its first input, and then asks no more', async () => {
    const { check, drawn } = await bench(next, large, { checks: SMALL });
    expect(await check({ cases: 3000 })).toEqual({
      cases: 300,
      failures: [{ property: 'small', input: 12, why: 'it is large' }],
      // Never confirmed: numbers far from those of the origin.
      suspicions: [
        {
          property: 'range',
          input: 12,
          why: 'the output is 1000000; the origin stays between 2 and 257',
        },
      ],
    });
    expect(drawn).toHaveLength(1);
  });

  test('goes on after a suspicion, which needs no more than the first batch', async () => {
    const far: Run = (input) => (Number(input) >= 12 ? 5e5 : next(input));
    const { check } = await bench(next, far, { checks: SMALL });
    const report = await check({ cases: 900 });
    expect([report.cases, report.failures]).toEqual([900, []]);
    expect(report.suspicions).toHaveLength(1);
    // Beyond the first batch nobody looks: a suspicion needs no thousands of cases.
    const late: Run = (input) => (Number(input) === 315 ? 5e5 : next(input));
    const later = await bench(next, late, { checks: SMALL });
    expect(await later.check({ cases: 3000, seed: 1 })).not.toHaveProperty('suspicions');
  });

  test('of a quick look counts the outputs that are not those of the origin', async () => {
    const silent: Run = (input) => {
      if (Number(input) < 13) throw new Error('small');
      return input;
    };
    const { check } = await bench(silent, silent, { checks: SMALL });
    expect(await check({ isQuick: true })).toEqual({ cases: 300, failures: [], differs: 0 });
    const other = await bench(same, (input) => (input === 15 ? 14.5 : input), { checks: SMALL });
    expect(await other.check({ isQuick: true })).toMatchObject({ failures: [], differs: 1 });
    expect(await other.check()).not.toHaveProperty('differs');
    const mute = await bench(same, silent, { checks: SMALL });
    expect((await mute.check({ isQuick: true })).differs).toBe(3);
  });

  test('of who breaks off names all that rejects, and no input', async () => {
    const instead = ({ candidate }: CallRequest) =>
      candidate.text === 'candidate'
        ? ({ outcome: 'crashed', message: 'gone' } as const)
        : undefined;
    const { check } = await bench(same, same, { checks: SMALL, instead });
    const why = 'It gave no answers (crashed): gone';
    expect(await check({ cases: 700 })).toEqual({
      cases: 0,
      failures: [
        { property: 'small', input: null, why },
        { property: 'type', input: null, why },
      ],
      differs: 700,
    });
  });

  test('of who takes too long says how long, how far it came and what the origin takes', async () => {
    const clock = manualClock();
    const instead = () => {
      clock.advance(9000);
      return undefined;
    };
    const { check } = await bench(same, same, { cpuMs: 2, clock, instead, limitMs: 10_000 });
    expect(await check({ cases: 3000 })).toEqual({
      cases: 300,
      failures: [],
      trouble:
        'It took more than 10 s on inputs of its properties and had finished 300 of 3000 of each; the origin takes about 6 s of CPU time for as many',
    });
    // Twice the cases, twice the time.
    expect((await check({ cases: 6000 })).trouble).toMatch(
      /^It took more than 20 s .* of 6000 of each/,
    );
  });

  test('of planted inputs counts those that could be told, and says where nobody answered', async () => {
    const { check } = await bench(same, large, { checks: SMALL });
    const planted = await check({ cases: 0, inputs: [3, 2e6, 12] });
    expect(planted).toEqual({
      cases: 2,
      failures: [{ property: 'small', input: 12, why: 'it is large' }],
    });
    const instead = ({ candidate, inputs }: CallRequest) =>
      candidate.text === 'candidate' && inputs.includes(2e6)
        ? ({ outcome: 'timeout', message: 'late' } as const)
        : undefined;
    const mute = await bench(same, same, { checks: SMALL, instead });
    expect(await mute.check({ inputs: [2e6] })).toEqual({
      cases: 300,
      failures: [],
      trouble: 'planted inputs got no answers: It gave no answers (timeout): late',
    });
    const none = await bench(same, same);
    expect(await none.check({ cases: 0, inputs: [1] })).toEqual({ cases: 0, failures: [] });
  });

  test('is refused where the origin breaks the same property on the same inputs', async () => {
    const rare: Run = (input) => (input === 300 ? 2e6 : input);
    const { check } = await bench(rare, rare, { checks: SMALL });
    await expect(check({ seed: 10 })).rejects.toThrow(
      /the property "small" is broken by the origin itself, on the input 300: it is large/,
    );
  });
});

test('one look after another, and one that fails holds up nobody', async () => {
  let running = 0;
  let most = 0;
  const instead = ({ inputs }: CallRequest) => {
    if (inputs.includes(50_000)) throw new Error('the machine');
    return undefined;
  };
  const draw = (seed: number, count: number) => {
    most = Math.max(most, ++running);
    running--;
    return Array.from({ length: count }, (_, i) => seed + i);
  };
  const { check, opened } = await bench(same, same, { instead, draw });
  const [bad, good, inputs] = await Promise.allSettled([
    check({ seed: 50_000 }),
    check({ seed: 1 }),
    opened.inputs?.({ seed: 3, count: 2 }, signal),
  ]);
  expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
  expect(inputs).toEqual({ status: 'fulfilled', value: [3, 4] });
  expect(most).toBe(1);
});

test('the origin is asked once about the same inputs, whoever is looked at', async () => {
  const checks: ScriptedChecks = {
    properties: { alike: ({ output, reference }) => output === reference || 'another' },
  };
  const { check, calls } = await bench(same, same, { checks });
  const own = () => calls.filter(({ candidate: { text } }) => text === 'origin').length;
  await check({ seed: 1 });
  const first = own();
  await check({ seed: 1 });
  expect(own()).toBe(first);
  await check({ seed: 2 });
  expect(own()).toBeGreaterThan(first);
});

test('impossible tasks that pass are named, and silence passes none', async () => {
  const task = (passes: boolean) => ({ input: 5, passes });
  const checks: ScriptedChecks = {
    ...SMALL,
    impossible: { one: task(true), two: task(false), three: { input: 6, passes: true } },
  };
  const five: Run = (input) => {
    if (input === 6) throw new Error('six');
    return input;
  };
  const { opened, candidate } = await bench(same, five, { checks });
  expect(opened.impossibleNames).toEqual(['one', 'two', 'three']);
  expect(await opened.impossible?.(candidate, signal)).toEqual(['one']);
  const instead = ({ candidate: { text } }: CallRequest) =>
    text === 'candidate' ? ({ outcome: 'crashed', message: 'gone' } as const) : undefined;
  const gone = await bench(same, same, { checks, instead });
  expect(await gone.opened.impossible?.(gone.candidate, signal)).toEqual([]);
  expect((await bench(same, same, { checks: SMALL })).opened.impossible).toBeUndefined();
});

describe('the opening', () => {
  test('lists what was declared and derived, with what each does', async () => {
    const { opened } = await bench(same, same, { checks: SMALL, confirmed: ['range'] });
    expect(opened.names).toEqual(['small', 'type', 'range']);
    const told = opened.listed.filter(({ name }) => ['small', 'type'].includes(name));
    expect(told).toEqual([
      {
        name: 'small',
        from: 'declared',
        says: 'the property "small"',
        tried: 256,
        held: 256,
        rejects: true,
        suspects: false,
      },
      {
        name: 'type',
        from: 'derived',
        says: 'the output is a number',
        tried: 256,
        held: 256,
        rejects: true,
        suspects: false,
      },
    ]);
  });

  test('takes inputs of which the origin answers half, and no fewer', async () => {
    const silentBelow =
      (least: number): Run =>
      (input) => {
        if (Number(input) < least) throw new Error('small');
        return input;
      };
    await expect(bench(silentBelow(129), same)).resolves.toBeDefined();
    await expect(bench(silentBelow(130), same)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message:
        'The task gives inputs of which the origin answers 127 of 256 (Error: small): no properties can be derived from them. Mend safety.calls, or declare inputs in safety.checks.',
    });
    await expect(bench(silentBelow(130), same, { checks: SMALL })).rejects.toThrow(
      'The checks checks.mjs cannot be used: inputs gives inputs of which the origin answers 127 of 256 (Error: small).',
    );
  });

  test('without anything that makes inputs is none, and refused where properties were declared', async () => {
    await expect(bench(same, same, { draw: undefined })).rejects.toThrow('nothing to look at');
    await expect(bench(same, same, { draw: undefined, checks: SMALL })).rejects.toThrow(
      'the module exports no inputs(fc), and this task has none of its own',
    );
  });

  test('that fails ends the process of the checks', async () => {
    const scripted = scriptedChecks(SMALL);
    const caller = calledPrograms({ programs: new Map(), inputOf: () => null, hasNoInputs: true });
    const options = {
      isDeterministic: false,
      confirmed: [],
      clock: manualClock(),
      caller,
      origin: candidateOf('origin'),
      checks: scripted.talk,
    };
    await expect(openProperties(options, signal)).rejects.toThrow();
    expect(scripted.talks).toEqual({ begun: 1, closed: 1 });
  });
});
