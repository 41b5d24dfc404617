import { expect, test } from 'vitest';
import { CHECK_NAMES, type CheckName } from '../core/checks.ts';
import { DECLARATION } from '../testing/gate-bench.ts';
import type { Check, CheckFinding } from './contract.ts';
import { applicable, FLOOR, overall } from './floor.ts';

const found = (over: Partial<CheckFinding> = {}): CheckFinding => ({
  verdict: 'pass',
  why: 'It is well.',
  evidence: null,
  cases: 1,
  ...over,
});
const checkOf = (name: CheckName, why?: string): Check => ({
  name,
  inapplicable: () => why,
  judge: async () => found(),
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

test('completeness is the share of C1 to C8 that apply', () => {
  const four = (['C1', 'C2', 'C3', 'C16'] as const).map((name) => checkOf(name));
  const { completeness, unchecked } = applicable(DECLARATION, [...four, checkOf('C4', 'no set')]);
  expect(completeness).toBe(3 / 8);
  expect(unchecked).toContainEqual({ check: 'C4', why: 'no set' });
  expect(unchecked).toContainEqual({ check: 'C5', why: 'this release has no such check' });
});

test('one refusal decides, and those who disagree are named', () => {
  const said = overall(['C2', 'C3', 'C5'], {
    C2: found(),
    C3: found({ verdict: 'fail', why: 'It is worse.' }),
    C5: found({ verdict: 'inconclusive' }),
  });
  expect(said.verdict).toBe('fail');
  expect(said.why).toBe('C3: It is worse. C2 passed it: one refusal decides.');
});

test.each([
  [
    'one check could not tell',
    ['C2', 'C3'],
    { C2: found(), C3: found({ verdict: 'inconclusive' }) },
  ],
  ['one check gave no finding', ['C2', 'C3'], { C2: found() }],
  ['nothing applies', [], {}],
  ['only others than those of the floor passed', ['C3'], { C2: found() }],
] as const)('%s: deferred', (_name, floor, findings) => {
  expect(overall(floor, findings).verdict).toBe('deferred');
});

test('all have to pass, and a person is asked where one of them says so', () => {
  const clean = overall(['C2', 'C16'], { C2: found(), C16: found() });
  expect(clean).toEqual({
    verdict: 'pass',
    why: 'C2, C16 passed it.',
    suspicion: 0,
    completeness: 1 / 8,
  });
  const asked = { C2: found(), C16: found({ needsPerson: 'it reads files', suspicion: 0.5 }) };
  expect(overall(['C2', 'C16'], asked)).toMatchObject({
    verdict: 'pass',
    needsPerson: 'it reads files',
    suspicion: 0.5,
  });
});

test('an incident is told, and what looked at half counts half', () => {
  const said = overall(['C1', 'C2'], {
    C1: found({ completeness: 0.5 }),
    C2: found({ verdict: 'fail', incident: 'tampering' }),
  });
  expect(said).toMatchObject({ verdict: 'fail', incident: 'tampering', completeness: 1.5 / 8 });
});
