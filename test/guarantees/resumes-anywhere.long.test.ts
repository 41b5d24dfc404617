/** A study cut after any entry at all and resumed ends as if nothing had happened. */
import { expect, test } from 'vitest';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
import { continueFrom, runSmall } from './fixtures/small-run.ts';

const plan = () => smallPlan({ clock: manualClock() });

test('after every single entry', { timeout: 120_000 }, async () => {
  const whole = await runSmall(plan());
  for (let cut = 1; cut <= whole.events.length; cut++) {
    const resumed = await continueFrom(plan(), whole.events.slice(0, cut));
    expect(resumed.logical, `cut after entry ${cut}`).toBe(whole.logical);
  }
});
