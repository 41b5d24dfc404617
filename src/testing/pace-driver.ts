/**
 * A study in small that obeys a pace governor: random legal entries, audits that pass, fail or give nothing,
 * after any delay, incidents, changes of the gate, crashes. What it drives is an argument, so that governors
 * with planted faults can be driven the same way.
 */
import { isDeepStrictEqual } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import type { EventBody, EventType, StoredEvent } from '../core/events.ts';
import { publicRoot, type Rng } from '../core/rng.ts';
import { debtNow } from '../pace/debt.ts';
import { type AuditDue, auditDue, type Next } from '../pace/due.ts';
import { applyPace } from '../pace/fold.ts';
import { isVerdictFresh, type Pace, paceOf } from '../pace/governor.ts';
import { auditCpuMs } from '../pace/share.ts';
import { newPace, type PaceState } from '../pace/state.ts';
import * as entries from './pace-entries.ts';
import { PaceOracle } from './pace-oracle.ts';

export interface Governor {
  readonly apply: (state: PaceState, event: StoredEvent) => void;
  readonly pace: (state: PaceState, next?: Next) => Pace;
  readonly due: (state: PaceState, next?: Next) => AuditDue | undefined;
}

export const GOVERNOR: Governor = { apply: applyPace, pace: paceOf, due: auditDue };

const NOISE = [100, 101, 99, 100, 102, 98, 100, 101, 99, 100, 100, 101];
const GAINS = [-0.1, 0, 0.01, 0.02, 0.05, 0.1, 0.22, 0.3, 0.6, 2.5] as const;
const VERDICTS = ['pass', 'pass', 'pass', 'pass', 'fail', 'deferred'] as const;
const COMPLETE = [1, 1, 1, 0.9, 0.5, 0] as const;
/** Steps after which a study that could not go on will not. */
const PATIENCE = 60;

/** One study, step by step. */
export class PaceDrive {
  state: PaceState = newPace();
  readonly oracle = new PaceOracle();
  readonly events: StoredEvent[] = [];
  next: Next | undefined;
  private readonly governor: Governor;
  private readonly rng: Rng;
  /** Share of steps that are nothing of a study's usual life. */
  private readonly trouble: number;
  private readonly slowestAuditMs: number;
  private candidates = 0;
  private incidents = 0;
  private approvals = 0;
  private wallMs = 0;
  private gate = 'gate-0';

  constructor(governor: Governor, rng: Rng) {
    this.governor = governor;
    this.rng = rng;
    this.trouble = this.pick([0, 0.05, 0.4]);
    this.slowestAuditMs = this.pick([10_000, 1_000_000]);
    const weight = this.pick([1, 2, 2, 4, 8]);
    const completeness = this.pick([1, 1, 0.8, 0.25]);
    const maxDebt = this.pick([8, 8, 4, 60]);
    this.record('study.opened', entries.openedBody({ weight, completeness, maxDebt }));
    this.join(this.gate);
    this.record('noise.measured', entries.noiseBody(NOISE));
  }

  /** Something that may happen at any time. */
  step(): void {
    this.wallMs += this.rng.int(60_000);
    const roll = this.rng.float();
    if (this.rng.float() < this.trouble) this.haveTrouble();
    else if (roll < 0.33) this.propose();
    else if (roll < 0.67) this.attempt();
    else if (roll < 0.75) this.openDue();
    else this.finish(this.pick(VERDICTS), this.pick(COMPLETE));
  }

  private haveTrouble(): void {
    const roll = this.rng.int(10);
    if (roll < 2) this.openIncident();
    else if (roll < 4) this.closeIncident();
    else if (roll < 6) this.rate(this.rng.float() < 0.3);
    else if (roll < 8) this.changeGate();
    else if (roll < 9) this.resume();
    else this.next = undefined;
  }

  /** A challenger was accepted, and waits for its promotion; now and then one that was there before. */
  private propose(gain: number = this.pick(GAINS)): void {
    this.candidates += 1;
    const isAgain = this.rng.float() < 0.1;
    const number = isAgain ? 1 + this.rng.int(this.candidates) : this.candidates;
    const n = this.rng.float() < 0.05 ? 1 : 8;
    const candidate = `candidate-${number}`;
    if (candidate !== this.state.incumbent) this.next = { candidate, gain, n };
  }

  /** What the loop does where a promotion is due. */
  private attempt(): void {
    const { state, next, governor } = this;
    if (next === undefined) return;
    const pace = governor.pace(state, next);
    if (pace.verdict !== 'stop') this.promote(next);
    else if (pace.rollback) {
      this.record('candidate.rolled-back', { arm: 'main', ...pace.rollback });
    } else if (pace.until === 'candidate') this.next = undefined;
    else if (pace.until === 'audit') this.openDue();
  }

  private promote({ candidate, gain, n }: Next): void {
    const { incumbent: from } = this.state;
    if (!isVerdictFresh(this.state, candidate)) {
      this.record('gate.judged', entries.judgedBody(candidate, from));
    }
    this.record('candidate.promoted', entries.promotedBody({ candidate, from, gain, n }));
    this.next = undefined;
    if (this.rng.float() < 0.7) this.openDue();
  }

  /** Opens the audit that is due, where there is one. */
  private openDue(): void {
    const due = this.governor.due(this.state, this.next);
    if (due === undefined) return;
    const isKnown = this.rng.float() < 0.5;
    const cpuMs = isKnown ? auditCpuMs(this.state, due.opened.to) : undefined;
    this.record('audit.opened', { ...due.opened, ...(cpuMs === undefined ? {} : { cpuMs }) });
  }

  /** Ends the open audit, where there is one. */
  private finish(verdict: (typeof VERDICTS)[number], completeness: number): void {
    const open = this.state.audit;
    if (open === undefined) return;
    const took = { tookMs: this.rng.int(this.slowestAuditMs), cpuMs: this.rng.int(50_000) };
    const body = entries.finishedBody(open.audit, verdict, { completeness, ...took });
    this.record('audit.finished', body);
  }

  private openIncident(): void {
    this.incidents += 1;
    const about = this.pick([undefined, 'stranger', this.state.incumbent, this.next?.candidate]);
    const candidate = about === undefined ? {} : { candidate: about };
    const body = { incident: this.incidents, kind: 'canary', detail: '', ...candidate };
    this.record('incident.opened', body);
  }

  private closeIncident(): boolean {
    const [open] = this.state.incidents;
    if (open === undefined) return false;
    this.record('incident.closed', { incident: open.incident, by: 'a person', reason: 'seen' });
    return true;
  }

  private rate(frozen: boolean): void {
    this.record('gate.rated', entries.ratedBody(frozen));
  }

  private changeGate(): void {
    const digest = `gate-${this.rng.int(3)}`;
    if (this.rng.float() < 0.5) this.join(digest);
    else this.agree(digest, this.rng.float() < 0.7);
  }

  private join(digest: string): void {
    this.gate = digest;
    this.record('gatekeeper.joined', entries.joinedBody(digest));
  }

  /** A person is asked about another gatekeeper, and answers. */
  private agree(digest: string, isAgreed: boolean): void {
    this.approvals += 1;
    const approval = this.approvals;
    this.record('approval.requested', entries.gateChangeBody(approval, digest));
    const decision = isAgreed ? 'approve' : 'reject';
    const said = { at: 0, by: 'a person', reason: 'read' };
    this.record('approval.decided', { approval, decision, ...said });
  }

  /** After a crash: the state comes from a snapshot. */
  private resume(): void {
    this.state = deserialize(serialize(this.state)) as PaceState;
    this.record('study.resumed', { epoch: 1, fromSeq: this.events.length });
  }

  private record<T extends EventType>(type: T, body: EventBody[T]): void {
    const at = this.rng.int(2 ** 31);
    const event = entries.entry(type, body, { at, wallMs: this.wallMs, cpuMs: this.rng.int(100) });
    this.events.push(event);
    this.governor.apply(this.state, event);
    this.oracle.see(event);
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.rng.int(from.length)] as T;
  }

  /**
   * Everything from here on goes well, and people do what they are told: true once something is promoted, or
   * where the reason sends a person to another study.
   */
  canGoOn(): boolean {
    const before = this.oracle.promotions;
    for (let i = 0; i < PATIENCE; i++) {
      this.finish('pass', 1);
      if (this.next === undefined) this.propose(0.01);
      const pace = this.governor.pace(this.state, this.next);
      this.attempt();
      if (this.oracle.promotions > before) return true;
      if (pace.verdict !== 'stop' || pace.until !== 'person' || pace.rollback) continue;
      if (!this.obey(pace.reason)) return pace.reason.includes('start a new study');
    }
    return false;
  }

  /** Does what the sentence says; false where that cannot be done here. */
  private obey(reason: string): boolean {
    if (reason.includes('close it')) return this.closeIncident();
    if (reason.includes('mend the check')) this.rate(false);
    else if (reason.includes('Approve the change')) this.agree(this.gate, true);
    else if (reason.includes('and resume')) this.resume();
    else return false;
    return true;
  }
}

/** What was wrong with one study of random entries, in words; empty where nothing was. */
export function drivePace(study: PaceDrive, governor: Governor, steps: number): readonly string[] {
  for (let i = 0; i < steps; i++) study.step();
  const { state, oracle, events } = study;
  const again = newPace();
  for (const event of events) governor.apply(again, event);
  if (!isDeepStrictEqual(again, state)) oracle.broken.push('another state on replay');
  if (Math.abs(debtNow(state) - oracle.debt) > 1e-6) {
    oracle.broken.push('another debt than the entries say');
  }
  if (!study.canGoOn()) oracle.broken.push('no way on');
  return oracle.broken;
}

export interface ModelCheck {
  readonly governor: Governor;
  readonly sequences: number;
  /** Entries and attempts of each. */
  readonly steps: number;
}

/** What was wrong, and in how many of the sequences. */
export function checkPace({ governor, sequences, steps }: ModelCheck): Record<string, number> {
  const root = publicRoot('pace');
  const found: Record<string, number> = {};
  for (let i = 0; i < sequences; i++) {
    const study = new PaceDrive(governor, root.stream(i, 'model check'));
    for (const one of new Set(drivePace(study, governor, steps))) {
      found[one] = (found[one] ?? 0) + 1;
    }
  }
  return found;
}
