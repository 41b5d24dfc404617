/** Whether audits keep up, and how long verdicts of the floor hold. */
import { describe, expect, test } from 'vitest';
import type { EventBody } from '../core/events.ts';
import {
  entry,
  finishedBody,
  gateChangeBody,
  joinedBody,
  judgedBody,
  PACE_ORIGIN,
  promotedBody,
} from '../testing/pace-entries.ts';
import { audit, LOOSE, promote, study } from '../testing/pace-study.ts';
import { auditDue } from './due.ts';
import { applyPace } from './fold.ts';
import { isVerdictFresh, paceOf } from './governor.ts';
import { keepingUp } from './keeping-up.ts';
import type { PaceState } from './state.ts';

describe('audits that fall behind', () => {
  const next = { candidate: 'next', gain: 0, n: 8 };

  test('throttle the engine to what they can do', () => {
    // A generation takes 20 s, an audit 90.
    const state = audit(promote(study(), 0, Math.log(1.25)), 'pass', { tookMs: 90_000 });
    expect(keepingUp(state)).toMatchObject({ medianGenerationMs: 20_000, p95AuditMs: 90_000 });
    expect(paceOf(state, next)).toEqual({
      verdict: 'throttle',
      ratePerHour: 40,
      notBeforeMs: 40_000 + 90_000,
      reason:
        'An audit takes 90.0 s (95th percentile of 1), a generation 20.0 s (median of 2): promotions wait for the audits, not the audits for promotions.',
    });
  });

  test('do not where they take as long as a generation', () => {
    const state = audit(promote(study(), 0, Math.log(1.25)), 'pass', { tookMs: 20_000 });
    expect(paceOf(state, next)).toEqual({ verdict: 'go' });
  });

  test('say nothing before there is one of each', () => {
    expect(keepingUp(study())).toEqual({ audits: 0, generations: 0, isOverCpuTarget: false });
    expect(keepingUp(promote(study(), 0))).toMatchObject({
      generations: 1,
      promotionsPerHour: 180,
      isOverCpuTarget: false,
    });
    expect(keepingUp(promote(study(), 0))).not.toHaveProperty('spacingMs');
    const large = { candidate: 'large', gain: 3, n: 8 };
    const state = study();
    const due = auditDue(state, large);
    applyPace(state, entry('audit.opened', due?.opened as EventBody['audit.opened']));
    applyPace(state, entry('audit.finished', finishedBody(1, 'pass', { tookMs: 90_000 })));
    expect(keepingUp(state)).toMatchObject({ audits: 1, p95AuditMs: 90_000, auditsPerHour: 40 });
    expect(keepingUp(state)).not.toHaveProperty('spacingMs');
  });

  test('by their rate, where few of them take very long', () => {
    const state = promote(study(LOOSE), Math.log(1.25));
    for (let i = 0; i < 20; i++) {
      const tookMs = i === 0 ? 1_000_000 : 1000;
      if (i > 0) promote(state, Math.log(1.25));
      audit(state, 'pass', { tookMs });
    }
    const times = keepingUp(state);
    expect(times).toMatchObject({ p95AuditMs: 1000, medianGenerationMs: 20_000 });
    // (1,000 + 19) s in 20 audits
    expect(times.spacingMs).toBeCloseTo(50_950, 6);
  });

  test('take their CPU share, which is shown and changes nothing', () => {
    const state = study();
    applyPace(state, entry('gate.judged', judgedBody('c1', PACE_ORIGIN), { cpuMs: 50 }));
    applyPace(state, entry('candidate.promoted', promotedOver('c1'), { cpuMs: 100 }));
    expect(keepingUp(state)).toMatchObject({ cpuShare: 1 / 3, isOverCpuTarget: false });
    audit(state, 'pass', { cpuMs: 50, tookMs: 0 });
    expect(keepingUp(state)).toMatchObject({ cpuShare: 0.5, isOverCpuTarget: true });
    expect(paceOf(state, next)).toEqual({ verdict: 'go' });
  });
});

const promotedOver = (candidate: string): EventBody['candidate.promoted'] =>
  promotedBody({ candidate, from: PACE_ORIGIN, gain: 0 });

describe('a verdict of the floor', () => {
  const judged = (state: PaceState): PaceState => {
    applyPace(state, entry('gate.judged', judgedBody('next', state.incumbent)));
    return state;
  };

  test('is fresh for the candidate and the incumbent that it is of', () => {
    const state = judged(study());
    expect(isVerdictFresh(state, 'next')).toBe(true);
    expect(isVerdictFresh(state, 'another')).toBe(false);
    expect(isVerdictFresh(promote(state, 0), 'next')).toBe(false);
    expect(isVerdictFresh(study(), 'next')).toBe(false);
  });

  test('is none where it is no pass', () => {
    const state = study();
    const deferred = { ...judgedBody('next', PACE_ORIGIN), verdict: 'deferred' } as const;
    applyPace(state, entry('gate.judged', deferred));
    expect(isVerdictFresh(state, 'next')).toBe(false);
  });

  test('expires with a rollback and with the gate', () => {
    const back = promote(study(), 0);
    const rollback = { from: 'c1', to: PACE_ORIGIN, why: '', quarantined: [], arm: 'main' };
    applyPace(back, entry('gate.judged', judgedBody('next', PACE_ORIGIN)));
    applyPace(back, entry('candidate.rolled-back', rollback));
    expect(isVerdictFresh(back, 'next')).toBe(false);
    const other = judged(study());
    applyPace(other, entry('approval.requested', gateChangeBody(1, 'gate-1')));
    const said = { by: 'a person', reason: 'read' };
    const approved = { approval: 1, decision: 'approve', at: 0, ...said } as const;
    applyPace(other, entry('approval.decided', approved));
    applyPace(other, entry('gatekeeper.joined', joinedBody('gate-1')));
    expect(isVerdictFresh(other, 'next')).toBe(false);
  });

  test('expires by gain and by generations, should the search come back to its incumbent', () => {
    const around = (...gains: readonly number[]): PaceState => {
      const state = judged(study(LOOSE));
      promote(state, ...gains);
      const home = { candidate: PACE_ORIGIN, from: state.incumbent, gain: 0 };
      applyPace(state, entry('candidate.promoted', promotedBody(home)));
      return state;
    };
    expect(isVerdictFresh(around(0), 'next')).toBe(true);
    expect(isVerdictFresh(around(Math.log(1.25)), 'next')).toBe(false);
    expect(isVerdictFresh(around(...Array<number>(8).fill(0)), 'next')).toBe(true);
    expect(isVerdictFresh(around(...Array<number>(9).fill(0)), 'next')).toBe(false);
  });
});
