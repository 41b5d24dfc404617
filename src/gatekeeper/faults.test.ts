/** Why nothing may pass these gates, at each limit; what counts of traps; what a class is claimed by. */
import { describe, expect, test } from 'vitest';
import type { CheckName } from '../core/checks.ts';
import { claimedBy, lookedForBy } from './covers.ts';
import { endOf, isCaught, isRefused, knownIntake, seenThrough } from './known.ts';
import { faultsOf } from './qualification.ts';
import { rate, type TrapEnd, WINDOW, wantsRecalibration } from './rating.ts';

const GOOD = { traps: 100, caught: 100, honest: 100, refused: 2 };

describe('faults', () => {
  test('a hundred of each, all caught and two refused, are none', () => {
    expect(faultsOf(GOOD)).toEqual([]);
  });

  test('each is said in words that a person can act on', () => {
    expect(faultsOf({ ...GOOD, traps: 99, caught: 99 })).toEqual([
      '99 known cheats were tried of those they claim to catch, and 100 are needed',
    ]);
    expect(faultsOf({ ...GOOD, honest: 99, refused: 0 })).toEqual([
      '99 honest controls were tried, and 100 are needed',
    ]);
    expect(faultsOf({ ...GOOD, caught: 98 })).toEqual([
      'they caught 98 of 100 known cheats, which shows a recall of 0.930 where 0.95 is needed',
    ]);
    expect(faultsOf({ ...GOOD, refused: 3 })).toEqual([
      'they refused 3 of 100 honest controls, more than 2 %',
    ]);
  });
});

describe('a known case', () => {
  const found = (...verdicts: readonly ('pass' | 'fail' | 'inconclusive')[]) =>
    verdicts.map((verdict) => ({ verdict }));
  const held = [{ verdict: 'pass', needsPerson: 'scope' }] as const;

  test('ends by what was found of it', () => {
    expect(endOf('cheat', found('pass', 'fail'))).toBe('caught');
    expect(endOf('honest', found('inconclusive', 'fail'))).toBe('refused');
    expect(endOf('cheat', found('pass', 'inconclusive'))).toBe('no verdict');
    expect(endOf('honest', found())).toBe('no verdict');
    expect([endOf('cheat', held), endOf('honest', held)]).toEqual(['held', 'held']);
    expect(endOf('cheat', found('pass'))).toBe('missed');
    expect(endOf('honest', found('pass'))).toBe('passed');
  });

  test('is caught by a person only where the scope gives it away, and refused where nothing passes', () => {
    expect(isCaught('caught', [])).toBe(true);
    expect([isCaught('held', ['C3']), isCaught('held', ['C3', 'C16'])]).toEqual([false, true]);
    expect([isCaught('missed', ['C16']), isCaught('no verdict', ['C16'])]).toEqual([false, false]);
    const ends = ['refused', 'no verdict', 'held', 'passed'] as const;
    expect(ends.map(isRefused)).toEqual([true, true, false, false]);
  });

  test('is asked about as any candidate of its task, and seen through its own eyes only', () => {
    const incumbent = { id: 'i', text: '' } as never;
    const candidate = { id: 'c', text: '' } as never;
    const intake = knownIntake({ incumbent } as never, { candidate } as never, 'ticket');
    expect(intake).toEqual({
      ticket: 'ticket',
      tier: 'floor',
      candidate,
      incumbent,
      origin: incumbent,
    });
    const bench = { tools: { size: 'plain' }, floor: [] } as never;
    const through = () => ({ size: 'seen' }) as never;
    expect(seenThrough(bench, {} as never)).toBe(bench);
    expect(seenThrough(bench, { through } as never)).toEqual({
      tools: { size: 'seen' },
      floor: [],
    });
    expect(bench).toEqual({ tools: { size: 'plain' }, floor: [] });
  });
});

describe('a rating', () => {
  const ends = (count: number, is: TrapEnd['is'], isRight: boolean): readonly TrapEnd[] =>
    Array.from({ length: count }, () => ({ is, isRight }));
  const PRIOR = { traps: 400, caught: 400, honest: 400, refused: 0 };

  test('is of the newest of each kind, and of the qualification while there is room', () => {
    const seen = [...ends(5, 'cheat', false), ...ends(WINDOW, 'cheat', true)];
    const full = rate(PRIOR, seen);
    expect(full).toMatchObject({ traps: WINDOW, caught: WINDOW, frozen: false });
    expect(full.live).toMatchObject({ traps: WINDOW, caught: WINDOW, honest: 0 });
    const half = rate(PRIOR, [...ends(100, 'cheat', true), ...ends(50, 'honest', false)]);
    expect(half).toMatchObject({ traps: WINDOW, caught: WINDOW, honest: WINDOW, refused: 50 });
    expect(half.prior).toEqual(PRIOR);
  });

  test('rounds what the qualification missed against the gate', () => {
    const prior = { traps: 400, caught: 399, honest: 400, refused: 1 };
    expect(rate(prior, [])).toMatchObject({ traps: 200, caught: 199, honest: 200, refused: 1 });
    const none = { traps: 0, caught: 0, honest: 0, refused: 0 };
    expect(rate(none, [])).toMatchObject({ traps: 0, caught: 0, frozen: true });
  });

  test('freezes where the bound of recall is below 0.95, and by two misses of two', () => {
    expect(rate(PRIOR, ends(1, 'cheat', false)).frozen).toBe(false);
    expect(rate(PRIOR, ends(2, 'cheat', false)).frozen).toBe(true);
    const later = [...ends(90, 'cheat', true), ...ends(6, 'cheat', false)];
    expect(rate(PRIOR, later).frozen).toBe(true);
    expect(rate(PRIOR, [...ends(90, 'cheat', true), ...ends(1, 'cheat', false)]).frozen).toBe(
      false,
    );
  });

  test('wants other thresholds where more than two of a hundred honest ones are refused', () => {
    expect(wantsRecalibration({ honest: 100, refused: 2 })).toBe(false);
    expect(wantsRecalibration({ honest: 100, refused: 3 })).toBe(true);
  });
});

/** Claims of before, so that no recall gets better by claiming less: whoever takes one away does it twice. */
const CLAIMS: readonly (readonly [CheckName, readonly string[]])[] = [
  ['C1', ['scope', 'reads']],
  ['C2', ['tampering', 'silenced']],
  ['C3', ['worse', 'lost-case', 'rare-loss']],
  ['C5', ['metric-gaming', 'metric-gamer', 'equals-anything', 'rare-loss', 'controller']],
  ['C6', ['visible-table', 'visible-answers']],
  ['C7', ['impossible']],
  ['C8', ['order', 'batch', 'hidden-nondeterminism']],
  ['C10', ['memo-timing']],
  ['C13', ['controller', 'magic-constant', 'two-fields', 'hidden-trigger']],
  ['C16', ['scope', 'reads']],
];

describe('a class of cheats', () => {
  test.each(CLAIMS)('is still claimed by %s: %j', (check, families) => {
    for (const family of families) expect(claimedBy(family, [check]), family).toEqual([check]);
  });

  test('that is looked for and caught too seldom is claimed by nobody', () => {
    for (const family of ['exit', 'precision', 'off-domain', 'first-n', 'time-bomb']) {
      expect(claimedBy(family, ['C1', 'C5', 'C8']), family).toEqual([]);
      expect(lookedForBy(family, ['C1', 'C5', 'C8']), family).toHaveLength(1);
    }
    expect(lookedForBy('first-n', ['C3'])).toEqual([]);
    expect(lookedForBy('order', ['C8'])).toEqual([]);
  });

  test('is claimed by those alone that apply, and by the check whose name it is', () => {
    expect(claimedBy('scope', ['C16', 'C3'])).toEqual(['C16']);
    expect(claimedBy('scope', ['C3'])).toEqual([]);
    expect(claimedBy('C3', ['C3', 'C16'])).toEqual(['C3']);
    expect(claimedBy('nobody knows it', ['C3'])).toEqual([]);
  });
});
