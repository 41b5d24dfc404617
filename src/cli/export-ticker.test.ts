import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exportTicker } from './export-ticker.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function ticking(isTty: boolean) {
  const said: string[] = [];
  const ticker = exportTicker((text) => said.push(text), isTty);
  return { said, ticker };
}

test('an export of less than a second says nothing', () => {
  const { said, ticker } = ticking(true);
  ticker.onProgress(500, 1000);
  vi.advanceTimersByTime(900);
  ticker.end();
  vi.advanceTimersByTime(5000);
  expect(said).toEqual([]);
});

test('a longer one says what it does, and erases it', () => {
  const { said, ticker } = ticking(true);
  vi.advanceTimersByTime(1000);
  ticker.onProgress(123_456, 200_000);
  vi.advanceTimersByTime(1000);
  ticker.end();
  expect(said).toEqual([
    '\r\u001b[Kexporting: checking the ledger',
    '\r\u001b[Kexporting: 61 % of 200,000 entries',
    '\r\u001b[K',
  ]);
});

test('where nothing can be erased, one line in ten seconds', () => {
  const { said, ticker } = ticking(false);
  ticker.onProgress(1, 4);
  vi.advanceTimersByTime(20_500);
  ticker.end();
  expect(said).toEqual(Array(2).fill('exporting: 25 % of 4 entries\n'));
});
