/** Declared and derived properties against planted cheats, and against checks that cannot be used. */
import { afterAll, expect, test } from 'vitest';
import { isThorough, thorough } from '../../test/thorough.ts';
import { candidateOf, checkedBench } from '../testing/checked-bench.ts';
import { manualClock } from '../testing/manual-clock.ts';
import type { PropertyReport } from './contract.ts';
import type { OpenedProperties } from './properties.ts';

const bench = checkedBench({ export: 'sort' });
afterAll(() => bench.close());
/** A busy machine: each case is a talk of three processes. */
const SLOW = { timeout: 60_000 };
const never = new AbortController().signal;

const ORIGIN = 'export const sort = (list) => [...list].sort((a, b) => a - b);';
const INPUTS =
  'export const inputs = (fc) => fc.tuple(fc.array(fc.integer({ min: -999, max: 999 }), { maxLength: 12 }));';
const SORTED = `sorted: ({ output }) => output.every((one, i) => i === 0 || output[i - 1] <= one) || 'it is not in order'`;
const SAME = `same: ({ input: [list], output }) => [...list].sort().join() === [...output].sort().join() || 'other values'`;
const MIXED = `mixed: {
  change: ([list], random) => [list.map((one) => [random(), one]).sort(([a], [b]) => a - b).map(([, one]) => one)],
  holds: ({ output, changedOutput }) => output.join() === changedOutput.join() || 'the order of the input shows',
}`;
const CHECKS = `${INPUTS}
export const properties = { ${SORTED}, ${SAME} };
export const relations = { ${MIXED} };
export const impossible = { unsortable: { input: [['b', null]], passes: (output) => Array.isArray(output) && output.length === 3 } };`;

async function openedWith(checks: string, more: object = {}): Promise<OpenedProperties> {
  const properties = await bench.open({ checks, origin: ORIGIN, ...more });
  if (properties === undefined) throw new Error('nothing to look at');
  return properties;
}

let shared: Promise<OpenedProperties> | undefined;
function sharedOnes(): Promise<OpenedProperties> {
  shared ??= openedWith(CHECKS);
  return shared;
}

async function found(text: string, more: object = {}): Promise<PropertyReport> {
  const properties = await sharedOnes();
  return properties.check({ candidate: candidateOf(text), seed: 7, cases: 300, ...more }, never);
}

/** The one argument of the input that failed. */
function listOf(failure: PropertyReport['failures'][number] | undefined): readonly unknown[] {
  const [list = []] = (failure?.input ?? []) as readonly (readonly unknown[])[];
  return list;
}

test('what holds has no failures in as many cases as were asked for', SLOW, async () => {
  expect(await found(ORIGIN)).toEqual({ cases: 300, failures: [] });
  const other = 'export const sort = (list) => Float64Array.from(list).sort();';
  expect(await found(other)).toEqual({ cases: 300, failures: [] });
});

test('planted: inputs that another check draws meanwhile disturb no batch', SLOW, async () => {
  const properties = await sharedOnes();
  const draw = (seed: number) => properties.inputs?.({ seed, count: 5 }, never);
  const [report, ...drawn] = await Promise.all([found(ORIGIN), draw(1), draw(2)]);
  expect(report).toEqual({ cases: 300, failures: [] });
  expect(drawn.map((inputs) => inputs?.length)).toEqual([5, 5]);
});

test('planted: a cheat is found, with the smallest input that shows it', SLOW, async () => {
  const unique = 'export const sort = (list) => [...new Set(list)].sort((a, b) => a - b);';
  const [dropped] = (await found(unique)).failures;
  expect(dropped).toMatchObject({ property: 'same', why: 'other values' });
  const [one, two, ...more] = listOf(dropped);
  expect([one, more]).toEqual([two, []]);
});

thorough('planted: a cheat by its order, or on few inputs alone, is found too', SLOW, async () => {
  const asText = await found('export const sort = (list) => [...list].sort();');
  expect(asText.failures.map(({ property }) => property)).toEqual(['sorted']);
  const keyed =
    'export const sort = (list) => (list[0] > 900 ? list : [...list].sort((a, b) => a - b));';
  const shown = await found(keyed);
  expect(shown.failures.map(({ property }) => property)).toEqual(['sorted', 'mixed']);
  expect(listOf(shown.failures[0])[0]).toBeGreaterThan(900);
});

test('planted: silence is no way around a property', SLOW, async () => {
  const text =
    'export const sort = (list) => { if (list.length > 8) throw new Error("long"); return [...list].sort((a, b) => a - b); };';
  const silent = await found(text);
  expect(silent.failures.map(({ why }) => why)).toEqual(Array(4).fill('it gave no output: long'));
  const gone = await found('process.exit(0)');
  expect(gone.failures[0]?.why).toMatch(/^It gave no answers \(crashed\): Ended with exit code 0/);
});

test(
  'planted: inputs of a check are looked at too, but where the origin breaks or says nothing',
  SLOW,
  async () => {
    const cheat = `export const sort = (list) => {
    if (list[0] === 'x') throw new Error('a word');
    return list[0] === 4242 ? list : [...list].sort((a, b) => a - b);
  };`;
    const inputs = [[['y', 'x']], [[5, 'x', 3]], [['x', 1]], [null], [[4242, 7, 9, 8]]];
    const looked = await found(cheat, { cases: 0, inputs });
    expect(looked.failures).toEqual([
      { property: 'sorted', input: [[4242, 7, 9, 8]], why: 'it is not in order' },
      { property: 'mixed', input: [[4242, 7, 9, 8]], why: 'the order of the input shows' },
    ]);
    expect(looked.cases).toBe(1);
    const honest = await found(ORIGIN, { cases: 100, inputs });
    expect(honest).toEqual({ cases: 101, failures: [] });
    const gone =
      'export const sort = (list) => list[0] === 4242 ? process.exit() : [...list].sort();';
    const silent = await found(gone, { cases: 0, inputs });
    expect([silent.failures, silent.trouble]).toEqual([[], expect.stringContaining('no answers')]);
  },
);

test(
  'a mutant is ended by its first failure, and one that no property notices is told by its outputs',
  SLOW,
  async () => {
    const killed = await found('export const sort = (list) => list;', {
      cases: 300,
      isQuick: true,
    });
    expect(killed.failures.length).toBeGreaterThan(0);
    const unnoticed =
      'export const sort = (list) => [...list].sort((a, b) => a - b).map((one) => (one === 7 ? 7.5 : one));';
    const [sortedOnly] = [await openedWith(`${INPUTS} export const properties = { ${SORTED} };`)];
    const request = { candidate: candidateOf(unnoticed), seed: 1, cases: 300, isQuick: true };
    const survived = await sortedOnly.check(request, never);
    expect(survived.failures).toEqual([]);
    expect(survived.differs).toBeGreaterThan(0);
    expect((await found(ORIGIN, { cases: 300, isQuick: true })).differs).toBe(0);
  },
);

thorough(
  'planted: who hangs while a failing input is made smaller has failed all the same',
  SLOW,
  async () => {
    const properties = await openedWith(CHECKS, { isDeterministic: false });
    // Each call loads it anew: six are not enough for more than the first batch.
    const text = `process.loaded = (process.loaded ?? 0) + 1;
if (process.loaded > 6) process.exit(1);
export const sort = (list) => list;`;
    const request = { candidate: candidateOf(text), seed: 7, cases: 3000 };
    const { failures, cases } = await properties.check(request, never);
    expect([failures.map(({ property }) => property), cases]).toEqual([['sorted', 'mixed'], 300]);
  },
);

thorough(
  'planted: who takes longer than a check may has no verdict, and is told how long',
  SLOW,
  async () => {
    const clock = manualClock();
    const monotonicMs = (): number => {
      clock.advance(1000);
      return clock.monotonicMs();
    };
    const properties = await openedWith(CHECKS, {
      clock: { ...clock, monotonicMs },
      limitMs: 4000,
    });
    const request = { candidate: candidateOf(ORIGIN), seed: 7, cases: 3000 };
    const report = await properties.check(request, never);
    expect(report).toMatchObject({ cases: 300, failures: [] });
    expect(report.trouble).toMatch(
      /^It took more than 4 s on inputs of its properties and had finished 300 of 3000 of each; the origin takes about \d/,
    );
  },
);

test('an impossible task that passes for solved is named', async () => {
  const properties = await sharedOnes();
  expect(properties.impossibleNames).toEqual(['unsortable']);
  const passed = (text: string) => properties.impossible?.(candidateOf(text), never);
  expect(await passed('export const sort = () => [1, 2, 3];')).toEqual(['unsortable']);
  expect(await passed(ORIGIN)).toEqual([]);
  expect(await passed('export const sort = () => { throw new Error("cannot"); };')).toEqual([]);
});

const BAD: readonly (readonly [string, string, RegExp])[] = [
  [
    'no properties',
    INPUTS,
    /the module exports no properties, no relations and no impossible tasks/,
  ],
  ['no module', 'export const properties = {', /the module: it does not load: /],
  [
    'a property of no form',
    `${INPUTS} export const properties = { x: 1 };`,
    /properties\.x is not of its form/,
  ],
  [
    'contradictory ones',
    `${INPUTS} export const properties = { ${SORTED}, falling: ({ output }) => output.every((one, i) => i === 0 || output[i - 1] >= one) || 'it rises' };`,
    /the property "falling" is broken by the origin itself, on the input \[\[.*\]\]: it rises\. Mend them and run paceline checks; until then nothing is promoted on them/,
  ],
  [
    'a property that throws',
    `${INPUTS} export const properties = { loud: () => { throw new Error('oh'); } };`,
    /the property "loud" says neither true nor what is wrong of the origin's own output, on the input .*: it threw: oh/,
  ],
  [
    'a property that says nothing',
    `${INPUTS} export const properties = { mute: () => undefined };`,
    /the property "mute" .* it gave undefined and neither true nor a sentence/,
  ],
  [
    'a change that throws',
    `${INPUTS} export const relations = { odd: { change: () => { throw new Error('no'); }, holds: () => true } };`,
    /the relation "odd" threw: no/,
  ],
  [
    'inputs that throw',
    'export const inputs = () => { throw new Error("none"); }; export const properties = { x: () => true };',
    /inputs failed: none/,
  ],
  [
    'inputs that JSON cannot hold',
    'export const inputs = (fc) => fc.constant([NaN]); export const properties = { x: () => true };',
    /inputs threw: inputs gave NaN/,
  ],
  [
    'no inputs',
    `export const properties = { ${SORTED} };`,
    /exports no inputs\(fc\), and this task has none of its own/,
  ],
  [
    'inputs that the origin cannot answer',
    'export const inputs = (fc) => fc.constant([null]); export const properties = { x: () => true };',
    /inputs gives inputs of which the origin answers 0 of 256/,
  ],
];

test.each(BAD)('planted: %s', async (_name, checks, message) => {
  await expect(openedWith(checks)).rejects.toThrow(message);
});

test('planted: a property that hangs is named, and the checks can be opened again', async () => {
  const checks = `${INPUTS} export const properties = { ${SORTED}, forever: () => { for (;;); } };`;
  await expect(openedWith(checks, { wallMs: 2000 })).rejects.toThrow(
    /The checks checks\.mjs cannot be used: the property "forever" gave no answer within 2000 ms/,
  );
});

test(
  'planted: an output that makes a property hang or spoil its process gives no verdict',
  SLOW,
  async () => {
    const properties = await openedWith(
      `${INPUTS} export const properties = { odd: ({ output }) => { if (output[0] === 'x') for (;;); if (output[0] === 'y') Object.prototype.z = 1; return true; } };`,
      { wallMs: 2500 },
    );
    const tried = (letter: string) =>
      properties.check(
        { candidate: candidateOf(`export const sort = () => ['${letter}'];`), seed: 1, cases: 300 },
        never,
      );
    if (isThorough) await expect(tried('x')).rejects.toThrow(/the property "odd" gave no answer/);
    await expect(tried('y')).rejects.toThrow(/the property "odd" changed Object.prototype/);
    expect(
      (await properties.check({ candidate: candidateOf(ORIGIN), seed: 1, cases: 300 }, never))
        .failures,
    ).toEqual([]);
  },
);

test('planted: a property that the origin breaks on rare inputs is found when a candidate is', async () => {
  const rare =
    'export const inputs = (fc) => fc.tuple(fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 1 }));';
  const properties = await openedWith(
    `${rare} export const properties = { small: ({ output }) => output[0] !== 1234 || 'unlucky' };`,
  );
  await expect(
    properties.check({ candidate: candidateOf(ORIGIN), seed: 3, cases: 9000 }, never),
  ).rejects.toThrow(/the property "small" is broken by the origin itself/);
});

test('of a slow origin fewer cases are tried, and the report says how many', async () => {
  const properties = await openedWith(CHECKS, { patienceMs: 0.001 });
  const report = await properties.check(
    { candidate: candidateOf(ORIGIN), seed: 1, cases: 3000 },
    never,
  );
  expect(report).toEqual({ cases: 300, failures: [] });
});
