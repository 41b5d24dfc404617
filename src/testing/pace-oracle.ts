/**
 * What may never happen, told from the entries alone by code that shares nothing with `src/pace`: the other
 * opinion of the model check.
 */
import type { EventBody, StoredEvent } from '../core/events.ts';

interface Promoted {
  readonly candidate: string;
  readonly gain: number;
  readonly number: number;
  looked: number | undefined;
}

interface Looking extends Pick<EventBody['audit.opened'], 'from' | 'to' | 'promotions'> {
  readonly audit: number;
  readonly epoch: number;
  readonly gate: string;
}

const STEP = Math.log(1.25);

/** Of a study of times: there a gain is its own log ratio. */
export class PaceOracle {
  readonly broken: string[] = [];
  promotions = 0;
  debt = 0;
  private weight = 0;
  private floorWeight = 0;
  private maxDebt = 0;
  private lineage: Promoted[] = [];
  private certifiedAt = 0;
  private origin = '';
  private looking: Looking | undefined;
  private readonly ahead = new Map<string, { readonly from: string; readonly looked: number }>();
  private epoch = 0;
  private failed = false;
  private frozen = false;
  private readonly incidents = new Set<number>();
  private readonly barred = new Set<string>();
  private gate = '';
  private isStrange = false;
  private strange = '';
  private readonly asked = new Map<number, string>();
  private agreed = '';
  private gateDebt = 0;
  private gateResidue = 0;
  private readonly judged = new Set<string>();

  see(event: StoredEvent): void {
    if (event.type === 'study.opened') this.open(event.body);
    if (event.type === 'candidate.promoted') this.promote(event.body);
    if (event.type === 'candidate.rolled-back') this.rollBack(event.body);
    if (event.type === 'audit.opened') this.look(event.body);
    if (event.type === 'audit.finished') this.looked(event.body);
    if (event.type === 'incident.opened') this.incidents.add(event.body.incident);
    if (event.type === 'incident.closed') this.incidents.delete(event.body.incident);
    if (event.type === 'gate.rated') this.frozen = event.body.frozen;
    if (event.type === 'gate.judged') this.judged.add(verdictKey(event.body));
    this.seeGate(event);
    this.debt = this.lineage.reduce(
      (sum, one) => sum + this.owed(one.gain) * (1 - (one.looked ?? 0)),
      this.gateDebt + this.gateResidue,
    );
    if (!(this.debt >= 0)) this.broken.push('debt below 0');
  }

  private incumbent(): string {
    return this.lineage.at(-1)?.candidate ?? this.origin;
  }

  private certified(): string {
    return this.lineage[this.certifiedAt - 1]?.candidate ?? this.origin;
  }

  private owed(gain: number): number {
    return this.floorWeight * (1 + gain / STEP);
  }

  private open({ gates, origin }: EventBody['study.opened']): void {
    this.origin = origin;
    this.weight = gates?.weight ?? 0;
    this.floorWeight = this.weight * (1 + (1 - (gates?.completeness ?? 1)));
    this.maxDebt = gates?.maxDebt ?? 0;
  }

  private promote({ candidate, from, gain, n }: EventBody['candidate.promoted']): void {
    const unaudited = this.lineage.slice(this.certifiedAt);
    const saved = this.ahead.get(candidate);
    const isAhead = saved?.from === from && unaudited.length === 0;
    const since = unaudited.reduce((sum, one) => sum + one.gain, 0);
    const most = this.weight >= 8 ? 0 : this.weight >= 4 ? 1 : 10;
    const complain = (is: boolean, what: string) => void (is && this.broken.push(what));
    complain(this.incidents.size > 0, 'promoted with an open incident');
    complain(this.frozen, 'promoted while frozen');
    complain(this.isStrange, 'promoted under a gate nobody agreed to');
    complain(this.failed, 'promoted after a failed audit without a rollback');
    complain(this.looking !== undefined, 'promoted while an audit was open');
    complain(this.barred.has(candidate), 'promoted a barred candidate');
    complain(!this.judged.has(verdictKey({ candidate, against: from })), 'promoted unjudged');
    complain(since >= STEP, 'promoted though the gain was due for an audit');
    complain(!isAhead && unaudited.length + 1 > most, 'promoted past the generations');
    this.promotions += 1;
    const logGain = n < 2 ? STEP : Math.max(0, gain);
    const looked = isAhead ? saved.looked : undefined;
    this.lineage.push({ candidate, gain: logGain, number: this.promotions, looked });
    if (isAhead) this.certifiedAt = this.lineage.length;
    const owed = this.lineage.reduce(
      (sum, one) => sum + this.owed(one.gain) * (1 - (one.looked ?? 0)),
      this.gateDebt + this.gateResidue,
    );
    complain(owed > this.maxDebt + 1e-6, 'promoted with debt over the bound');
  }

  private rollBack({ to, quarantined }: EventBody['candidate.rolled-back']): void {
    if (to !== this.certified()) this.broken.push('rolled back to what was not certified');
    this.lineage = this.lineage.slice(0, this.certifiedAt);
    this.epoch += 1;
    this.failed = false;
    this.ahead.clear();
    for (const one of quarantined) this.barred.add(one);
  }

  private look({ audit, from, to, promotions }: EventBody['audit.opened']): void {
    const { epoch, gate } = this;
    this.looking = { audit, from, to, promotions, epoch, gate };
  }

  private looked({ verdict, completeness }: EventBody['audit.finished']): void {
    const one = this.looking;
    this.looking = undefined;
    if (one === undefined || verdict === 'deferred') return;
    if (verdict === 'fail') {
      this.barred.add(one.to);
      const standing = this.lineage.slice(this.certifiedAt).map(({ candidate }) => candidate);
      this.failed ||= [this.certified(), ...standing].includes(one.to);
      return;
    }
    const isStale = one.epoch !== this.epoch || one.gate !== this.gate;
    if (isStale || one.from !== this.certified()) return;
    const covered = this.lineage.filter((each) => each.looked === undefined);
    if (one.to === this.incumbent() || covered.some(({ candidate }) => candidate === one.to)) {
      for (const each of covered.filter(({ number }) => number <= one.promotions)) {
        each.looked = completeness;
        this.certifiedAt += 1;
      }
      this.gateResidue += this.gateDebt * (1 - completeness);
      this.gateDebt = 0;
    } else {
      this.ahead.clear();
      this.ahead.set(one.to, { from: one.from, looked: completeness });
    }
  }

  private seeGate(event: StoredEvent): void {
    if (event.type === 'gatekeeper.joined') {
      const { digest } = event.body;
      this.gate ||= digest;
      this.isStrange = digest !== this.gate && digest !== this.agreed;
      if (digest !== this.gate && digest === this.agreed) this.changeGate(digest);
      else if (this.isStrange) this.strange = digest;
    }
    if (event.type === 'approval.requested') {
      this.asked.set(event.body.approval, event.body.candidate);
    }
    if (event.type === 'approval.decided' && event.body.decision === 'approve') {
      this.agreed = this.asked.get(event.body.approval) ?? '';
      if (this.isStrange && this.agreed === this.strange) this.changeGate(this.agreed);
    }
  }

  private changeGate(digest: string): void {
    this.gate = digest;
    this.isStrange = false;
    this.agreed = '';
    this.gateDebt += 8;
    this.ahead.clear();
  }
}

function verdictKey({
  candidate,
  against,
}: Pick<EventBody['gate.judged'], 'candidate' | 'against'>) {
  return `${candidate} ${against}`;
}
