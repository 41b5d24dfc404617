/** What is derived from an origin, and what that does to candidates. */
import { afterAll, expect, test } from 'vitest';
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
      ['permutation:0', 233],
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
