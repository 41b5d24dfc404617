import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { bareImprover } from '../improver/artifact.ts';
import { encodeProgram } from '../source/program.ts';
import { PRIOR } from '../tastes/surrogate/prior.ts';
import { peopleOf, tasteOf, tasteRecord } from './build-taste.ts';
import type { Config } from './config-schema.ts';
import { taste as schema } from './config-taste.ts';
import { kept } from './improvers/store.ts';

const configOf = (written: unknown) => ({ taste: schema.parse(written) }) as Config;
const text = '{"p":["v","x"]}';
const origin = { id: sha256(text), text };
const vocabulary = { slots: [{ name: 'p', inputs: ['x'], result: 'real' as const }] };
const rows = { length: 2, columns: { x: Float64Array.of(1, 2) } };

test('by its name alone, or with what it may say; a share below a tenth is refused', () => {
  expect(tasteRecord(configOf('uniform'))).toEqual({ use: 'uniform', drafts: 1, explore: 1 });
  expect(tasteRecord(configOf('surrogate'))).toEqual({
    use: 'surrogate',
    drafts: 4,
    explore: 0.2,
  });
  const asked = { use: 'surrogate', drafts: 4, explore: 0.1, people: { within: '2m' } };
  expect(tasteRecord(configOf(asked))).toEqual({ use: 'surrogate', drafts: 4, explore: 0.1 });
  expect(() => schema.parse({ use: 'surrogate', explore: 0.09 })).toThrow(/explore/);
  expect(() => schema.parse({ use: 'surrogate', drafts: 1 })).toThrow(/drafts/);
  expect(() => schema.parse({ use: 'uniform', drafts: 8 })).toThrow(/drafts/);
  expect(() => schema.parse('oracle')).toThrow();
});

test('of a closed language a surrogate needs something by which programs decide alike; source files it reads', () => {
  const program = { origin, size: 1 };
  const surrogate = configOf('surrogate');
  const untold = { vocabulary, situations: undefined };
  expect(() => tasteOf(surrogate, { ...program, closed: untold })).toThrow(/records none/);
  const closed = { vocabulary, situations: { rows, groupSize: 2 } };
  expect(tasteOf(surrogate, { ...program, closed }).name).toBe('surrogate');
  const files = encodeProgram({ files: { 'a.ts': 'export const a = 1;\n' } });
  const source = { origin: { id: sha256(files), text: files }, size: 1, closed: undefined };
  expect(tasteOf(surrogate, source).name).toBe('surrogate');
  expect(tasteOf(configOf('uniform'), { ...program, closed: undefined }).name).toBe('uniform');
});

test('people are asked where the config says so, and nowhere else', () => {
  const place = { root: '/nowhere', id: 'x', kind: { diff: () => [] }, origin: text };
  expect(peopleOf(configOf('uniform'), place)).toBeUndefined();
  const people = peopleOf(configOf({ use: 'uniform', people: { share: 0.5 } }), place);
  expect(people).toMatchObject({ share: 0.5, taste: { name: 'person' } });
});

test('the taste of an improver takes the place of ours; one of other features is refused', () => {
  const closed = { vocabulary, situations: { rows, groupSize: 2 } };
  const config = { ...configOf('surrogate'), language: { slots: [] } } as unknown as Config;
  const under = (version: number) => {
    const forests = { ...PRIOR, weights: [...PRIOR.weights], version, trials: 40, better: 9 };
    const taste = { schema: 'paceline/taste/1' as const, forests };
    return kept({ ...bareImprover('numbers'), taste });
  };
  const of = (version: number) =>
    tasteOf(config, { origin, size: 1, closed, improver: under(version) });
  expect(of(1).name).toBe('surrogate');
  expect(() => of(2)).toThrow(/features of version 2 .* computes version 1 .* improver learn/);
});
