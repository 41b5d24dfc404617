import { expect, test } from 'vitest';
import { PacelineError } from '../core/errors.ts';
import { claimCard } from './card.ts';
import { claimSentence, type ExactClaim, type TestedClaim } from './claim.ts';
import { exactWords } from './exact.ts';
import { defaultRule, ruleHash, type SampledRule } from './rule.ts';

const CLAIM: TestedClaim = {
  schema: 'paceline.claim/1',
  subject: 'candidate 7c1f',
  against: 'incumbent 09aa',
  metric: 'excess',
  unit: 'percent',
  population: 'fresh instances of the generator',
  replicationUnit: 'instance',
  budgetUnit: 'evaluations',
  ruleHash: ruleHash(defaultRule()),
  method: 'symmetric',
  alpha: 0.0246637763,
  logE: Math.log(58.3),
  n: 9,
  effect: 1.16,
  interval: [0.566067, 1.753933],
  level: 0.95,
  blockPairs: 12,
  notes: ['1 of 12 pairs lost, the worst by 0.4'],
  verdict: 'accepted',
};

test('a card says who, by how much, on what evidence, under which rule', () => {
  expect(claimCard(CLAIM)).toMatchInlineSnapshot(`
    {
      "lines": [
        "candidate 7c1f beats incumbent 09aa on excess over fresh instances of the generator by 1.16 points [0.566, 1.75] (95 % interval, 12 instances).",
        "evidence: 58.3 after 9 pairs, 40.5 needed (level 0.0247)",
        "population: fresh instances of the generator; equal evaluations on both sides",
        "rule: symmetric, fixed before the first trial, 403477834a98",
        "note: 1 of 12 pairs lost, the worst by 0.4",
      ],
      "title": "candidate 7c1f against incumbent 09aa",
      "verdict": "accepted",
    }
  `);
});

test('a claim that did not pass never says "beats"', () => {
  expect(claimSentence({ ...CLAIM, verdict: 'unconfirmed' })).toMatchInlineSnapshot(
    `"candidate 7c1f was not shown to beat incumbent 09aa on excess over fresh instances of the generator within 9 pairs."`,
  );
  expect(claimSentence({ ...CLAIM, verdict: 'inconclusive' })).toMatchInlineSnapshot(
    `"After 9 pairs it is open whether candidate 7c1f beats incumbent 09aa on excess over fresh instances of the generator."`,
  );
});

test('a size measured for a claim that did not pass is still shown, once', () => {
  const { lines } = claimCard({ ...CLAIM, verdict: 'unconfirmed' });
  expect(lines.filter((line) => line.includes('1.16 points [0.566, 1.75]'))).toHaveLength(1);
});

test('an accepted claim without a block states no size', () => {
  const card = claimCard({ ...CLAIM, blockPairs: 0, logE: 5000, expiry: '2027-01-01' });
  expect(card.lines[0]).toMatch(/its size is claimed once it is promoted/);
  expect(card.lines.join('\n')).not.toMatch(/1\.16/);
  expect(card.lines[1]).toMatch(/more than 1e304/);
  expect(card.lines.at(-1)).toBe('measure again after 2027-01-01');
});

test('equal rules have equal hashes, any change another', () => {
  const base = ruleHash(defaultRule());
  expect(ruleHash(defaultRule({ alpha: 0.05 }))).toBe(base);
  const changes = [
    { alpha: 0.1 },
    { mode: 'e-lond' },
    { smallestEffect: 1 },
    { minEffect: 0.1 },
    { method: 't-mixture' },
    { method: 'bounded', bound: 2 },
    { passfailPrior: 2 },
  ] as const;
  const hashes = changes.map((change) => ruleHash(defaultRule(change)));
  expect(new Set([base, ...hashes]).size).toBe(changes.length + 1);
});

test.each<[Partial<Omit<SampledRule, 'id'>>, RegExp]>([
  [{ alpha: 0 }, /rule\.alpha/],
  [{ alpha: Number.NaN }, /rule\.alpha/],
  [{ smallestEffect: 8 }, /at most 7/],
  [{ smallestEffect: 0 }, /rule\.smallestEffect/],
  [{ method: 'bounded' }, /give rule\.bound/],
  [{ bound: 3 }, /no meaning for method symmetric/],
  [{ method: 'passfail', minEffect: 1 }, /rule\.minEffect/],
  [{ passfailPrior: 0 }, /rule\.passfailPrior/],
])('a rule that cannot be applied is refused: %o', (over, message) => {
  expect(() => defaultRule(over)).toThrow(PacelineError);
  expect(() => defaultRule(over)).toThrow(message);
});

test('an exact claim says whether a second program looked', () => {
  const {
    alpha: _,
    logE: _logE,
    interval: _interval,
    level: _level,
    blockPairs: _pairs,
    n: _n,
    ...stated
  } = CLAIM;
  const claim: ExactClaim = { ...stated, method: 'exact', tolerance: 0, effect: 0.5 };
  expect(claimSentence(claim)).toMatch(
    /by 0\.5 points, exactly, in the values of an independent verifier\.$/,
  );
  expect(claimSentence({ ...claim, isItself: true })).toMatch(
    /exactly, in the values of the evaluator, run again; no second program looked\.$/,
  );
  const found = { effect: 1, n: 1, verdict: 'ahead', isOrigin: true, tolerance: 0 } as const;
  const worded = { ...found, metric: { unit: 'points' } };
  expect(exactWords(worded)).toMatch(/\(exact, by the verifier\)/);
  expect(exactWords({ ...worded, isItself: true })).toMatch(/\(exact, by the evaluator itself\)/);
});
