import { expect, test } from 'vitest';
import { fittingLessons, lessons, MOST_LESSON_BYTES } from './lessons.ts';

const bytes = (all: readonly string[]): number => new TextEncoder().encode(all.join('\n')).length;

test('as many as have room, each once and on one line', () => {
  const long = Array.from({ length: 40 }, (_, i) => `${i} ${'é'.repeat(200)}`);
  const kept = fittingLessons(['first\nline\u001b[2J', 'first\nline\u001b[2J', ...long, 'last']);
  expect(kept[0]).toBe('first line\ufffd[2J');
  expect(kept.filter((one) => one.startsWith('first'))).toHaveLength(1);
  expect(kept.at(-1)).toBe('last');
  expect(bytes(kept)).toBeLessThanOrEqual(MOST_LESSON_BYTES);
  expect(lessons.safeParse(kept).success).toBe(true);
});

test.each([[[]], [['two\nlines']], [['\u202eback']], [Array(20).fill('x'.repeat(290))]])(
  'no ledger holds %#',
  (planted) => {
    expect(lessons.safeParse(planted).success).toBe(false);
  },
);
