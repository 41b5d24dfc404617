import { expect, test } from 'vitest';
import { claimCard } from '../../claims/card.ts';
import type { Claim } from '../../claims/claim.ts';
import type { CandidateRecord } from '../show-candidate.ts';
import { messageOf, titleOf } from './branch.ts';

const SIZED: Claim = {
  schema: 'paceline.claim/1',
  subject: 'candidate c',
  against: 'incumbent o',
  metric: 'loss',
  unit: 'points',
  population: 'fresh instances',
  replicationUnit: 'pair',
  budgetUnit: 'evaluations',
  ruleHash: 'sha256:rule',
  notes: [],
  verdict: 'accepted',
  method: 'symmetric',
  alpha: 0.02,
  logE: 4,
  n: 8,
  effect: 0.5,
  interval: [0.4, 0.6],
  level: 0.95,
  blockPairs: 12,
};
const UNSIZED: Claim = { ...SIZED, effect: 0.3, interval: [Number.NaN, Number.NaN], blockPairs: 0 };

const claims = [
  { claim: SIZED, card: claimCard(SIZED) },
  { claim: UNSIZED, card: claimCard(UNSIZED), arm: 'best-of-n' },
];
const record: CandidateRecord = {
  id: 'sha256:c',
  isOrigin: false,
  isIncumbent: true,
  wasPromoted: true,
  isFused: false,
  metric: { name: 'loss', goal: 'min', unit: 'points' },
  source: 'b',
  files: { 'a.js': 'b' },
  originFiles: { 'a.js': 'a' },
  diff: '',
  scope: [],
  trials: [],
  claims,
};

test.each([
  ['after', claims],
  ['before', claims.toReversed()],
])(
  'a commit tells the gain of its promotion, not what a control arm made of the same candidate %s it',
  (_, told) => {
    const one = { ...record, claims: told };
    expect(titleOf(one)).toBe('a.js: better loss, 0.5 points [0.4, 0.6]');
    const message = messageOf(one, { id: 'study', seq: 7 });
    expect(message).toContain('by 0.5 points [0.4, 0.6] (95 % interval, 12 pairs)');
    expect(message).not.toMatch(/NaN|its size is claimed once it is promoted/);
  },
);
