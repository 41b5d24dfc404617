import { expect, test } from 'vitest';
import { entry, finishedBody, joinedBody, judgedBody } from '../testing/pace-entries.ts';
import { audit, promote, study } from '../testing/pace-study.ts';
import { auditDue } from './due.ts';
import { applyPace } from './fold.ts';
import { paceOf } from './governor.ts';
import { keepingUp } from './keeping-up.ts';
import { LEAST_AUDIT_MS } from './rules.ts';
import { auditCpuMs } from './share.ts';
import { newPace } from './state.ts';

test('an audit may take what leaves safety four tenths of all CPU time', () => {
  const spent = { ...newPace(), searchCpuMs: 60_000, safetyCpuMs: 10_000 };
  expect(auditCpuMs(spent, 'c1')).toBe(30_000);
  const after = { ...spent, safetyCpuMs: 40_000 };
  expect(after.safetyCpuMs / (after.searchCpuMs + after.safetyCpuMs)).toBe(0.4);
});

test('where the floor alone took more, it may still look at something', () => {
  const spent = { ...newPace(), searchCpuMs: 1_000, safetyCpuMs: 9_000 };
  expect(auditCpuMs(spent, 'c1')).toBe(LEAST_AUDIT_MS);
});

test('of nothing there is no share', () => {
  const spent = { ...newPace(), searchCpuMs: 0, safetyCpuMs: 9_000 };
  expect(auditCpuMs(spent, 'c1')).toBeUndefined();
});

test('floor, traps, audits and the start of the gatekeeper are safety; all that is measured else is not', () => {
  const state = promote(study(), Math.log(1.25));
  const cpuMs = (ms: number) => ({ cpuMs: ms });
  applyPace(state, entry('gate.judged', judgedBody('c1', 'origin'), cpuMs(100)));
  applyPace(state, entry('gatekeeper.joined', joinedBody('gate-0'), cpuMs(20)));
  applyPace(state, entry('holdout.queried', {} as never, cpuMs(3)));
  applyPace(state, entry('measurement.recorded', {} as never, cpuMs(1000)));
  applyPace(state, entry('trial.confirmed', {} as never, cpuMs(500)));
  expect(state).toMatchObject({ safetyCpuMs: 123, searchCpuMs: 1500 });
  audit(state, 'open');
  const finished = finishedBody(1, 'pass', { cpuMs: 800 });
  applyPace(state, entry('audit.finished', finished, cpuMs(900)));
  expect(state.safetyCpuMs, 'what its entry says, traps beside it included').toBe(1023);
  expect(keepingUp(state).cpuShare).toBeCloseTo(1023 / 2523);
});

test('where the bound asks for more than the share gave, the candidate is audited again without it', () => {
  const state = study({ maxDebt: 4 });
  applyPace(state, entry('measurement.recorded', {} as never, { cpuMs: 1000 }));
  const next = { candidate: 'next', gain: Math.log(1.25) * 4, n: 8 };
  const open = () => {
    const { opened } = auditDue(state, next) ?? {};
    if (opened === undefined) return 'none';
    const cpuMs = auditCpuMs(state, opened.to);
    applyPace(state, entry('audit.opened', { ...opened, ...(cpuMs ? { cpuMs } : {}) }));
    return cpuMs;
  };
  expect(open()).toBe(LEAST_AUDIT_MS);
  applyPace(state, entry('audit.finished', finishedBody(1, 'pass', { completeness: 0.5 })));
  expect(paceOf(state, next)).toMatchObject({ verdict: 'stop', until: 'audit' });
  expect(open()).toBeUndefined();
  applyPace(state, entry('audit.finished', finishedBody(2, 'pass', { completeness: 0.5 })));
  expect(open(), 'and no third time').toBe('none');
  expect(paceOf(state, next)).toMatchObject({ verdict: 'stop', until: 'person' });
  expect(state.tooShortMs).toBe(LEAST_AUDIT_MS);
});

test('a time that had to be followed by all of it is not given once more, to what is about to be promoted', () => {
  const spent = { ...newPace(), incumbent: 'c1', searchCpuMs: 1_000, safetyCpuMs: 9_000 };
  const known = { ...spent, tooShortMs: LEAST_AUDIT_MS };
  expect([auditCpuMs(spent, 'next'), auditCpuMs(known, 'next')]).toEqual([3_000, undefined]);
  expect(auditCpuMs(known, 'c1'), 'the incumbent, whose rest may stay as debt').toBe(3_000);
  expect(auditCpuMs({ ...known, searchCpuMs: 60_000 }, 'next'), 'more than that').toBe(31_000);
});
