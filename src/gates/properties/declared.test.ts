/** Declared properties and relations on batches, without a process: tallies, silence, plants and refusals. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import { calledPrograms, type Program } from '../../testing/called-programs.ts';
import { candidateOf } from '../../testing/gate-bench.ts';
import { type ScriptedChecks, scriptedChecks } from '../../testing/scripted-checks.ts';
import { Declared, described } from './declared.ts';
import { brokenOnPlanted } from './planted.ts';
import { sourceOf } from './source.ts';
import { type Batch, Subject } from './subject.ts';
import { ChecksTalk } from './talk.ts';

const { signal } = new AbortController();
type Run = (input: Json) => Json;

function subjectOf(run: Run): Subject {
  const candidate = candidateOf('subject');
  const program: Program = () => run;
  const programs = new Map([[candidate.id, program]]);
  const caller = calledPrograms({ programs, inputOf: () => null });
  return new Subject(candidate, { caller, signal, batch: 100 });
}

async function declaredOf(checks: ScriptedChecks) {
  const scripted = scriptedChecks(checks);
  const talk = new ChecksTalk(scripted.talk);
  return { ...scripted, declared: new Declared(await described(talk, signal), talk) };
}

const failing =
  (on: Json): Run =>
  (input) => {
    if (input === on) throw new Error(`not ${on}`);
    return input;
  };
const same: Run = (input) => input;

const CHECKS: ScriptedChecks = {
  inputs: (seed, count) => Array.from({ length: count }, (_, i) => seed + i),
  properties: {
    small: ({ output }) => Number(output) < 100 || 'it is\nlarge',
    even: ({ output }) => Number(output) % 2 === 0 || 'it is odd',
  },
  relations: {
    grows: {
      change: (input) => (input === 4 ? undefined : Number(input) + 10),
      holds: (before, after) => Number(before) < Number(after) || 'it does not grow',
    },
  },
};

async function judged(
  checks: ScriptedChecks,
  run: Run,
  {
    origin = same,
    inputs = [2, 4, 6],
    ...more
  }: { origin?: Run; inputs?: readonly Json[] } & Partial<Batch> = {},
) {
  const { declared, asked } = await declaredOf(checks);
  const [subject, own] = [subjectOf(run), subjectOf(origin)];
  const seed = 2;
  const isDrawn = checks.inputs !== undefined && !more.isPlanted;
  const given = isDrawn ? await declared.draw(seed, 3, signal) : inputs;
  const batch = { seed, inputs: given, outputs: await subject.outputs(given), ...more };
  const references = await own.outputs(given);
  const tallies = await declared.judge(batch, subject, { origin: own, references, signal });
  return { tallies, asked, declared };
}

describe('a module', () => {
  test('is described, and each name is spoken of as what it is', async () => {
    const { declared } = await declaredOf(CHECKS);
    expect(declared.is).toMatchObject({ drawsInputs: true, impossible: [] });
    expect(declared.names).toEqual(['small', 'even', 'grows']);
    expect(declared.names.map((name) => declared.words(name))).toEqual([
      'the property "small"',
      'the property "even"',
      'the relation "grows"',
    ]);
  });

  test('that declares one thing of any kind will do, and nothing at all will not', async () => {
    const some: readonly ScriptedChecks[] = [
      { properties: { x: () => true } },
      { relations: { x: { change: () => 1, holds: () => true } } },
      { impossible: { x: { input: 1, passes: true } } },
    ];
    for (const one of some) await expect(declaredOf(one)).resolves.toBeDefined();
    await expect(declaredOf({})).rejects.toThrow(
      /^The checks checks\.mjs cannot be used: the module exports no properties, no relations and no impossible tasks\./,
    );
    const trouble = { answer: { trouble: 'it does not load: \u0007no' } };
    await expect(declaredOf({ instead: () => trouble })).rejects.toThrow(
      /cannot be used: the module: it does not load: no\. Mend/,
    );
  });
});

describe('a batch', () => {
  test('has one tally for each name, properties first; failures with place, input and words', async () => {
    const { tallies } = await judged(CHECKS, (input) => (input === 3 ? 101 : input));
    expect(tallies).toEqual([
      {
        name: 'small',
        tried: 3,
        failed: 1,
        places: [1],
        first: { at: 1, input: 3, why: 'it is large', threw: false },
      },
      {
        name: 'even',
        tried: 3,
        failed: 1,
        places: [1],
        first: { at: 1, input: 3, why: 'it is odd', threw: false },
      },
      {
        name: 'grows',
        tried: 2,
        failed: 1,
        places: [1],
        first: { at: 1, input: 3, why: 'it does not grow', threw: false },
      },
    ]);
  });

  test('that holds is tallied without a failure', async () => {
    const { tallies } = await judged(CHECKS, (input) => 2 * Number(input));
    expect(tallies).toEqual([
      { name: 'small', tried: 3, failed: 0 },
      { name: 'even', tried: 3, failed: 0 },
      { name: 'grows', tried: 2, failed: 0 },
    ]);
  });

  test('is handed over where the module draws none, and not where it drew them', async () => {
    const { inputs: _, ...rest } = CHECKS;
    const { asked } = await judged(rest, same, { inputs: [8, 6] });
    expect(asked.find((one) => one.do === 'take')).toEqual({ do: 'take', inputs: [8, 6] });
    const drawn = await judged(CHECKS, same);
    expect(drawn.asked.map((one) => one.do)).toEqual([
      'describe',
      'draw',
      'give',
      'hold',
      'hold',
      'change',
      'relate',
    ]);
  });

  test('counts silence where the origin answers as a failure of every name, and no other silence', async () => {
    const { tallies } = await judged(CHECKS, failing(4));
    const first = { input: 4, why: 'it gave no output: Error: not 4' };
    expect(tallies).toMatchObject([
      { name: 'small', tried: 2, failed: 1, first },
      { name: 'even', tried: 2, failed: 2, first },
      { name: 'grows', failed: 1, first },
    ]);
    const both = await judged(CHECKS, failing(4), { origin: failing(4) });
    expect(both.tallies[0]).toEqual({ name: 'small', tried: 2, failed: 0 });
  });

  test('counts silence on a changed input alone against the relation', async () => {
    const { tallies } = await judged(CHECKS, failing(12));
    expect(tallies[0]).toMatchObject({ name: 'small', failed: 0 });
    expect(tallies[2]).toMatchObject({
      name: 'grows',
      failed: 1,
      first: { input: 12, why: 'it gave no output: Error: not 12' },
    });
  });

  test('that was planted has no place to draw again, and silence on its changed inputs breaks nothing', async () => {
    const planted = { inputs: [200, 3], isPlanted: true } as const;
    const { tallies, asked } = await judged(CHECKS, failing(13), planted);
    expect(asked.some((one) => one.do === 'take')).toBe(true);
    expect(tallies[0]).toMatchObject({
      failed: 1,
      first: { input: 200, why: 'it is large', threw: false },
    });
    expect(tallies[0]?.first).not.toHaveProperty('at');
    expect(tallies[2]).toEqual({ name: 'grows', tried: 1, failed: 0 });
  });

  test('tells whether any property looks at the origin, and the most time that one took of a case', async () => {
    const { declared } = await judged({ ...CHECKS, cpuMs: 300 }, same);
    expect([declared.isReferenced, declared.slowestMs]).toEqual([false, 0]);
    const looking: ScriptedChecks = {
      properties: {
        first: ({ output, reference }) => output === reference || 'another than the origin',
        second: () => true,
      },
      cpuMs: 300,
    };
    const many = Array.from({ length: 100 }, (_, i) => i);
    const looked = await judged(looking, same, { inputs: many });
    expect([looked.declared.isReferenced, looked.declared.slowestMs]).toEqual([true, 3]);
    const few = await judged(looking, (input) => Number(input) + 1, { inputs: many.slice(1) });
    expect(few.declared.slowestMs).toBe(0);
    expect(few.tallies[0]).toMatchObject({ failed: 99 });
  });
});

describe('inputs that were planted', () => {
  async function planted(run: Run, origin: Run, inputs: readonly Json[] = [200, 3, 4, 6]) {
    const { declared } = await declaredOf(CHECKS);
    const [subject, own] = [subjectOf(run), subjectOf(origin)];
    return brokenOnPlanted(declared, { inputs, seed: 1, subject, origin: own, signal });
  }

  test('show what a candidate breaks where both answer and the origin breaks nothing', async () => {
    // The origin breaks `small` on 200 and `even` on 3.
    const { cases, tallies } = await planted((input) => (input === 6 ? 7 : input), same);
    expect(cases).toBe(2);
    expect(tallies.map(({ name, failed, first }) => [name, failed, first?.input])).toEqual([
      ['even', 1, 6],
    ]);
  });

  test('say nothing where nobody, or only one of both, answers, or the origin breaks all', async () => {
    const silent: Run = () => {
      throw new Error('no');
    };
    const none = { cases: 0, tallies: [] };
    expect(await planted(silent, same)).toEqual(none);
    expect(await planted(same, silent)).toEqual(none);
    expect(await planted(same, () => 101)).toEqual(none);
    expect(await planted(failing(6), failing(4), [4, 6, 8])).toEqual({ cases: 1, tallies: [] });
  });
});

describe('a refusal', () => {
  test('names the property, the input and what it said of the origin', async () => {
    const { declared } = await declaredOf(CHECKS);
    const tally = { name: 'even', tried: 1, failed: 1 };
    const first = { input: [3], why: 'it is odd' };
    const refuse = (more: object) => () => declared.refuseOrigin({ ...tally, ...more });
    expect(refuse({})).not.toThrow();
    expect(refuse({ first })).toThrow(
      'the property "even" is broken by the origin itself, on the input [3]: it is odd.',
    );
    expect(refuse({ name: 'grows', first: { ...first, threw: true } })).toThrow(
      `the relation "grows" says neither true nor what is wrong of the origin's own output, on the input [3]: it is odd.`,
    );
  });

  test('of an impossible task that cannot judge names the task', async () => {
    const of = (passes: unknown) => declaredOf({ impossible: { odd: { input: 1, passes } } });
    const outputs = [{ name: 'odd', output: 1 }];
    expect(await (await of(true)).declared.passed(outputs, signal)).toEqual([true]);
    expect(await (await of(false)).declared.passed(outputs, signal)).toEqual([false]);
    await expect((await of({ threw: 'oh\n' })).declared.passed(outputs, signal)).rejects.toThrow(
      /the impossible task "odd" threw: oh\./,
    );
  });
});

test('a failing input is made smaller with outputs that are brought, the origin’s too where one looks at them', async () => {
  const brought: unknown[] = [];
  const smaller = async (isReferenced: boolean) => {
    let turn = 0;
    const { declared } = await declaredOf({
      ...CHECKS,
      instead: (question) => {
        if (question.do === 'describe') return undefined;
        if (question.do === undefined) brought.push(question);
        const isFirst = turn++ === 0;
        return {
          answer: isFirst
            ? { need: [1], isReferenced: true }
            : { smallest: { input: [1], why: 'it\nis odd' } },
        };
      },
    });
    declared.isReferenced = isReferenced;
    const sides = { subject: subjectOf(same), origin: subjectOf(() => 5), signal };
    return declared.smallest('even', { seed: 1, at: 0 }, sides);
  };
  expect(await smaller(false)).toEqual({ input: [1], why: 'it is odd' });
  await smaller(true);
  expect(brought).toEqual([
    { outputs: [{ output: 1 }] },
    { outputs: [{ output: 1 }], references: [{ output: 5 }] },
  ]);
  const { declared } = await declaredOf(CHECKS);
  const sides = { subject: subjectOf(same), origin: subjectOf(same), signal };
  expect(await declared.smallest('even', { seed: 1, at: 0 }, sides)).toBeUndefined();
});

test('inputs are the module’s own, else the task’s, else drawn, and the same again for the same seed', async () => {
  const { declared } = await declaredOf(CHECKS);
  const { declared: without } = await declaredOf({ properties: { x: () => true } });
  const caller = calledPrograms({ programs: new Map(), inputOf: (rng) => rng.u32() });
  const mute = calledPrograms({ programs: new Map(), inputOf: () => null, hasNoInputs: true });
  const draw = (seed: number, count: number) => Array<Json>(count).fill(`drawn ${seed}`);
  const options = { caller, draw } as unknown as Parameters<typeof sourceOf>[0];
  const from = (of: object, module?: Declared) => sourceOf({ ...options, ...of }, module);
  expect(await from({}, declared)?.(7, 2, signal)).toEqual([7, 8]);
  const own = await from({}, without)?.(7, 2, signal);
  expect(own).toHaveLength(2);
  expect(new Set([...(own ?? []), ...((await from({})?.(8, 2, signal)) ?? [])]).size).toBe(4);
  expect(await from({})?.(7, 2, signal)).toEqual(own);
  expect(await from({ caller: mute }, without)?.(7, 2, signal)).toEqual(['drawn 7', 'drawn 7']);
  expect(from({ caller: mute, draw: undefined })).toBeUndefined();
});
