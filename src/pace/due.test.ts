/** When a deep audit is due, and what stops a promotion until then. */
import { describe, expect, test } from 'vitest';
import type { EventBody } from '../core/events.ts';
import {
  entry,
  finishedBody,
  gateChangeBody,
  joinedBody,
  judgedBody,
  openedBody,
  PACE_ORIGIN,
  promotedBody,
  ratedBody,
} from '../testing/pace-entries.ts';
import { audit, incident, LOOSE, promote, study } from '../testing/pace-study.ts';
import { auditDue, lastAudit } from './due.ts';
import { applyPace } from './fold.ts';
import { paceOf } from './governor.ts';
import { keepingUp } from './keeping-up.ts';
import { newPace } from './state.ts';

describe('a deep audit is due', () => {
  test('at 1.25 times the verified gain: two of 1.12 are, two of 1.11 are not', () => {
    expect(auditDue(promote(study(LOOSE), Math.log(1.11), Math.log(1.11)))).toBeUndefined();
    expect(auditDue(promote(study(LOOSE), Math.log(1.12), Math.log(1.12)))).toEqual({
      opened: { audit: 1, from: PACE_ORIGIN, to: 'c2', promotions: 2, why: 'gain' },
      lineage: ['c1', 'c2'],
    });
    expect(auditDue(promote(study(LOOSE), Math.log(1.25)))?.opened.why).toBe('gain');
  });

  test('after ten generations that gain nothing, and not after nine', () => {
    const state = promote(study(LOOSE), ...Array<number>(9).fill(0));
    expect(auditDue(state)).toBeUndefined();
    expect(auditDue(promote(state, 0))?.opened).toMatchObject({ to: 'c10', why: 'generations' });
  });

  test('where the next promotion would pass the bound', () => {
    const state = promote(study(), 0, 0, 0);
    expect(auditDue(state, { candidate: 'next', gain: 0, n: 8 }), '8 of 8').toBeUndefined();
    const due = auditDue(state, { candidate: 'next', gain: 0.01, n: 8 });
    expect(due?.opened).toMatchObject({ to: 'c3', why: 'debt' });
    expect(auditDue(promote(state, 0)), '8 of 8, and nothing to come').toBeUndefined();
  });

  test('of the candidate itself, where it alone passes the bound', () => {
    const next = { candidate: 'next', gain: Math.log(10), n: 8 };
    expect(auditDue(study(), next)).toEqual({
      opened: { audit: 1, from: PACE_ORIGIN, to: 'next', promotions: 0, why: 'debt' },
      lineage: ['next'],
    });
    const standing = auditDue(promote(study(), 0), next);
    expect(standing?.opened.to, 'what stands unaudited comes first').toBe('c1');
  });

  test('after each generation of an improver, and before each next to the gates', () => {
    const improver = study({ weight: 4, maxDebt: 100 });
    expect(auditDue(improver, { candidate: 'next', gain: 0, n: 8 })).toBeUndefined();
    expect(auditDue(promote(improver, 0))?.opened.why).toBe('generations');
    const gates = study({ weight: 8, maxDebt: 100 });
    expect(auditDue(gates)).toBeUndefined();
    expect(auditDue(gates, { candidate: 'next', gain: 0, n: 8 })?.lineage).toEqual(['next']);
  });

  test('at the end, of whatever is not certified', () => {
    expect(lastAudit(study())).toBeUndefined();
    expect(lastAudit(promote(study(), 0))?.opened).toMatchObject({ to: 'c1', why: 'end' });
  });

  test('at the end once: what gave no verdict would give none again, until somebody mended it', () => {
    const state = promote(study(), 0);
    audit(state, 'deferred');
    expect(state.unaudited).toHaveLength(1);
    expect(lastAudit(state)).toBeUndefined();
    applyPace(state, entry('study.resumed', { epoch: 1, fromSeq: 1 }));
    expect(lastAudit(state)?.opened.why).toBe('end');
  });

  test('at once, of what the gatekeeper chose, whether by rank or by chance', () => {
    const state = study(LOOSE);
    const judged = judgedBody('c1', PACE_ORIGIN);
    applyPace(state, entry('gate.judged', { ...judged, sampled: true }));
    expect(auditDue(state), 'it is not promoted yet').toBeUndefined();
    expect(auditDue(promote(state, 0))?.opened).toMatchObject({ to: 'c1', why: 'sampled' });
    audit(state, 'pass');
    expect(auditDue(promote(state, 0)), 'the next was not chosen').toBeUndefined();
  });

  test('not while one is open, nor where nobody judges', () => {
    expect(auditDue(audit(promote(study(LOOSE), 1), 'open'))).toBeUndefined();
    const free = newPace();
    const { gates: _, ...opened } = openedBody();
    applyPace(free, entry('study.opened', opened));
    expect(auditDue(promote(free, 1, 1, 1))).toBeUndefined();
    expect(paceOf(free, { candidate: 'next', gain: 9, n: 8 })).toEqual({ verdict: 'go' });
  });
});

describe('the next promotion', () => {
  const next = { candidate: 'next', gain: 0, n: 8 };

  test('goes where nothing stands against it', () => {
    expect(paceOf(promote(study(), 0, 0), next)).toEqual({ verdict: 'go' });
  });

  test('waits for an audit that is due or open, and goes once that passed', () => {
    const state = promote(study(), Math.log(1.25));
    expect(paceOf(state, next)).toEqual({
      verdict: 'stop',
      until: 'audit',
      reason: 'Audit 1 is due: the next promotion waits for its verdict.',
    });
    audit(state, 'open');
    expect(paceOf(state, next)).toMatchObject({
      until: 'audit',
      reason: expect.stringMatching(/under way/),
    });
    applyPace(state, entry('audit.finished', finishedBody(1, 'pass', { tookMs: 10 })));
    expect(paceOf(state, next)).toEqual({ verdict: 'go' });
  });

  test('is preceded by a rollback where an audit failed, and never is what was taken back', () => {
    const state = audit(promote(study(), 0, Math.log(1.25)), 'fail', { tookMs: 10 });
    const pace = paceOf(state, next);
    const rollback = { from: 'c2', to: PACE_ORIGIN, why: 'audit 1 failed' };
    expect(pace).toMatchObject({
      until: 'rollback',
      rollback: { ...rollback, quarantined: ['c1', 'c2'] },
    });
    const body = { ...rollback, arm: 'main', quarantined: ['c1', 'c2'] };
    applyPace(state, entry('candidate.rolled-back', body));
    expect(paceOf(state, next)).toEqual({ verdict: 'go' });
    expect(paceOf(state, { ...next, candidate: 'c1' })).toMatchObject({ until: 'candidate' });
    const again = { ...next, candidate: PACE_ORIGIN };
    expect(paceOf(state, again), 'what the rollback returned to').toMatchObject({
      until: 'candidate',
      reason: expect.stringMatching(/made this candidate the incumbent/),
    });
  });

  test('is not a candidate that failed its audit ahead; what stands stays', () => {
    const large = { candidate: 'large', gain: 3, n: 8 };
    const state = study();
    const due = auditDue(state, large);
    applyPace(state, entry('audit.opened', due?.opened as EventBody['audit.opened']));
    applyPace(state, entry('audit.finished', finishedBody(1, 'fail')));
    expect(paceOf(state, large)).toMatchObject({ until: 'candidate' });
    expect(paceOf(state, next)).toEqual({ verdict: 'go' });
  });

  test('needs a person after three audits without a verdict, and goes on when resumed', () => {
    const state = promote(study(), Math.log(1.25));
    for (let i = 0; i < 3; i++) audit(state, 'deferred');
    expect(paceOf(state, next)).toMatchObject({
      until: 'person',
      reason: expect.stringMatching(/3 audits in a row/),
    });
    applyPace(state, entry('study.resumed', { epoch: 1, fromSeq: 9 }));
    expect(paceOf(state, next)).toMatchObject({ until: 'audit' });
  });

  test('counts audits without a verdict in a row: one that passes ends the count', () => {
    const state = promote(study(), Math.log(1.25));
    audit(audit(state, 'deferred'), 'deferred');
    audit(state, 'pass', { tookMs: 1 });
    promote(state, Math.log(1.25));
    audit(audit(state, 'deferred'), 'deferred');
    expect(paceOf(state, next)).toMatchObject({ until: 'audit' });
    audit(state, 'deferred');
    expect(paceOf(state, next)).toMatchObject({ until: 'person' });
    expect(auditDue(state, next)).toBeUndefined();
  });

  test('never comes where another gate fails what was certified: no rollback leads from it', () => {
    const state = study();
    applyPace(state, entry('approval.requested', gateChangeBody(1, 'gate-1')));
    const said = { by: 'a person', reason: 'read' };
    const approved = { approval: 1, decision: 'approve', at: 0, ...said } as const;
    applyPace(state, entry('approval.decided', approved));
    applyPace(state, entry('gatekeeper.joined', joinedBody('gate-1')));
    audit(state, 'fail');
    const stopped = { until: 'person', reason: expect.stringMatching(/failed what was certified/) };
    expect(paceOf(state, next)).toMatchObject(stopped);
    const rollback = { arm: 'main', from: PACE_ORIGIN, to: PACE_ORIGIN, why: '', quarantined: [] };
    applyPace(state, entry('candidate.rolled-back', rollback));
    expect(paceOf(state, next)).toMatchObject(stopped);
  });

  test('needs a person where audits cannot look at what adds up', () => {
    const state = study();
    for (let i = 0; i < 2; i++) {
      audit(promote(state, Math.log(1.25)), 'pass', { completeness: 0, tookMs: 1 });
    }
    expect(paceOf(state, next)).toMatchObject({
      until: 'audit',
      reason: expect.stringMatching(/is due/),
    });
    const due = auditDue(state, next);
    applyPace(state, entry('audit.opened', due?.opened as EventBody['audit.opened']));
    applyPace(state, entry('audit.finished', finishedBody(3, 'pass', { completeness: 0.5 })));
    expect(paceOf(state, next)).toMatchObject({
      until: 'person',
      reason: expect.stringMatching(/debt of 8.0 stands/),
    });
  });

  test('waits for an incident to be closed; the lineage it is about goes back', () => {
    const state = promote(study(), 0);
    applyPace(state, incident(1, 'a stranger'));
    const stopped = paceOf(state, next);
    expect(stopped).toEqual({
      verdict: 'stop',
      until: 'person',
      reason:
        'Incident 1 (canary) is open. Read its report (paceline incidents show 1), and close it with a reason (paceline incidents close 1 --reason TEXT).',
    });
    applyPace(state, incident(2));
    expect(paceOf(state, next)).toMatchObject({ rollback: { to: PACE_ORIGIN, quarantined: [] } });
    applyPace(state, incident(3, 'c1'));
    expect(paceOf(state, next)).toMatchObject({
      rollback: { why: 'incident 2: canary, incident 3: canary', quarantined: ['c1'] },
    });
    for (const number of [1, 2, 3]) {
      expect(paceOf(state, next).verdict).toBe('stop');
      const closed = { incident: number, by: 'a person', reason: 'seen' };
      applyPace(state, entry('incident.closed', closed));
    }
    expect(paceOf(state, next)).toEqual({ verdict: 'go' });
  });

  test('stops while traps are missed, and what that gate let in goes back', () => {
    const state = promote(study(), 0);
    applyPace(state, entry('gate.rated', ratedBody(true)));
    expect(paceOf(state, next)).toMatchObject({
      until: 'person',
      rollback: { from: 'c1', to: PACE_ORIGIN, quarantined: [] },
    });
    applyPace(state, entry('gate.rated', ratedBody(false)));
    expect(paceOf(state, next)).toEqual({ verdict: 'go' });
  });

  test('needs a person for another gate, which is then audited before anything else', () => {
    const state = promote(study(), 0);
    applyPace(state, entry('gatekeeper.joined', joinedBody('gate-1')));
    expect(paceOf(state, next)).toMatchObject({
      until: 'person',
      reason: expect.stringMatching(/Another gatekeeper/),
    });
    expect(auditDue(state, next)).toBeUndefined();
    applyPace(state, entry('approval.requested', gateChangeBody(1, 'gate-1')));
    const said = { by: 'a person', reason: 'read' };
    const approved = { approval: 1, decision: 'approve', at: 0, ...said } as const;
    applyPace(state, entry('approval.decided', approved));
    expect(auditDue(state)?.opened).toMatchObject({ to: 'c1', why: 'debt' });
    audit(state, 'pass', { tookMs: 1 });
    expect(paceOf(state, next)).toEqual({ verdict: 'go' });
  });
});

describe('entries that cannot follow', () => {
  test.each([
    ['an audit out of turn', entry('audit.opened', opened(2)), 'out of turn'],
    ['the end of no audit', entry('audit.finished', finishedBody(1, 'pass')), 'not open'],
    [
      'a promotion over another',
      entry('candidate.promoted', promotedBody({ candidate: 'a', from: 'b', gain: 0 })),
      'not the incumbent',
    ],
    [
      'a rollback to anything',
      entry('candidate.rolled-back', {
        arm: 'main',
        from: PACE_ORIGIN,
        to: 'b',
        why: '',
        quarantined: [],
      }),
      'not certified',
    ],
  ])('%s', (_name, event, said) => {
    expect(() => applyPace(study(), event)).toThrow(said);
  });

  test('an audit beside another', () => {
    const state = study();
    applyPace(state, entry('audit.opened', opened(1)));
    expect(() => applyPace(state, entry('audit.opened', opened(2)))).toThrow('while audit 1');
  });
});

function opened(number: number): EventBody['audit.opened'] {
  return { audit: number, from: PACE_ORIGIN, to: PACE_ORIGIN, promotions: 0, why: 'person' };
}

test('the state does not grow with the trials of a study', () => {
  const state = study();
  const before = JSON.stringify(state).length;
  for (let trial = 0; trial < 2000; trial++) {
    const settled = { arm: 'main', candidate: `t${trial}` } as EventBody['trial.settled'];
    applyPace(state, entry('trial.settled', settled, { wallMs: trial, cpuMs: 1 }));
  }
  expect(JSON.stringify(state).length).toBeLessThan(before + 10);
  expect(keepingUp(state).cpuShare).toBe(0);
});

test('the promotions of other arms move nothing here', () => {
  const state = study();
  const other = { ...promotedBody({ candidate: 'x', from: 'y', gain: 1 }), arm: 'random' };
  applyPace(state, entry('candidate.promoted', other));
  expect(state.promotions).toBe(0);
  promote(state, 0);
  const back = { arm: 'random', from: 'x', to: 'y', why: '', quarantined: [] };
  applyPace(state, entry('candidate.rolled-back', back));
  expect(state.incumbent).toBe('c1');
});
