/** Random broken evaluators and candidates; `npm run fuzz` runs 10,000 of them. */
import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandboxes/contract.ts';
import { processSandbox } from '../../src/testing/plain-sandbox.ts';
import { fuzz } from './fixtures/fuzz.ts';

test('no crash, no number without an honest answer, no orphan', { timeout: 180_000 }, async () => {
  const count = await fuzz({ runs: 300, seed: 1 });
  expect(count.crashes).toEqual([]);
  expect(count.falseNumbers).toEqual([]);
  expect(count.orphans).toBe(0);
  // All of it happened: a generator of nothing but timeouts would pass everything above.
  for (const outcome of ['scored', 'invalid', 'timeout', 'crashed']) {
    expect(count.outcomes.get(outcome), outcome).toBeGreaterThan(5);
  }
});

test('planted: a failure that is scored, a number made up, are found', {
  timeout: 60_000,
}, async () => {
  const failuresAsZero = await fuzz({
    runs: 20,
    seed: 2,
    alter: (result) => (result.outcome === 'scored' ? result : { outcome: 'scored', value: 0 }),
  });
  expect(failuresAsZero.falseNumbers.length).toBeGreaterThan(5);
  const honestForAll = await fuzz({
    runs: 20,
    seed: 2,
    alter: () => ({ outcome: 'scored', value: 1.5 }),
  });
  expect(honestForAll.falseNumbers.length).toBeGreaterThan(5);
});

/** Ends the process it started and nothing else. */
function leaky(scope: string): Sandbox {
  const real = processSandbox({ scope });
  return {
    ...real,
    run: (run) =>
      new Promise((resolve) => {
        const [file = '', ...args] = run.argv;
        const child = spawn(file, args, {
          cwd: run.cwd,
          env: { ...process.env, ...run.environment },
          stdio: 'ignore',
          // Some end their own group, which must not be ours.
          detached: true,
          timeout: run.limits.wallMs,
          killSignal: 'SIGKILL',
        });
        child.on('exit', (exitCode, signal) => {
          const nothing = { answer: '', evidence: '', cpuMs: 0, says: 'Ended.' };
          resolve({ ended: 'exit', exitCode, signal, ...nothing });
        });
      }),
  };
}

test('planted: a sandbox that ends only what it started leaves orphans, and they are counted', {
  timeout: 60_000,
}, async () => {
  const { orphans, crashes } = await fuzz({ runs: 40, seed: 3, sandboxOf: leaky });
  expect(crashes).toEqual([]);
  expect(orphans).toBeGreaterThan(0);
});
