/** An incident is closed by what a person said, once, and recorded with who said it. */
import { expect, test } from 'vitest';
import type { StoredEvent } from '../../src/core/events.ts';
import type { Steering } from '../../src/core/steering.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
import { draftOf } from './fixtures/small-run.ts';
import { runningClock, runSteered, verifySteered } from './fixtures/steered-run.ts';

const plan = () => smallPlan({ clock: runningClock(), budget: { trials: 20 } });
const closing: Steering = {
  kind: 'close-incident',
  value: { incident: 1, reason: 'our own backup' },
};
const whole = (await runSteered({ plan: plan(), say: [] })).events;
const opened: StoredEvent<'incident.opened'> = {
  ...(whole[0] as StoredEvent<'incident.opened'>),
  type: 'incident.opened',
  body: { incident: 1, kind: 'canary', detail: 'a canary was read' },
};
/** A study that was interrupted, and in which an incident was opened. */
const from = [...whole.slice(0, 12), opened];

test('closed by a person it is recorded with the words, in one piece, and verified', async () => {
  const { events, taken, refused, study } = await runSteered({
    plan: plan(),
    from,
    say: [{ id: 'one', said: closing }],
  });
  const at = events.findIndex(({ type }) => type === 'incident.closed');
  expect(events[at]?.body).toEqual({ incident: 1, by: 'ada', reason: 'our own backup' });
  expect(events[at - 1]).toMatchObject({ type: 'study.steered', body: { id: 'one' } });
  expect([taken, refused]).toEqual([['one'], {}]);
  expect(study.state.openIncidents).toEqual([]);
  const drafts = events.map(draftOf);
  expect((await verifySteered(plan(), drafts)).words).toBe('');
  const unsaid = drafts.filter(({ type }) => type !== 'study.steered');
  expect((await verifySteered(plan(), unsaid)).words).toMatch(
    /Nobody said that incident 1 is closed/,
  );
  const twice = drafts.toSpliced(at, 0, ...drafts.slice(at, at + 1));
  expect((await verifySteered(plan(), twice)).words).toMatch(/Incident 1 was not open/);
});

test('no program closes one, nor anybody one that is not open', async () => {
  const { events, refused } = await runSteered({
    plan: plan(),
    from,
    say: [
      { id: 'program', by: 'mcp:agent', said: closing },
      { id: 'other', said: { ...closing, value: { incident: 2, reason: 'x' } } },
      { id: 'right', said: closing },
      { id: 'again', said: closing },
    ],
  });
  expect(refused).toMatchObject({
    program: expect.stringMatching(/a person has to look/),
    other: expect.stringMatching(/Incident 2 is not open.*incidents list/),
    again: expect.stringMatching(/not open/),
  });
  expect(events.filter(({ type }) => type === 'incident.closed')).toHaveLength(1);
});
