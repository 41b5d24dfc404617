/** What the pace remembers of audits and verdicts, and what a gain is where a ratio says nothing. */
import { describe, expect, test } from 'vitest';
import {
  entry,
  finishedBody,
  judgedBody,
  PACE_ORIGIN,
  promotedBody,
  ratedBody,
} from '../testing/pace-entries.ts';
import { audit, LOOSE, promote, study } from '../testing/pace-study.ts';
import { applyPace } from './fold.ts';
import { isVerdictFresh, paceOf } from './governor.ts';
import { keepingUp } from './keeping-up.ts';
import { LOG_AUDIT_GAIN, VERDICTS_KEPT } from './rules.ts';
import type { PaceState } from './state.ts';
import { verifiedGain } from './verified-gain.ts';

function judged(state: PaceState, candidate: string): PaceState {
  applyPace(state, entry('gate.judged', judgedBody(candidate, state.incumbent)));
  return state;
}

/** Somewhere else and back again. */
function awayAndHome(state: PaceState): PaceState {
  const home = state.incumbent;
  promote(state, 0);
  const back = { candidate: home, from: state.incumbent, gain: 0 };
  applyPace(state, entry('candidate.promoted', promotedBody(back)));
  return state;
}

describe('times of audits', () => {
  test('of fewer than twenty the longest counts, in whatever order they came', () => {
    for (const times of [
      [90_000, 5000, 1000],
      [1000, 5000, 90_000],
    ]) {
      const state = study(LOOSE);
      for (const tookMs of times) audit(promote(state, LOG_AUDIT_GAIN), 'pass', { tookMs });
      expect(keepingUp(state)).toMatchObject({ audits: 3, p95AuditMs: 90_000 });
    }
  });

  test('of a hundred the five longest do not', () => {
    const state = study(LOOSE);
    for (let i = 0; i < 32; i++) {
      audit(promote(state, LOG_AUDIT_GAIN), 'pass', { tookMs: 1000 * (i + 1) });
    }
    // Rank 31 of 32: 0.95 · 32 is 30.4.
    expect(keepingUp(state).p95AuditMs).toBe(31_000);
  });
});

describe('a verdict of the floor', () => {
  test('expires by what was gained since, not by what was gained before', () => {
    const state = judged(promote(study(LOOSE), Math.log(1.2)), 'next');
    expect(isVerdictFresh(awayAndHome(state), 'next')).toBe(true);
  });

  test('expires by the promotions since, not by those before', () => {
    const state = judged(promote(study(LOOSE), 0, 0, 0, 0, 0, 0), 'next');
    expect(isVerdictFresh(awayAndHome(state), 'next')).toBe(true);
  });

  test('is replaced by a later one, and the oldest of many is forgotten', () => {
    const state = study();
    judged(judged(state, 'next'), 'next');
    expect(state.floors).toHaveLength(1);
    for (let i = 0; i < VERDICTS_KEPT; i++) judged(state, `other ${i}`);
    expect(state.floors).toHaveLength(VERDICTS_KEPT);
    expect(isVerdictFresh(state, 'next')).toBe(false);
    expect(isVerdictFresh(state, 'other 0')).toBe(true);
  });
});

describe('what goes back', () => {
  test('says which audit failed, or that traps were missed', () => {
    const failed = audit(promote(study(), LOG_AUDIT_GAIN), 'fail');
    expect(paceOf(failed)).toMatchObject({
      until: 'rollback',
      reason: 'Audit 1 failed: what it looked at is taken back.',
      rollback: { from: 'c1', to: PACE_ORIGIN, why: 'audit 1 failed', quarantined: ['c1'] },
    });
    const frozen = promote(study(), 0);
    applyPace(frozen, entry('gate.rated', ratedBody(true)));
    expect(paceOf(frozen)).toMatchObject({
      until: 'person',
      rollback: { from: 'c1', why: 'the gate misses its traps', quarantined: [] },
    });
  });
});

describe('an entry that cannot follow', () => {
  const altered = (says: RegExp) =>
    expect.objectContaining({
      code: 'LEDGER_ALTERED',
      message: expect.stringMatching(says),
      data: { seq: 1 },
    });

  test('names itself, and what to do', () => {
    const open = audit(promote(study(), LOG_AUDIT_GAIN), 'open');
    const opened = { audit: 2, from: PACE_ORIGIN, to: 'c1', promotions: 1, why: 'debt' } as const;
    expect(() => applyPace(open, entry('audit.opened', opened))).toThrow(
      altered(/^Entry 1 opens an audit while audit 1 is open\. Run paceline verify/),
    );
    expect(() => applyPace(study(), entry('audit.opened', opened))).toThrow(
      altered(/opens audit 2 out of turn/),
    );
    expect(() => applyPace(open, entry('audit.finished', finishedBody(2, 'pass')))).toThrow(
      altered(/ends audit 2, which is not open/),
    );
    const elsewhere = promotedBody({ candidate: 'c1', from: 'nobody', gain: 0 });
    expect(() => applyPace(study(), entry('candidate.promoted', elsewhere))).toThrow(
      altered(/promotes over what is not the incumbent/),
    );
    const back = { from: 'c1', to: 'nobody', why: '', quarantined: [], arm: 'main' };
    expect(() => applyPace(promote(study(), 0), entry('candidate.rolled-back', back))).toThrow(
      altered(/rolls back to what was not certified last/),
    );
  });
});

describe('a verified gain', () => {
  const TIME = { name: 'time', goal: 'min', unit: 'ms', kind: 'time' } as const;
  const SCORE = { name: 'score', goal: 'max', unit: '' } as const;

  test('of a time is a log ratio whatever is known of its level', () => {
    const scale = { metric: TIME, isRatio: false, smallestEffect: 1 };
    expect(verifiedGain(scale, undefined, { gain: 0.5, n: 8 })).toBe(0.5);
  });

  test('of two pairs is known, of one it is as large as can be; of none at all it is nothing', () => {
    const scale = { metric: TIME, isRatio: true };
    expect(verifiedGain(scale, 0, { gain: 0.01, n: 2 })).toBe(0.01);
    expect(verifiedGain(scale, 0, { gain: 0.01, n: 1 })).toBe(LOG_AUDIT_GAIN);
    expect(verifiedGain(scale, 0, { gain: 0.01, n: 1, tolerance: 0 })).toBe(0.01);
    expect(verifiedGain(scale, 0, { gain: 0, n: 2 })).toBe(0);
  });

  test('from nothing is no ratio: it counts in smallest effects', () => {
    const scale = { metric: SCORE, isRatio: true, smallestEffect: 1 };
    expect(verifiedGain(scale, 0, { gain: 2, n: 8 })).toBeCloseTo(LOG_AUDIT_GAIN / 5, 12);
    const { smallestEffect: _, ...unscaled } = scale;
    expect(verifiedGain(unscaled, 0, { gain: 2, n: 8 })).toBe(LOG_AUDIT_GAIN);
  });
});
