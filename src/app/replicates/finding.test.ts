import { expect, test } from 'vitest';
import { findingOf } from './finding.ts';

const pairs = (effects: readonly (number | undefined)[]) =>
  effects.map((effect, i) => ({
    seed: `1/${i}`,
    study: `s-${i}`,
    ...(effect === undefined ? {} : { effect }),
  }));

test('a fixed number is judged when all are there, and not before', () => {
  const early = findingOf(
    { design: 'fixed', pairs: pairs([1, 2, 1, 2, 1, undefined]) },
    { unit: 'ms' },
  );
  expect(early).toMatchObject({ finished: 5, isOver: false });
  expect(early.finding).toBeUndefined();
  const whole = findingOf({ design: 'fixed', pairs: pairs([1, 2, 1, 2, 1, 2]) }, { unit: 'ms' });
  expect(whole).toMatchObject({ finished: 6, isOver: true, finding: { verdict: 'helped' } });
});

test('until decided: over as soon as it is, and no pair is skipped for what it gave', () => {
  const strong = Array.from({ length: 9 }, (_, i) => 5 + (i % 3));
  const decided = findingOf(
    { design: 'until-decided', pairs: pairs([...strong, undefined]) },
    { unit: 'ms' },
  );
  expect(decided).toMatchObject({ isOver: true, finding: { verdict: 'helped' } });
  const gap = findingOf(
    { design: 'until-decided', pairs: pairs([1, undefined, ...strong]) },
    { unit: 'ms' },
  );
  expect(gap).toMatchObject({ finished: 1, isOver: false, finding: { verdict: 'not-testable' } });
});
