/** Whoever waits for a slow evaluator sees what is waited for, from the first second on. */
import { afterEach, expect, test, vi } from 'vitest';
import { runLoop } from '../../src/loop/loop.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import type { Progress, Reporter } from '../../src/reporters/contract.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { seededEvaluator, smallPlan } from '../../src/testing/small-study.ts';

afterEach(() => {
  vi.useRealTimers();
});

function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

/** A study whose very first measurement waits until it is let go. */
async function heldStudy(reporter: Reporter) {
  const held = gate();
  const asked = gate();
  const queue = inlineQueue(seededEvaluator());
  const measure: typeof queue.measure = async (...request) => {
    asked.open();
    await held.opened;
    return queue.measure(...request);
  };
  const plan = smallPlan({
    clock: manualClock(),
    budget: { trials: 3 },
    search: { ...queue, measure },
  });
  const ledger = await memoryStore({ clock: plan.clock }).open('small', 'write');
  const study = await openStudy({ plan, ledger, reporters: [reporter] });
  return { study, asked: asked.opened, letGo: held.open };
}

test('the study and its phase are shown before the first measurement has come back', async () => {
  const seen: string[] = [];
  const { study, asked, letGo } = await heldStudy({
    onEvents: (events) => seen.push(...events.map(({ type }) => type)),
    onProgress: ({ phase }) => seen.push(phase),
  });
  const running = runLoop(study);
  await asked;
  expect(seen).toEqual(['study.opened', 'measuring the noise floor']);
  letGo();
  await running;
  expect(seen.at(-1)).not.toBe('measuring the noise floor');
});

test('a long step says every second that it goes on, and the last reading is of the end', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const shown: Progress[] = [];
  const { study, asked, letGo } = await heldStudy({
    onProgress: (progress) => shown.push(progress),
  });
  const running = runLoop(study);
  await asked;
  vi.advanceTimersByTime(3_000);
  expect(shown.map(({ phase }) => phase)).toEqual(Array(4).fill('measuring the noise floor'));
  letGo();
  await running;
  expect(shown.at(-1)).toMatchObject({ trials: 3, budgetShare: 1 });
  expect(vi.getTimerCount()).toBe(0);
});

test('a reporter that fails within a long step ends the study with its error, nothing lost', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let readings = 0;
  const { study, asked, letGo } = await heldStudy({
    onProgress: () => {
      if (++readings === 2) throw new Error('the screen is gone');
    },
  });
  const running = runLoop(study);
  await asked;
  vi.advanceTimersByTime(1_000);
  letGo();
  await expect(running).rejects.toThrow('the screen is gone');
  expect(study.ledger.durable.seq).toBe(study.state.seq);
  expect(vi.getTimerCount()).toBe(0);
});
