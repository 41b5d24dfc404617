/** Carries out what the pace asks for, and records it. */
import { setTimeout } from 'node:timers/promises';
import { PacelineError } from '../core/errors.ts';
import { debtNow } from '../pace/debt.ts';
import type { AuditDue } from '../pace/due.ts';
import { auditCpuMs } from '../pace/share.ts';
import { auditUnderWay, incidentDraft } from './audits.ts';
import type { PaceStep } from './pace.ts';
import { MAIN_ARM } from './plan.ts';
import { activeMs, record, type Study } from './study.ts';
import { LOOK_MS } from './take-up.ts';
import { withinWall } from './wall.ts';

export async function keepPace(study: Study, step: PaceStep): Promise<void> {
  switch (step.do) {
    case 'open-audit':
      return openAudit(study, step.due);
    case 'take-audit':
      return takeAudit(study);
    case 'roll-back': {
      const body = { arm: MAIN_ARM, ...step.rollback };
      record(study, { type: 'candidate.rolled-back', actor: 'engine', body });
      await study.ledger.flush();
      return;
    }
    case 'pace':
      return say(study, step.said);
    case 'throttle':
      return throttle(study, step.untilMs);
    case 'hold':
      return hold(study, step.reason);
  }
}

async function openAudit(study: Study, { opened }: AuditDue): Promise<void> {
  const cpuMs = auditCpuMs(study.state.pace, opened.to);
  const body = { ...opened, ...(cpuMs === undefined ? {} : { cpuMs }) };
  record(study, { type: 'audit.opened', actor: 'engine', body });
  await study.ledger.flush();
}

async function takeAudit(study: Study): Promise<void> {
  const { audit, answer } = await auditUnderWay(study);
  const { incident, untoldMs, ...said } = answer;
  const { incumbent: candidate } = study.state.pace;
  const attacks =
    incident === undefined ? [] : [incidentDraft(study, { kind: incident, candidate })];
  // At once: a crash in between would leave what an attack left, and stop nothing.
  const meta = { cpuMs: untoldMs ?? said.cpuMs };
  const body = { audit, ...said };
  const finished = { type: 'audit.finished', actor: 'gate', body, meta } as const;
  record(study, finished, ...attacks);
  study.audit = undefined;
  await study.ledger.flush();
}

function say(study: Study, said: Extract<PaceStep, { readonly do: 'pace' }>['said']): void {
  const debt = debtNow(study.state.pace);
  record(study, { type: 'pace.changed', actor: 'governor', body: { ...said, debt } });
}

/** No longer than until the inbox is due to be looked into. */
async function throttle(study: Study, untilMs: number): Promise<void> {
  const { signal } = study.searchAbort;
  const leftMs = Math.max(1, Math.min(LOOK_MS, untilMs - activeMs(study)));
  await withinWall(study, setTimeout(leftMs, undefined, { signal }));
}

/** @throws PacelineError `HELD`, always. */
async function hold(study: Study, reason: string): Promise<never> {
  if (study.state.pacing !== 'stop') say(study, { verdict: 'stop', reason });
  await study.ledger.flush();
  throw new PacelineError(
    'HELD',
    `Promotions are stopped. ${reason} Then run paceline resume: nothing that was found is lost.`,
    { reason },
  );
}
