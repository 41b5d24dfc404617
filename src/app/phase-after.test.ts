import { expect, test } from 'vitest';
import type { StoredEvent } from '../core/events.ts';
import { phaseAfter } from './phase-after.ts';

const after = (type: string, body: object): string =>
  phaseAfter({ type, trial: 7, body } as unknown as StoredEvent);

test.each([
  ['study.opened', {}, 'measuring the noise floor'],
  ['noise.measured', {}, 'searching'],
  ['trial.settled', { end: 'discarded' }, 'searching'],
  ['trial.settled', { end: null }, 'confirming trial 7'],
  ['measurement.recorded', { purpose: 'baseline' }, 'searching'],
  ['measurement.recorded', { purpose: 'confirm' }, 'confirming trial 7'],
  ['measurement.recorded', { purpose: 'block' }, 'measuring the gain of trial 7'],
  ['measurement.recorded', { purpose: 'control' }, 'the final comparison'],
  ['measurement.recorded', { purpose: 'final' }, 'the final comparison'],
  ['trial.confirmed', { verdict: 'accepted' }, 'measuring the gain of trial 7'],
  ['trial.confirmed', { verdict: 'unconfirmed' }, 'searching'],
  ['candidate.promoted', {}, 'searching'],
  ['arm.compared', {}, 'the final comparison'],
  ['islands.compared', {}, 'the final comparison'],
])('after %s %j: %s', (type, body, phase) => {
  expect(after(type, body)).toBe(phase);
});

test('before the first entry', () => {
  expect(phaseAfter(undefined)).toBe('measuring the noise floor');
});
