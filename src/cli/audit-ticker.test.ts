import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { auditTicker } from './audit-ticker.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function ticking(isTty: boolean, seconds: number): string {
  let said = '';
  const ticker = auditTicker((text) => {
    said += text;
  }, isTty);
  ticker.onAudit(0, 9);
  vi.advanceTimersByTime(500);
  ticker.onAudit(2, 9);
  vi.advanceTimersByTime(1000 * seconds - 500);
  ticker.onAudit(9, 9);
  vi.advanceTimersByTime(60_000);
  return said;
}

test('within a second nothing is said', () => {
  for (const isTty of [false, true]) expect(ticking(isTty, 0.9)).toBe('');
});

test('after it a terminal hears every second, a pipe every ten', () => {
  const line = 'attacking the evaluator before the first trial: 2 of 9 known-bad candidates';
  expect(ticking(false, 12)).toBe(`${line}, 1 s\n${line}, 11 s\n`);
  expect(ticking(true, 2)).toBe(`\r\u001b[K${line}, 1 s\r\u001b[K${line}, 2 s\r\u001b[K`);
});
