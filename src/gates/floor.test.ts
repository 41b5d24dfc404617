import { expect, test } from 'vitest';
import { CHECK_NAMES, type CheckName } from '../core/checks.ts';
import { DECLARATION } from '../testing/gate-bench.ts';
import type { Check } from './contract.ts';
import { applicable, DEEP_ONLY, FLOOR, overall, type Said } from './floor.ts';

const found = (check: CheckName, over: Partial<Said> = {}): Said => ({
  check,
  verdict: 'pass',
  ...over,
});
const UNKNOWN = { verdict: 'inconclusive' } as const;
const checkOf = (name: CheckName, why?: string): Check => ({
  name,
  inapplicable: () => why,
  judge: async () => ({ verdict: 'pass', why: '', evidence: null, cases: 1 }),
});

test('every check of one candidate is on the floor or unchecked with a reason, by number', () => {
  const { floor, unchecked } = applicable(DECLARATION);
  const names = [...floor, ...unchecked.map(({ check }) => check)].sort();
  expect(names).toEqual(CHECK_NAMES.filter((name) => name !== 'C17' && name !== 'C18').sort());
  expect(unchecked.every(({ why }) => why !== '')).toBe(true);
  const numbers = floor.map((name) => Number(name.slice(1)));
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
});

test('no name stands twice in the list, and C2 looks back on all the others', () => {
  const names = FLOOR.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.at(-1)).toBe('C2');
});

test('what takes times and what looks back runs alone, and what costs nothing before all others', () => {
  const alone = FLOOR.filter(({ isAlone }) => isAlone).map(({ name }) => name);
  expect(alone).toEqual(['C4', 'C16', 'C10', 'C2']);
  expect(FLOOR.slice(0, 2).map(({ name }) => name)).toEqual(['C4', 'C16']);
});

test('completeness is the share of C1 to C8 that apply', () => {
  const four = (['C1', 'C2', 'C3', 'C16'] as const).map((name) => checkOf(name));
  const { completeness, unchecked } = applicable(DECLARATION, [...four, checkOf('C4', 'no set')]);
  expect(completeness).toBe(3 / 8);
  expect(unchecked).toContainEqual({ check: 'C4', why: 'no set' });
  expect(unchecked).toContainEqual({ check: 'C5', why: 'this release has no such check' });
});

test('what only deep audits look at is said, and what applies to nothing says why itself', () => {
  const { floor, unchecked } = applicable({ ...DECLARATION, isCallable: true, properties: ['x'] });
  const deep = { why: 'deep audits look at it, no promotion does', tier: 'deep' };
  expect(unchecked.filter(({ tier }) => tier === 'deep')).toEqual([
    { check: 'C9', ...deep },
    { check: 'C13', ...deep },
  ]);
  expect(floor).toEqual(['C1', 'C2', 'C3', 'C5', 'C6', 'C8', 'C16']);
  const none = applicable(DECLARATION).unchecked.find(({ check }) => check === 'C9');
  expect(none).toEqual({ check: 'C9', why: 'there are no properties to be tried' });
  expect([...DEEP_ONLY]).toEqual(['C9', 'C13']);
});

test('each of C1 to C8 weighs the same, and no other counts', () => {
  const names = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8'] as const;
  const share = (of: readonly CheckName[]) =>
    applicable(
      DECLARATION,
      of.map((name) => checkOf(name)),
    ).completeness;
  for (const name of names) expect(share([name])).toBe(1 / 8);
  expect(share(names)).toBe(1);
  expect(share(['C10', 'C13', 'C16', 'C17', 'C18'])).toBe(0);
});

test('one refusal decides, whoever else passed it or could not tell', () => {
  const said = [found('C2'), found('C3', { verdict: 'fail' }), found('C5', UNKNOWN)];
  expect(overall(['C2', 'C3', 'C5'], said).verdict).toBe('fail');
  expect(overall(['C2', 'C3', 'C5', 'C8'], said).verdict).toBe('fail');
});

test.each([
  ['one check could not tell', ['C2', 'C3'], [found('C2'), found('C3', UNKNOWN)]],
  ['one check gave no finding', ['C2', 'C3'], [found('C2')]],
  ['nothing applies', [], []],
  ['only others than those of the floor passed', ['C3'], [found('C2')]],
] as const)('%s: deferred', (_name, floor, findings) => {
  expect(overall(floor, findings).verdict).toBe('deferred');
});

test('all have to pass, and a person is asked where any of them says so', () => {
  expect(overall(['C2', 'C16'], [found('C2'), found('C16')])).toEqual({ verdict: 'pass' });
  const asking = [
    found('C2', { needsPerson: 'it is new' }),
    found('C16', { needsPerson: 'it reads files' }),
  ];
  expect(overall(['C2', 'C16'], asking)).toEqual({
    verdict: 'pass',
    needsPerson: 'it is new; it reads files',
  });
});

test('an incident is told beside the verdict', () => {
  const said = [found('C1'), found('C2', { verdict: 'fail', incident: 'tampering' })];
  expect(overall(['C1', 'C2'], said)).toEqual({ verdict: 'fail', incident: 'tampering' });
  const passing = [found('C1', { incident: 'canary touched' }), ...said];
  expect(overall(['C1', 'C2'], passing).incident).toBe('canary touched');
});
