/**
 * A study in small that obeys a pace governor: random legal entries, audits that pass, fail or give nothing,
 * after any delay, incidents, changes of the gate, crashes. What it drives is an argument, so that governors
 * with planted faults can be driven the same way.
 */
import { isDeepStrictEqual } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import type { EventBody, EventType, StoredEvent } from '../core/events.ts';
import type { Rng } from '../core/rng.ts';
import { debtNow } from '../pace/debt.ts';
import { type AuditDue, auditDue, type Next } from '../pace/due.ts';
import { applyPace } from '../pace/fold.ts';
import { isVerdictFresh, type Pace, paceOf } from '../pace/governor.ts';
import { newPace, type PaceState } from '../pace/state.ts';
import { PaceOracle } from './pace-oracle.ts';

export interface Governor {
  readonly apply: (state: PaceState, event: StoredEvent) => void;
  readonly pace: (state: PaceState, next?: Next) => Pace;
  readonly due: (state: PaceState, next?: Next) => AuditDue | undefined;
}

export const GOVERNOR: Governor = { apply: applyPace, pace: paceOf, due: auditDue };

export interface Drive {
  readonly governor: Governor;
  readonly rng: Rng;
  readonly steps: number;
}

const DIGEST = `sha256:${'0'.repeat(64)}`;
const STAMP = { entry: 1, evidence: DIGEST, key: DIGEST, signature: '' } as const;
const ORIGIN = 'origin';

/** One study, step by step. */
export class PaceDrive {
  state: PaceState = newPace();
  readonly oracle = new PaceOracle();
  readonly events: StoredEvent[] = [];
  private readonly governor: Governor;
  private readonly rng: Rng;
  private next: Next | undefined;
  private candidates = 0;
  private incidents = 0;
  private approvals = 0;
  private wallMs = 0;
  private gate = 'gate-0';

  constructor({ governor, rng }: Drive) {
    this.governor = governor;
    this.rng = rng;
    const weight = this.pick([1, 2, 2, 4, 8]);
    const completeness = this.pick([1, 1, 0.8, 0.25]);
    this.record('study.opened', openedBody({ weight, completeness }));
    this.join(this.gate);
    this.record('noise.measured', noiseBody());
  }

  /** Something that may happen at any time. */
  step(): void {
    this.wallMs += this.rng.int(60_000);
    const roll = this.rng.float();
    if (roll < 0.3) this.propose();
    else if (roll < 0.6) this.attempt();
    else if (roll < 0.68) this.openDue();
    else if (roll < 0.84) this.finish(this.pick(VERDICTS), this.pick([1, 1, 1, 0.9, 0.5, 0]));
    else if (roll < 0.87) this.openIncident();
    else if (roll < 0.91) this.closeIncident();
    else if (roll < 0.93) this.rate(this.rng.float() < 0.4);
    else if (roll < 0.95) this.changeGate();
    else if (roll < 0.97) this.resume();
    else this.next = undefined;
  }

  /** A challenger was accepted, and waits for its promotion. */
  propose(gain: number = this.pick([-0.1, 0, 0.01, 0.05, 0.1, 0.22, 0.3, 0.6, 2.5])): void {
    this.candidates += 1;
    const isAgain = this.rng.float() < 0.1;
    const number = isAgain ? 1 + this.rng.int(this.candidates) : this.candidates;
    const n = this.rng.float() < 0.05 ? 1 : 8;
    const candidate = `candidate-${number}`;
    if (candidate !== this.state.incumbent) this.next = { candidate, gain, n };
  }

  /** What the loop does where a promotion is due; true where something came of it. */
  attempt(): boolean {
    const { state, next, governor } = this;
    if (next === undefined) return false;
    const pace = governor.pace(state, next);
    if (pace.verdict !== 'stop') return this.promote(next);
    if (pace.rollback) {
      this.record('candidate.rolled-back', { arm: 'main', ...pace.rollback });
      return true;
    }
    if (pace.until === 'candidate') this.next = undefined;
    return pace.until === 'candidate' || (pace.until === 'audit' && this.openDue());
  }

  private promote({ candidate, gain, n }: Next): boolean {
    const { incumbent: from } = this.state;
    if (!isVerdictFresh(this.state, candidate)) {
      const verdict = { candidate, against: from, verdict: 'pass', ...STAMP } as const;
      this.record('gate.judged', verdict);
    }
    const size = { gain, n, interval: [gain, gain] as const, level: 0.95, notes: [] };
    const said = { approvedBy: 'autonomy level 4', atEvals: 1 };
    this.record('candidate.promoted', { arm: 'main', candidate, from, ...size, ...said });
    this.next = undefined;
    if (this.rng.float() < 0.7) this.openDue();
    return true;
  }

  /** Opens the audit that is due, where there is one. */
  openDue(): boolean {
    const due = this.governor.due(this.state, this.next);
    if (due) this.record('audit.opened', due.opened);
    return due !== undefined;
  }

  /** Ends the open audit, where there is one. */
  finish(verdict: (typeof VERDICTS)[number], completeness: number): boolean {
    const open = this.state.audit;
    if (open === undefined) return false;
    const took = { tookMs: this.rng.int(100_000), cpuMs: this.rng.int(50_000) };
    this.record('audit.finished', { audit: open.audit, verdict, completeness, ...took, ...STAMP });
    return true;
  }

  private openIncident(): void {
    this.incidents += 1;
    const about = this.pick([undefined, 'stranger', this.state.incumbent, this.next?.candidate]);
    const candidate = about === undefined ? {} : { candidate: about };
    const body = { incident: this.incidents, kind: 'canary', detail: '', ...candidate };
    this.record('incident.opened', body);
  }

  closeIncident(): boolean {
    const [open] = this.state.incidents;
    if (open === undefined) return false;
    this.record('incident.closed', { incident: open.incident, by: 'a person', reason: 'seen' });
    return true;
  }

  rate(frozen: boolean): void {
    const counts = { traps: 200, caught: frozen ? 180 : 200, honest: 100, refused: 0 };
    const recallLower = frozen ? 0.85 : 0.98;
    this.record('gate.rated', { ...counts, recallLower, frozen, entry: 1, evidence: DIGEST });
  }

  private changeGate(): void {
    if (this.rng.float() < 0.5) this.join(`gate-${this.rng.int(3)}`);
    else this.agree(`gate-${this.rng.int(3)}`, this.rng.float() < 0.7);
  }

  join(digest: string): void {
    this.gate = digest;
    const key = { secretCommit: DIGEST, key: DIGEST, publicKey: '', user: { own: true } } as const;
    this.record('gatekeeper.joined', { digest, ...key });
  }

  /** A person is asked about another gatekeeper, and answers. */
  agree(digest: string, isAgreed: boolean): void {
    this.approvals += 1;
    const approval = this.approvals;
    const bound = { evidence: DIGEST, rule: DIGEST, scope: [], requestedAt: 0, expiresAt: 1 };
    const about = {
      approval,
      about: 'gate-change',
      why: ['gate'],
      candidate: digest,
      against: this.gate,
    } as const;
    this.record('approval.requested', { ...about, ...bound });
    const decision = isAgreed ? 'approve' : 'reject';
    const said = { at: 0, by: 'a person', reason: 'read' };
    this.record('approval.decided', { approval, decision, ...said });
  }

  /** After a crash: the state comes from a snapshot. */
  resume(): void {
    this.state = deserialize(serialize(this.state)) as PaceState;
    this.record('study.resumed', { epoch: 1, fromSeq: this.events.length });
  }

  record<T extends EventType>(type: T, body: EventBody[T]): void {
    const at = this.rng.int(2 ** 31);
    const meta = { at, epoch: 0, wallMs: this.wallMs, cpuMs: this.rng.int(100) };
    const entry = { seq: this.events.length + 1, v: 1, actor: 'engine', hash: DIGEST };
    const event = { ...entry, type, body, meta } as unknown as StoredEvent;
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

const PATIENCE = 60;
const VERDICTS = ['pass', 'pass', 'pass', 'fail', 'deferred'] as const;

function noiseBody(): EventBody['noise.measured'] {
  const values = [100, 101, 99, 100, 102, 98, 100, 101, 99, 100, 100, 101];
  const said = { repeats: [], deterministic: false, parity: 0 };
  return { candidate: ORIGIN, cases: values.map((_, i) => i), values, ...said };
}

function openedBody(floor: {
  readonly weight: number;
  readonly completeness: number;
}): EventBody['study.opened'] {
  const gates = { declared: DIGEST, floor: [], unchecked: [], maxDebt: 8, ...floor };
  const metric = { name: 'time', goal: 'min', unit: 'ms', kind: 'time' } as const;
  const rule = { mode: 'fwer', smallestEffect: 2 };
  return { origin: ORIGIN, metric, rule, gates } as unknown as EventBody['study.opened'];
}

/** One study of random entries, and what was wrong with it, in words; empty where nothing was. */
export function drivePace(drive: Drive): readonly string[] {
  const study = new PaceDrive(drive);
  for (let i = 0; i < drive.steps; i++) study.step();
  const { state, oracle, events } = study;
  const again = newPace();
  for (const event of events) drive.governor.apply(again, event);
  if (!isDeepStrictEqual(again, state)) oracle.broken.push('another state on replay');
  const debt = debtNow(state);
  if (Math.abs(debt - oracle.debt) > 1e-6) oracle.broken.push('another debt than the entries say');
  if (!study.canGoOn()) oracle.broken.push('no way on');
  return oracle.broken;
}
