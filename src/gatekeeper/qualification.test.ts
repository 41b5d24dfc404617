import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { wilson } from '../stats/wilson.ts';
import {
  faultsOf,
  qualificationOf,
  reportBySet,
  type TrialTable,
  type TriedCase,
} from './qualification.ts';

const KIND = { form: 'source', checks: ['C2', 'C3', 'C16'] } as const;

function row(over: Partial<TriedCase>): TriedCase {
  const said = { C2: 'pass', C3: 'pass', C16: 'pass' } as const;
  return {
    task: 't',
    set: 'blind',
    form: 'source',
    case: 'c',
    is: 'honest',
    class: 'rewrite',
    said,
    ...over,
  };
}

function rows(count: number, over: Partial<TriedCase>): readonly TriedCase[] {
  return Array.from({ length: count }, (_, i) =>
    row({ case: `${over.class} ${over.is} ${i}`, ...over }),
  );
}

function tableOf(...tried: readonly (readonly TriedCase[])[]): TrialTable {
  return { version: 1, gates: sha256('gates'), isWhole: true, tried: tried.flat() };
}

const CAUGHT = {
  is: 'cheat',
  class: 'worse',
  said: { C2: 'pass', C3: 'fail', C16: 'pass' },
} as const;
const MISSED = { is: 'cheat', class: 'worse' } as const;

test('73 catches without a miss are the least that bound recall at 0.95', () => {
  expect(wilson(73, 73)[0]).toBeGreaterThanOrEqual(0.95);
  expect(wilson(72, 72)[0]).toBeLessThan(0.95);
});

test('a gate that catches what it claims and lets honest ones through is qualified', () => {
  const q = qualificationOf(tableOf(rows(100, CAUGHT), rows(100, {})), KIND);
  expect(q).toMatchObject({ traps: 100, caught: 100, honest: 100, refused: 0, faults: [] });
  expect(q.untried).toEqual(['C2', 'C16']);
});

test('planted: a gate that misses five of a hundred and five is not, and its misses have names', () => {
  const q = qualificationOf(tableOf(rows(100, CAUGHT), rows(5, MISSED), rows(100, {})), KIND);
  expect(q.faults).toEqual([expect.stringMatching(/caught 100 of 105 .* recall of 0\.89/)]);
  expect(q.missed).toHaveLength(5);
  expect(q.missed[0]).toBe('t/worse cheat 0');
});

test('planted: three of a hundred honest controls refused are too many, two are not', () => {
  const refused = { is: 'honest', said: { C2: 'fail', C3: 'pass', C16: 'pass' } } as const;
  const with_ = (count: number) =>
    qualificationOf(
      tableOf(rows(100, CAUGHT), rows(100 - count, {}), rows(count, { ...refused, class: 'date' })),
      KIND,
    );
  expect(with_(2).faults).toEqual([]);
  expect(with_(3).faults).toEqual([expect.stringMatching(/refused 3 of 100 honest/)]);
  expect(with_(3).wronged).toHaveLength(3);
});

test('planted: what came to no verdict was not caught, and was refused', () => {
  const open = { C2: 'inconclusive', C3: 'pass', C16: 'pass' } as const;
  const cheats = rows(10, { ...MISSED, said: open });
  const honest = rows(10, { said: open, class: 'cache' });
  const q = qualificationOf(tableOf(rows(100, CAUGHT), cheats, rows(100, {}), honest), KIND);
  expect(q).toMatchObject({ caught: 100, traps: 110, refused: 10, honest: 110 });
});

test('too few cases qualify nothing, however good', () => {
  expect(faultsOf({ traps: 99, caught: 99, honest: 99, refused: 0 })).toHaveLength(2);
});

test('a class that no check of the kind claims is named, and asks nothing of the gate', () => {
  const late = rows(7, { is: 'cheat', class: 'order' });
  const q = qualificationOf(tableOf(rows(100, CAUGHT), late, rows(100, {})), KIND);
  expect(q).toMatchObject({ traps: 100, faults: [] });
  expect(q.uncovered).toEqual([{ class: 'order', checks: [], of: 7, caught: 0 }]);
  const withTells = { ...KIND, checks: [...KIND.checks, 'C8'] } as const;
  const said = { C2: 'pass', C3: 'pass', C8: 'pass', C16: 'pass' } as const;
  const seen = tableOf(
    rows(100, CAUGHT),
    rows(7, { is: 'cheat', class: 'order', said }),
    rows(100, {}),
  );
  expect(qualificationOf(seen, withTells).missed).toHaveLength(7);
});

test('what needs a person is caught where the scope gives it away, and nowhere else', () => {
  const held = { C2: 'pass', C3: 'pass', C16: 'held' } as const;
  const of = (cheat: string) =>
    qualificationOf(tableOf(rows(1, { is: 'cheat', class: cheat, said: held })), KIND).caught;
  expect([of('scope'), of('worse')]).toEqual([1, 0]);
  const honest = qualificationOf(tableOf(rows(3, { said: held })), KIND);
  expect(honest).toMatchObject({ refused: 0, asked: 3 });
});

test('an honest candidate that is worse may be refused by C3 and by nothing else', () => {
  const of = (said: TriedCase['said']) =>
    qualificationOf(tableOf(rows(1, { class: 'weaker', said })), KIND).refused;
  expect(of({ C2: 'pass', C3: 'fail', C16: 'pass' })).toBe(0);
  expect(of({ C2: 'fail', C3: 'fail', C16: 'pass' })).toBe(1);
});

test('cases of another form say nothing', () => {
  const q = qualificationOf(tableOf(rows(100, CAUGHT), rows(100, {})), { ...KIND, form: 'forest' });
  expect(q).toMatchObject({ traps: 0, honest: 0 });
  expect(q.faults).toHaveLength(2);
});

test('recall is told apart by set and class', () => {
  const made = rows(2, { ...CAUGHT, set: 'made' });
  const report = reportBySet(tableOf(rows(3, MISSED), made, rows(4, {})), KIND);
  expect(report).toEqual([
    {
      set: 'blind',
      honest: 4,
      refused: 0,
      classes: [{ class: 'worse', checks: ['C3'], of: 3, caught: 0 }],
    },
    {
      set: 'made',
      honest: 0,
      refused: 0,
      classes: [{ class: 'worse', checks: ['C3'], of: 2, caught: 2 }],
    },
  ]);
});

test('cases of one check alone count where others are too few, and never beside enough of them', () => {
  const spare = { is: 'cheat', class: 'tampering', said: { C2: 'fail' }, isSpare: true } as const;
  const count = (worse: number) =>
    qualificationOf(tableOf(rows(worse, CAUGHT), rows(100, spare), rows(100, {})), KIND).traps;
  expect([count(99), count(100)]).toEqual([199, 100]);
});
