/** Numbers, gains and claims as people read them, where the words depend on what is known. */
import { describe, expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { claimCard } from './card.ts';
import {
  claimSentence,
  type ExactClaim,
  exactNumber,
  gainText,
  pairsText,
  shortNumber,
} from './claim.ts';
import { compare, comparisonWords, twoWords } from './comparison.ts';
import { scaleInUnit } from './orient.ts';
import { defaultRule, ruleHash } from './rule.ts';

test('a scale of times grows with their level, another does not', () => {
  expect(scaleInUnit({ goal: 'min', kind: 'time' }, 0.1, 50)).toBe(5);
  expect(scaleInUnit({ goal: 'min' }, 0.1, 50)).toBe(0.1);
});

describe('words', () => {
  test('numbers have three digits, exact ones twelve, one pair no plural', () => {
    expect(shortNumber(1234.5)).toBe('1230');
    expect(exactNumber(0.1 + 0.2)).toBe('0.3');
    expect([pairsText(1), pairsText(2)]).toEqual(['1 pair', '2 pairs']);
    const gain = { effect: 1.2, interval: [0.8, 1.6] } as const;
    expect(gainText(gain, { unit: '' })).toBe('1.2 [0.8, 1.6]');
    expect(gainText(gain, { unit: '%' })).toBe('1.2 points [0.8, 1.6]');
  });

  test('an exact claim without a value, or not verified, never says "beats ... by"', () => {
    const claim: ExactClaim = {
      schema: 'paceline.claim/1',
      method: 'exact',
      tolerance: 0.5,
      subject: 'A',
      against: 'B',
      metric: 'size',
      unit: 'kB',
      population: 'this problem',
      replicationUnit: 'instance',
      budgetUnit: 'evaluations',
      ruleHash: ruleHash(defaultRule()),
      notes: [],
      verdict: 'accepted',
      effect: 2,
    };
    expect(claimSentence(claim)).toMatch(/^A beats B on size by 2 kB, exactly/);
    const { effect: _, ...unsized } = claim;
    for (const one of [unsized, { ...claim, verdict: 'unconfirmed' } as const]) {
      expect(claimSentence(one)).toBe('A was not verified to beat B on size.');
    }
    expect(claimSentence({ ...claim, verdict: 'inconclusive' })).toBe(
      'It is open whether A beats B on size: a value is missing.',
    );
    expect(claimCard(claim).lines[1]).toBe(
      'evidence: exact, no error budget spent; more than 0.5 kB needed',
    );
  });

  test('of a pool whose keeper tells the verdict alone, a card says that', () => {
    const rng = publicRoot('card').stream(0, 'pairs');
    const card = claimCard({
      schema: 'paceline.claim/1',
      method: 'symmetric',
      alpha: 0.02,
      n: 30,
      effect: rng.float(),
      interval: [0, 1],
      level: 0.95,
      blockPairs: 0,
      subject: 'A',
      against: 'B',
      metric: 'size',
      unit: '',
      population: 'the pool',
      replicationUnit: 'case',
      budgetUnit: 'evaluations',
      ruleHash: ruleHash(defaultRule()),
      notes: [],
      verdict: 'unconfirmed',
    });
    expect(card.lines[1]).toBe(
      'evidence: the whole pool of 30 pairs, 50 needed (level 0.02); how far it went stays with the gate',
    );
    expect(card.lines.some((line) => line.startsWith('measured'))).toBe(false);
  });

  test('two of whom some pairs were scored are compared over those, and say so', () => {
    const pairs = [1, 1.1, 0.9, Number.POSITIVE_INFINITY, Number.NaN];
    const said = twoWords({
      ...compare(pairs),
      metric: { unit: 'ms' },
      pairs,
      first: 'A',
      second: 'B',
    });
    expect(said).toMatch(
      /^no evidence that A and B differ: difference 1 ms .* over the pairs that were scored; without a score: A 0, B 1, both 1 of 5$/,
    );
    const two = [1, 1.1];
    const words = comparisonWords({
      ...compare(two),
      metric: { unit: 'ms' },
      isOrigin: true,
      pairs: two,
    });
    expect(words).toMatch(/^(the incumbent differs|no evidence against) /);
  });
});
