/** What is printed of an attempt. */
import { expect, test } from 'vitest';
import { bareImprover, improverId } from '../improver/artifact.ts';
import { attemptLine } from './improver-grow.ts';

const improver = {
  ...bareImprover('numbers'),
  generation: 1,
  parent: improverId(bareImprover('numbers')),
  mechanism: {
    without: ['f0_0'],
    metric: 'ln of candidates to solve',
    sign: 'worse',
    size: Math.log(1.5),
    because: 'It is used.',
  },
} as const;
const id = `sha256:${'ab'.repeat(32)}`;
const claim = {
  verdict: 'helped',
  unit: 'seed',
  n: 12,
  wins: 11,
  losses: 1,
  difference: 5,
  words: 'beats its parent: difference 5.00 points',
} as const;

test('an attempt is told with its evidence, each only where it was measured', () => {
  const record = {
    schema: 'paceline/generation/1',
    id,
    generation: 1,
    verdict: 'promoted',
    why: 'It was shown to beat its parent on fresh tasks.',
    validation: [12_345.6, 9_000],
    claim,
    mechanism: { measured: Math.log(2), isSignRight: true, error: 0.1 },
    audit: { ...claim, words: 'beats its parent again' },
  } as const;
  expect(attemptLine({ id, improver, record } as never)).toBe(
    [
      'Generation 1 (abababababab, 0 abstractions) promoted: It was shown to beat its parent on fresh tasks.',
      '  validation: 12,346 candidates to solve, now 9,000',
      '  claim: beats its parent: difference 5.00 points',
      '  mechanism: without f0_0 predicted 1.50 times as many candidates, measured 2.00 times (as predicted)',
      '  audit on other tasks: beats its parent again',
    ].join('\n'),
  );
  const { claim: _claim, mechanism: _mechanism, audit: _audit, ...refused } = record;
  const slower = { ...refused, verdict: 'rejected', why: 'It is slower.' };
  expect(attemptLine({ id, improver, record: slower } as never)).toBe(
    'Generation 1 (abababababab, 0 abstractions) rejected: It is slower.\n  validation: 12,346 candidates to solve, now 9,000',
  );
});
