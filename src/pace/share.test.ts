import { expect, test } from 'vitest';
import { entry, finishedBody, joinedBody, judgedBody } from '../testing/pace-entries.ts';
import { audit, promote, study } from '../testing/pace-study.ts';
import { applyPace } from './fold.ts';
import { keepingUp } from './keeping-up.ts';
import { LEAST_AUDIT_MS } from './rules.ts';
import { auditCpuMs } from './share.ts';

test('an audit may take what leaves safety four tenths of all CPU time', () => {
  const spent = { searchCpuMs: 60_000, safetyCpuMs: 10_000 };
  expect(auditCpuMs(spent)).toBe(30_000);
  const after = { ...spent, safetyCpuMs: 40_000 };
  expect(after.safetyCpuMs / (after.searchCpuMs + after.safetyCpuMs)).toBe(0.4);
});

test('where the floor alone took more, it may still look at something', () => {
  expect(auditCpuMs({ searchCpuMs: 1_000, safetyCpuMs: 9_000 })).toBe(LEAST_AUDIT_MS);
});

test('of nothing there is no share', () => {
  expect(auditCpuMs({ searchCpuMs: 0, safetyCpuMs: 9_000 })).toBeUndefined();
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
