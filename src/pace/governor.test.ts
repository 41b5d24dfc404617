/** The model check: random legal sequences of entries through a study that obeys, judged by another opinion. */
import { describe, expect, test } from 'vitest';
import { isThorough } from '../../test/thorough.ts';
import type { StoredEvent } from '../core/events.ts';
import { publicRoot } from '../core/rng.ts';
import {
  checkPace,
  drivePace,
  GOVERNOR,
  type Governor,
  PaceDrive,
} from '../testing/pace-driver.ts';
import { applyPace } from './fold.ts';
import { type Pace, paceOf } from './governor.ts';
import { newPace } from './state.ts';

const STEPS = 60;

const SEQUENCES = isThorough ? 1500 : 400;

test(`${SEQUENCES} random sequences: never over the bound, never while stopped, always a way on`, () => {
  expect(checkPace({ governor: GOVERNOR, sequences: SEQUENCES, steps: STEPS })).toEqual({});
});

test('the sequences reach what they are to check', () => {
  const root = publicRoot('pace');
  const met = new Set<string>();
  for (let i = 0; i < 500; i++) {
    const study = new PaceDrive(GOVERNOR, root.stream(i, 'model check'));
    for (let step = 0; step < STEPS; step++) {
      study.step();
      const pace = paceOf(study.state, study.next);
      const until = pace.verdict === 'stop' ? ` until ${pace.until}` : '';
      met.add(`${pace.verdict}${until}`);
      if (study.state.ahead) met.add('audited ahead');
      if (study.state.unaudited.length > 4) met.add('a long lineage');
      if (study.state.gateDebt > 0) met.add('another gate');
      if (study.state.deferrals > 2) met.add('no verdicts');
    }
  }
  const stops = ['audit', 'rollback', 'candidate', 'person'].map((until) => `stop until ${until}`);
  const states = ['audited ahead', 'a long lineage', 'another gate', 'no verdicts'];
  expect([...met].sort()).toEqual(['go', 'throttle', ...stops, ...states].sort());
});

/** As measured by other clocks on another machine. */
function atAnotherSpeed(event: StoredEvent): StoredEvent {
  const meta = { ...event.meta, at: -event.meta.at, wallMs: (event.meta.wallMs ?? 0) / 1000 };
  if (event.type !== 'audit.finished') return { ...event, meta };
  return { ...event, meta, body: { ...event.body, tookMs: event.body.tookMs * 1000 } };
}

test('no clock chooses what is promoted: it can turn go into throttle and nothing else', () => {
  const root = publicRoot('clocks');
  const withoutTimes = (pace: Pace) => (pace.verdict === 'throttle' ? { verdict: 'go' } : pace);
  for (let i = 0; i < 150; i++) {
    const study = new PaceDrive(GOVERNOR, root.stream(i, 'clocks'));
    drivePace(study, GOVERNOR, STEPS);
    const [state, slow] = [newPace(), newPace()];
    for (const event of study.events) {
      applyPace(state, event);
      applyPace(slow, atAnotherSpeed(event));
      expect(withoutTimes(paceOf(slow))).toEqual(withoutTimes(paceOf(state)));
    }
  }
});

/** A governor that goes on where ours stops and says `part`. */
const deafTo = (...parts: readonly string[]): Governor => ({
  ...GOVERNOR,
  pace: (state, next) => {
    const pace = GOVERNOR.pace(state, next);
    const isDeaf = pace.verdict === 'stop' && parts.some((part) => pace.reason.includes(part));
    return isDeaf ? { verdict: 'go' } : pace;
  },
});

const withoutEntry = (is: (event: StoredEvent) => boolean): Governor => ({
  ...GOVERNOR,
  apply: (state, event) => {
    if (!is(event)) GOVERNOR.apply(state, event);
  },
});

/** Nothing is rolled back, and the stop that asked for it is over. */
const WITHOUT_ROLLBACK: Governor = {
  ...GOVERNOR,
  pace: (state, next) => {
    const pace = GOVERNOR.pace(state, next);
    if (pace.verdict !== 'stop' || !pace.rollback) return pace;
    if (pace.until === 'rollback') return { verdict: 'go' };
    return { verdict: 'stop', until: pace.until, reason: pace.reason };
  },
};

/** The rollback is named once and nobody is told to make it. */
const WAITS_FOR_NO_ROLLBACK: Governor = {
  ...GOVERNOR,
  pace: (state, next) => {
    const { rollback: _, ...pace } = GOVERNOR.pace(state, next) as Extract<
      Pace,
      { verdict: 'stop' }
    >;
    return pace;
  },
};

const FAULTS: Readonly<Record<string, readonly [Governor, string]>> = {
  'ignores the bound': [
    deafTo('Audit debt', 'waits for its verdict'),
    'promoted with debt over the bound',
  ],
  'ignores the bound where no audit helps': [
    deafTo('Audit debt'),
    'promoted with debt over the bound',
  ],
  'promotes beside an open audit': [deafTo('under way'), 'promoted while an audit was open'],
  'promotes where an audit is due': [
    deafTo('is due'),
    'promoted though the gain was due for an audit',
  ],
  'never asks for an audit': [{ ...GOVERNOR, due: () => undefined }, 'no way on'],
  'forgets the rollback': [WITHOUT_ROLLBACK, 'promoted after a failed audit without a rollback'],
  'waits for a rollback that nobody makes': [WAITS_FOR_NO_ROLLBACK, 'no way on'],
  'rolls back and folds nothing of it': [
    withoutEntry(({ type }) => type === 'candidate.rolled-back'),
    'another debt than the entries say',
  ],
  'promotes while frozen': [deafTo('misses', 'traps'), 'promoted while frozen'],
  'promotes beside an incident': [deafTo('Incident'), 'promoted with an open incident'],
  'lets any gatekeeper judge': [
    deafTo('Another gatekeeper'),
    'promoted under a gate nobody agreed to',
  ],
  'promotes what an audit failed': [deafTo('barred'), 'promoted a barred candidate'],
  'forgets that a person agreed to a gate': [
    withoutEntry(({ type }) => type === 'approval.decided'),
    'no way on',
  ],
};

describe('planted faults', () => {
  test.each(Object.entries(FAULTS))('a governor that %s is caught', (_name, [governor, what]) => {
    const found = checkPace({ governor, sequences: 200, steps: STEPS });
    expect(Object.keys(found)).toContain(what);
  });
});
