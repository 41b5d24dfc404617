import { expect, test } from 'vitest';
import { threadCpu } from './thread-cpu.ts';

test('time without a processor costs none', () => {
  const cpu = threadCpu();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  expect(cpu.shareAfter(200)).toBeLessThan(0.5);
  cpu.close();
});

test('what is too short to tell counts whole', () => {
  const cpu = threadCpu();
  expect(cpu.shareAfter(1)).toBe(1);
  cpu.close();
});
