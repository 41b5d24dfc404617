/** What is derived from an origin, and what that does to candidates. */
import { afterAll, expect, test } from 'vitest';
import { isThorough, thorough } from '../../../test/thorough.ts';
import { publicRoot } from '../../core/rng.ts';
import { candidateOf, checkedBench } from '../../testing/checked-bench.ts';
import { rangeFault, shapeOf, typeFault } from './shape.ts';

const bench = checkedBench({ export: 'f' });
afterAll(() => bench.close());
const never = new AbortController().signal;

/** One argument: a list of 2 to 9 numbers. */
const draw = (seed: number, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const rng = publicRoot(`draw ${seed}`).stream(i, 'list');
    return [Array.from({ length: 2 + rng.int(8) }, () => rng.int(1000) - 500)];
  });

const SUM = 'export const f = (list) => list.reduce((sum, one) => sum + one, 0);';
const SORT = 'export const f = (list) => [...list].sort((a, b) => a - b);';

const names = async (origin: string, more: object = {}) =>
  (await bench.open({ origin, draw, ...more }))?.listed.map(({ name }) => name);

test('what an origin shows on its inputs is derived, each with its evidence', async () => {
  const opened = await bench.open({ origin: SORT, draw });
  expect(opened?.listed).toMatchObject(
    [
      ['determinism', 256],
      ['type', 256],
      ['range', 256],
      ['permutation:0', 256],
      ['scaling:0', 256],
      ['idempotence', 256],
    ].map(([name, tried]) => ({
      name,
      from: 'derived',
      tried,
      held: tried,
      rejects: name === 'determinism' || name === 'type',
    })),
  );
  expect(opened?.names).toEqual(['determinism', 'type']);
  expect(await names(SUM)).toEqual(['determinism', 'type', 'range', 'permutation:0', 'scaling:0']);
});

test('of a constant no relation is derived, of chance no repetition, of texts no range', async () => {
  const isDeterministic = false;
  expect(await names('export const f = () => 7;', { isDeterministic })).toEqual(['type', 'range']);
  const chance = 'export const f = (list) => (Math.random() < 0.5 ? "one" : "two");';
  expect(await names(chance)).toEqual(['type']);
});

test('a relation that fails once, or on too few inputs, is not derived', async () => {
  const once = SUM.replace('=> list.reduce', '=> list[0] === 123 ? 5 : list.reduce');
  expect(
    await names(once, {
      draw: (seed: number, count: number) => [[[123, 4]], ...draw(seed, count - 1)],
    }),
  ).not.toContain('scaling:0');
  const few = (seed: number, count: number) =>
    draw(seed, count).map((one, i) => (i < 199 ? one : [[3, 3]]));
  expect(await names(SUM, { draw: few })).not.toContain('permutation:0');
});

async function against(origin: string, text: string, confirmed: readonly string[] = []) {
  const opened = await bench.open({ origin, draw, confirmed });
  const report = await opened?.check({ candidate: candidateOf(text), seed: 5, cases: 300 }, never);
  const namesOf = (list: NonNullable<typeof report>['failures'] = []) =>
    list.map(({ property }) => property);
  return { failures: namesOf(report?.failures), suspicions: namesOf(report?.suspicions) };
}

test('planted: another type, or an answer that does not repeat itself, rejects unasked', async () => {
  const text = SUM.replace('0);', '0).toString();');
  expect((await against(SUM, text)).failures).toEqual(['type']);
  const drifting = SUM.replace('export', 'let n = 0; export').replace(
    '0);',
    '0) + (n++ > 100 ? 1 : 0);',
  );
  expect((await against(SUM, drifting)).failures).toEqual(['determinism']);
  const silent = SUM.replace('=> list', '=> list.length > 8 ? undefined : list');
  expect((await against(SUM, silent)).failures).toEqual(['type']);
});

test('planted: the rest raises suspicion, and rejects once it is confirmed', async () => {
  const first = SUM.replace('0);', '0) + list[0] * 1e-3;');
  expect(await against(SUM, first)).toEqual({ failures: [], suspicions: ['permutation:0'] });
  expect(await against(SUM, first, ['permutation:0'])).toEqual({
    failures: ['permutation:0'],
    suspicions: [],
  });
  const far = SUM.replace('=> list', '=> list.length === 9 ? 1e9 : list');
  expect((await against(SUM, far)).suspicions).toEqual(['range', 'scaling:0']);
});

test('planted: to confirm what the origin does not show is refused', async () => {
  await expect(bench.open({ origin: SUM, draw, confirmed: ['idempotence'] })).rejects.toThrow(
    /safety\.confirm names "idempotence", which the origin does not show\. It shows determinism, type, range, permutation:0/,
  );
});

test('what is only offered is listed for people, and looked at once it is confirmed', async () => {
  const offered = await bench.open({ origin: SORT, draw, isOffered: true });
  const listed = new Map(offered?.listed.map((one) => [one.name, one]));
  for (const name of ['as-origin', 'whole', 'ascending', 'rearranged:0', 'as-long:0', 'shift:0']) {
    expect(listed.get(name)).toMatchObject({ rejects: false, suspects: false });
  }
  expect(listed.get('scaling:0')).toMatchObject({ rejects: false, suspects: true });
  for (const name of ['odd:0', 'among:0', 'rising:0', 'shift-invariance:0']) {
    expect(listed.has(name)).toBe(false);
  }
  const sums = await names(SUM, { isOffered: true });
  expect(sums).toContain('odd:0');
  expect(sums).not.toContain('at-most:0');
  const unique = 'export const f = (list) => [...new Set(list)].sort((a, b) => a - b).concat(0);';
  expect(await against(SORT, unique)).toEqual({ failures: [], suspicions: ['idempotence'] });
});

const FOUR = 'export const f = ([a, b, c = 0, d = 0]) => Math.max(a, b, c, d);';
const BROKEN = [
  ['whole', FOUR, FOUR.replace('Math.max(a', '0.5 * Math.max(a')],
  [
    'among:0',
    FOUR.replace('= 0, d = 0', '= a, d = a'),
    FOUR.replace('Math.max(a', '1 + Math.max(a'),
  ],
  ['at-least:0', FOUR, FOUR.replace('max', 'min').replace('Math', '-1e3 + Math')],
  ['at-most:0', FOUR.replace('= 0, d = 0', '= a, d = a'), FOUR.replace('Math', '1e3 + Math')],
  ['ascending', SORT, 'export const f = (list) => list;'],
  ['rearranged:0', SORT, 'export const f = (list) => list.map(() => 0);'],
  ['as-long:0', SORT, 'export const f = (list) => list.slice(1);'],
  ['shift:0', SORT, SORT.replace('.sort', '.map((one) => 2 * one).sort')],
  ['odd:0', SUM, SUM.replace('0);', '1);')],
  ['as-origin', SUM, SUM.replace('0);', '0) + (list[0] === 7 ? 1 : 0);')],
] as const;
/** `npm test` tries every third: one of the values, of the bounds, of the length and of the origin itself. */
test.each(BROKEN.filter((_, i) => isThorough || i % 3 === 0))(
  'planted: what breaks %s is rejected once it is confirmed',
  async (name, origin, text) => {
    const request = { seed: 5, cases: 3000 };
    const opened = await bench.open({ origin, draw, confirmed: [name] });
    const own = await opened?.check({ ...request, candidate: candidateOf(origin) }, never);
    expect(own?.failures).toEqual([]);
    const report = await opened?.check({ ...request, candidate: candidateOf(text) }, never);
    expect(report?.failures.map(({ property }) => property)).toContain(name);
  },
);

thorough('planted: a direction that turns round is no direction', async () => {
  const numbers = (seed: number, count: number) =>
    Array.from({ length: count }, (_, i) => [publicRoot(`${seed}`).stream(i, 'one').int(100) - 50]);
  const opened = (text: string, confirmed: readonly string[] = []) =>
    bench.open({ origin: text, draw: numbers, isOffered: true, confirmed });
  const kinds = async (text: string) =>
    (await opened(text))?.listed.map(({ name }) => name).filter((one) => /ing:0|even/.test(one));
  expect(await kinds('export const f = (x) => 3 * x;')).toEqual(['scaling:0', 'rising:0']);
  expect(await kinds('export const f = (x) => x * x;')).toEqual(['even:0']);
  const falling = await opened('export const f = (x) => -x;', ['falling:0']);
  const bent = {
    candidate: candidateOf('export const f = (x) => -Math.abs(x);'),
    seed: 1,
    cases: 300,
  };
  expect((await falling?.check(bent, never))?.failures).toMatchObject([{ property: 'falling:0' }]);
});

test('where nothing makes inputs there is nothing to look at', async () => {
  expect(await bench.open({ origin: SUM })).toBeUndefined();
});

test('types and ranges of what outputs hold, wherever it stands', () => {
  const shape = shapeOf([
    { a: [1, 2], b: 'x' },
    { a: [3, 9], b: null, c: true },
  ]);
  if (shape === undefined) throw new Error('no shape');
  const faults = [
    [{ a: [1, 1], b: 'y' }, undefined],
    [{ a: [1], b: 'y' }, 'the output.a has 1 items, not 2'],
    [{ a: [1, 'x'], b: 'y' }, 'the output.a[1] is a string, not a number'],
    [{ a: [1, 1] }, 'the output has no "b"'],
    [{ a: [1, 1], b: 2 }, 'the output.b is a number, not a string or a null'],
    [{ a: [1, 1], b: 'y', d: 1 }, 'the output has "d", which no other has'],
    [7, 'the output is a number, not a record'],
  ] as const;
  for (const [value, fault] of faults) expect(typeFault(value, shape)).toBe(fault);
  expect(rangeFault({ a: [18, -8], b: 'x' }, shape)).toBeUndefined();
  expect(rangeFault({ a: [1, 19], b: 'x' }, shape)).toBe(
    'the output.a[1] is 19; the origin stays between 1 and 9',
  );
  expect(shapeOf([])).toBeUndefined();
});

test('what the origin breaks too, on an input that the opening did not have, is held against nobody', async () => {
  const rare = (seed: number, count: number) =>
    seed === 1 ? draw(seed, count) : [[[777_777, 1]], ...draw(seed, count - 1)];
  const origin = SUM.replace('=> list', '=> list[0] === 777777 ? null : list');
  const opened = await bench.open({ origin, draw: rare, confirmed: ['permutation:0', 'range'] });
  const of = async (text: string) => {
    const request = { candidate: candidateOf(text), seed: 5, cases: 300 };
    return (await opened?.check(request, never))?.failures.map(({ property }) => property);
  };
  expect(await of(`${origin} // the same`)).toEqual([]);
  expect(await of(origin.replace('777777', '777777 || list.length === 9'))).toContain('type');
  const first = origin.replace('0);', '0) + list[0] * 1e-3;');
  expect(await of(first)).toContain('permutation:0');
});
