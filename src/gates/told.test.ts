/** What checks say of what they saw: sentences, counts and evidence of C2, C10 and C16. */
import { describe, expect, test } from 'vitest';
import type { CaseResult, Stopwatch } from '../evaluators/contract.ts';
import type { Files } from '../tasks/contract.ts';
import { DECLARATION, gateBench, intakeOf } from '../testing/gate-bench.ts';
import { msPerUnit, timingCheck } from './c10-timing.ts';
import { scopeCheck } from './c16-scope.ts';
import type { Tools } from './contract.ts';
import { watchedTools } from './telemetry.ts';

const { signal } = new AbortController();

describe('the heartbeat of a ticket', () => {
  const { candidate } = intakeOf();
  const scored = { outcome: 'scored', value: 1 } as const;

  test('counts each kind of question, and says what of it is missing', async () => {
    const caller = (cpuMs: number, count = 2) => ({
      traits: { sets: [] },
      call: async () => ({ outputs: Array(count).fill({ output: 1 }), cpuMs }),
      close: () => undefined,
    });
    const asked = async (
      over: Partial<Tools>,
      ask: (tools: Tools) => Promise<unknown> | undefined,
    ) => {
      const watched = watchedTools(gateBench(over));
      await Promise.resolve(ask(watched)).catch(() => undefined);
      return watched.telemetry?.();
    };
    const call = (tools: Tools) => tools.caller?.call({ candidate, inputs: [1, 2] }, signal);
    expect(await asked({ caller: caller(1) }, call)).toEqual({
      asked: 2,
      answered: 2,
      broken: 0,
      missing: [],
    });
    expect((await asked({ caller: caller(-1) }, call))?.missing).toEqual([
      'a call on 2 inputs has no record of its CPU time',
    ]);
    expect((await asked({ caller: caller(1, 3) }, call))?.missing).toEqual([
      '3 outputs for 2 inputs',
    ]);
    const measure = (tools: Tools) =>
      tools.measure(
        [
          { candidate, cases: [1, 2, 3] },
          { candidate, cases: [4] },
        ],
        signal,
      );
    const whole = { cases: [scored, scored, scored], cpuMs: 0 };
    expect(await asked({ measure: async () => [whole] }, measure)).toEqual({
      asked: 4,
      answered: 3,
      broken: 0,
      missing: ['a measurement of 1 cases has no result'],
    });
    const failing = { measure: () => Promise.reject(new Error('disk')) };
    expect(await asked(failing, measure)).toMatchObject({ asked: 4, answered: 0, broken: 4 });
    const never = { measure: () => new Promise<never>(() => undefined) };
    const open = watchedTools(gateBench(never));
    void measure(open);
    expect(open.telemetry?.().missing).toEqual(['4 of 4 answers never came']);
  });

  test('a candidate that ended instead of answering has answered', async () => {
    const call = async () => ({ outcome: 'crashed', message: '' }) as const;
    const caller = { traits: { sets: [] }, call, close: () => undefined };
    const watched = watchedTools(gateBench({ caller }));
    await watched.caller?.call({ candidate, inputs: [1, 2, 3] }, signal);
    expect(watched.telemetry?.()).toMatchObject({ asked: 3, answered: 3, missing: [] });
  });

  test('tools that are not there are not invented', () => {
    const watched = watchedTools(gateBench());
    for (const name of ['caller', 'stopwatch', 'jail']) expect(watched).not.toHaveProperty(name);
  });
});

describe('a time', () => {
  const TIMED = { ...DECLARATION, isTimed: true, goal: 'min' } as const;
  const judged = (over: Partial<Tools>, tolerance = {}) =>
    timingCheck.judge(
      intakeOf(),
      gateBench({
        ...over,
        declaration: { ...TIMED, tolerance: { smallestEffect: 2, msPerUnit: 1, ...tolerance } },
      }),
      signal,
    );
  /** Each run takes what `of` says, in ms. */
  const watch = (of: (text: string) => CaseResult | number): Stopwatch => ({
    run: async ({ candidate: { text }, cases }) => {
      const one = of(text);
      const result = typeof one === 'number' ? ({ outcome: 'scored', value: one } as const) : one;
      const ms = cases.length * (result.outcome === 'scored' ? result.value : 1);
      return { cases: cases.map(() => result), cpuMs: ms, wallMs: ms };
    },
  });

  test('that nobody took is no verdict, and neither is a run without one', async () => {
    const none = await judged({});
    expect(none).toEqual({
      verdict: 'inconclusive',
      why: 'No clock of our own was there, so nobody looked.',
      evidence: null,
      cases: 0,
    });
    const crashed = await judged({
      stopwatch: watch((text) => (text === 'candidate' ? { outcome: 'crashed', message: '' } : 10)),
    });
    expect(crashed).toMatchObject({ verdict: 'inconclusive', suspicion: 0.5, cases: 0 });
    expect(crashed.why).toBe('A fresh input got no time (crashed).');
    const still = await judged({ stopwatch: watch((text) => (text === 'candidate' ? 0 : 10)) });
    expect(still.why).toBe('A run was said to take 0, which is no time.');
  });

  test('half as long passes, and the evidence holds every pair and answer', async () => {
    const found = await judged({ stopwatch: watch((text) => (text === 'candidate' ? 5 : 10)) });
    expect(found).toMatchObject({ verdict: 'pass', suspicion: 0 });
    expect(found.why).toMatch(
      /^On fresh inputs it is faster, in \d+ pairs of processes, by our clock too\.$/,
    );
    const { alpha, answers, pairs } = found.evidence as unknown as {
      alpha: number;
      answers: { name: string; is: string; for: number; against: number }[];
      pairs: Record<string, number>[];
    };
    expect(alpha).toBe(0.025);
    expect(answers.map(({ name, is }) => [name, is])).toEqual([
      ['claim', 'yes'],
      ['clock', 'yes'],
      ['memory', 'yes'],
    ]);
    for (const one of answers) expect(one.for).toBeGreaterThanOrEqual(Math.log(1 / 0.025));
    expect(pairs).toHaveLength(found.cases);
    expect(pairs[0]).toMatchObject({ runs: 6, savedSaid: 30, savedSeen: 30, memo: 0 });
    expect(pairs[0]?.['gain']).toBeCloseTo(Math.log(2), 12);
  });

  test('as long is refused or left open, below the least that can be is refused at once', async () => {
    const slower = await judged({ stopwatch: watch((text) => (text === 'candidate' ? 20 : 10)) });
    expect(slower).toMatchObject({ verdict: 'fail', suspicion: 1 });
    const same = await judged({ stopwatch: watch(() => 10) });
    expect(same).toMatchObject({ verdict: 'inconclusive', cases: 24, suspicion: 0.5 });
    expect(same.why).toMatch(/^After 24 pairs of processes it is not known of its claim, clock\.$/);
    const least = await judged({ stopwatch: watch(() => 5) }, { fastest: 5 });
    expect(least).toMatchObject({ verdict: 'fail', cases: 1, suspicion: 1 });
    expect(least.why).toBe(
      'A run was said to take no longer than 5, which the task declares impossible.',
    );
  });

  test('units have every usual name, in any letters', () => {
    const names = ['s', 'sec', 'second', 'seconds', 'ms', 'millisecond', 'milliseconds'];
    expect(names.map(msPerUnit)).toEqual([1000, 1000, 1000, 1000, 1, 1, 1]);
    const small = ['us', 'µs', 'microsecond', 'microseconds', 'ns', 'nanosecond', 'nanoseconds'];
    expect(small.map(msPerUnit)).toEqual([1e-3, 1e-3, 1e-3, 1e-3, 1e-6, 1e-6, 1e-6]);
    expect([' MS ', 'toString', ''].map(msPerUnit)).toEqual([1, undefined, undefined]);
  });
});

describe('the scope of a change', () => {
  const BEFORE: Files = {
    'src/solve.ts': 'export const solve = (x: number) => x;\n',
    'src/a.test.ts': '',
  };
  const judged = (after: Files, over: Partial<Tools> = {}, before = BEFORE) =>
    scopeCheck.judge(
      intakeOf(),
      gateBench({ sources: { incumbent: before, candidate: after }, ...over }),
      signal,
    );
  const added = (line: string): Files => ({
    ...BEFORE,
    'src/solve.ts': `${line}\n${BEFORE['src/solve.ts']}`,
  });

  test.each([
    ['random numbers', 'const x = Math.random();'],
    ['random numbers', 'x = random.choice(y)'],
    ['random bytes', 'const id = randomUUID();'],
    ['random bytes', 'crypto.getRandomValues(x);'],
    ['a clock', 'const at = Date.now();'],
    ['a clock', 'const at = new Date();'],
    ['a clock', 'at = time.perf_counter()'],
    ['the order of memory', 'const ref = new WeakRef(x);'],
    ['the order of memory', 'key = id(x)'],
  ])('names %s: %s', async (what, line) => {
    const found = await judged(added(`// ${line}`), { reach: () => [] });
    expect(found.needsPerson).toBe(`outside the manifest: ${what} as a source of chance`);
    const again = await judged(added(`// ${line}`), { reach: () => [] }, added(`// ${line}`));
    expect(again).not.toHaveProperty('needsPerson');
  });

  test('grows more suspicious with each thing that is new, and counts the files', async () => {
    const none = await judged(BEFORE);
    expect(none).toMatchObject({
      why: 'It reaches for nothing that it did not before.',
      suspicion: 0,
      cases: 2,
      evidence: { outside: [], files: 2 },
    });
    const files = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`src/${i}.ts`, '']));
    for (const [count, suspicion] of [
      [1, 0.5],
      [2, 0.75],
      [3, 0.875],
    ] as const) {
      expect(await judged({ ...BEFORE, ...files(count) })).toMatchObject({
        suspicion,
        cases: 2 + count,
      });
    }
  });

  test('may grow to its share of the origin and no further', async () => {
    const sized = (size: number) => ({
      size: ({ text }: { readonly text: string }) => (text === 'candidate' ? size : 10),
    });
    expect(await judged(BEFORE, sized(40))).not.toHaveProperty('needsPerson');
    expect((await judged(BEFORE, sized(41))).needsPerson).toBe(
      'outside the manifest: the size 41, above 4 times that of the origin',
    );
  });

  test('knows its own modules by their path, whatever they end in', async () => {
    const own = async (line: string) => (await judged(added(line))).needsPerson;
    expect(await own("import './a.test.js';")).toBeUndefined();
    expect(await own("import '../src/a.test.ts';")).toBeUndefined();
    expect(await own("import './a';")).toMatch(/the module ".\/a" in "src\/solve.ts"/);
    expect(await own("import '../a.test.ts';")).toMatch(/the module/);
  });

  test('names a sentence for people and the same list for whoever has to agree', async () => {
    const found = await judged({ ...BEFORE, 'src/b.ts': '', 'src/c.ts': '' });
    const size = Object.values(BEFORE).join('').length;
    const list = 'the file "src/b.ts"; the file "src/c.ts"';
    expect(found).toMatchObject({
      why: `It passes with the agreement of a person only: new are ${list}.`,
      needsPerson: `outside the manifest: ${list}`,
      evidence: {
        outside: ['the file "src/b.ts"', 'the file "src/c.ts"'],
        files: 4,
        most: 4 * size,
      },
    });
  });

  test('takes no bare name for a file of its own, wherever that may lead', async () => {
    const foreign = async (line: string) => (await judged(added(line))).needsPerson;
    expect(await foreign("import 'solve';")).toMatch(/the module "solve"/);
    expect(await foreign("import 'pkg/../a.test.ts';")).toMatch(/the module "pkg\/\.\.\/a/);
    expect(await foreign("import '../../src/a.test.ts';")).toMatch(/the module/);
    expect(await foreign("import '.././src//a.test.ts';")).toBeUndefined();
    expect(await foreign("import '.../a.test.ts';")).toMatch(/the module/);
  });

  const chance = async (line: string) => {
    const { evidence } = await judged({ ...BEFORE, 'src/a.test.ts': line }, { reach: () => [] });
    return (evidence as { outside: string[] }).outside.map((one) => one.replace(/ as a.*$/, ''));
  };

  test.each<[string, readonly string[]]>([
    [
      'random numbers',
      [
        'Math . random',
        'Math.random',
        'random.random()',
        'random . randint (1)',
        'rand()',
        'rand (1)',
        'secrets.token',
      ],
    ],
    [
      'random bytes',
      [
        'getRandomValues',
        'randomUUID',
        'randomBytes',
        'randomInt',
        'randomFillSync',
        'urandom',
        'uuid',
        'uuid1',
        'uuid5',
      ],
    ],
    [
      'a clock',
      [
        'Date.now',
        'Date . now',
        'new Date()',
        'new  Date ( )',
        'performance.now',
        'performance . now',
        'hrtime',
        'time.time',
        'time.time_ns',
        'time.monotonic',
        'time.perf_counter_ns',
        'time.process_time',
        'datetime.now',
        'datetime.utcnow',
        'datetime.today',
        'Instant::now',
        'time.Now',
      ],
    ],
    [
      'the order of memory',
      ['id(x)', 'id ( x )', 'PYTHONHASHSEED', 'WeakRef', 'FinalizationRegistry'],
    ],
  ])('finds %s in each of %j', async (what, lines) => {
    for (const line of lines) expect(await chance(line), line).toEqual([what]);
  });

  test.each([
    'myMath.randomly',
    'Maths.random',
    'random.seed',
    'strand(x)',
    'brand()',
    'secrets',
    'getRandomValuesOf',
    'randomUUIDs',
    'furandoms',
    'uuid6',
    'uuids',
    'Date.nowhere',
    'UpDate.now',
    'new Date(5)',
    'renew Date()',
    'performances.now',
    'hrtimes',
    'sometime.time',
    'time.timer',
    'mydatetime.now',
    'Instant::nowhere',
    'time.Nowhere',
    'valid(x)',
    'id(x, y)',
    'id()',
    'WeakRefs',
    'MyWeakRef',
    'FinalizationRegistryOf',
  ])('takes %s for none of them', async (line) => {
    expect(await chance(line)).toEqual([]);
  });
});
