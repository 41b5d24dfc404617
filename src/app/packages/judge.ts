/** Acceptance criteria against the facts of a ledger: met, not met, or open while the entry they need is missing. */
import { gainFigure, type Measure } from '../../claims/orient.ts';
import type { ReportFacts } from '../../reporters/facts.ts';
import { hitRates } from '../../reporters/report/follow-ons.ts';
import { numberText } from '../../reporters/report/number-text.ts';
import type { Criterion } from './brief.ts';

export interface Judged {
  readonly id: string;
  readonly asked: string;
  readonly verdict: 'met' | 'not met' | 'open';
  readonly found: string;
  /** Entries of the ledger that say so. */
  readonly seqs: readonly number[];
}

/** What `verify` said, where it was asked. */
export interface Verified {
  readonly ok: boolean;
  readonly findings: number;
  readonly seq: number;
}

type Ruling = Omit<Judged, 'id'>;

export function judgeCriteria(
  criteria: readonly Criterion[],
  facts: ReportFacts,
  verified: Verified,
): readonly Judged[] {
  return criteria.map((one) => ({ id: one.id, ...ruling(one, facts, verified) }));
}

function ruling(one: Criterion, facts: ReportFacts, verified: Verified): Ruling {
  switch (one.ask) {
    case 'gain':
      return gain(one.atLeast, facts);
    case 'ahead-of':
      return ahead(one.arm, facts);
    case 'promotions':
      return counted(`at least ${one.atLeast} promoted`, facts, {
        fact: 'promotions.total',
        isMet: (value) => value >= one.atLeast,
        // What was promoted stays in the ledger, so enough is enough before the end.
        isFinal: (isMet) => isMet,
      });
    case 'evals':
      return counted(`at most ${one.atMost} evaluations`, facts, {
        fact: 'evals.total',
        isMet: (value) => value <= one.atMost,
        isFinal: (isMet) => !isMet,
      });
    case 'follow-ons':
      return followed(one.atLeast, facts);
    case 'verified':
      return verification(verified, facts.isClosed);
  }
}

function gain(atLeast: number, { tally }: ReportFacts): Ruling {
  const metric: Measure = tally.opened?.body.metric ?? { unit: '' };
  const asked = `gain over the origin of at least ${numberText(atLeast)} ${metric.unit}, its interval included`;
  const compared = tally.comparisons.find(({ body }) => body.arm === 'origin');
  if (compared === undefined) return { asked, verdict: 'open', found: NOT_COMPARED, seqs: [] };
  const { effect, interval, verdict } = compared.body;
  const low = interval?.[0] ?? effect;
  const isMet = low !== undefined && verdict !== 'identical' && gainFigure(metric, low) >= atLeast;
  const shown = [effect, ...(interval ?? [])].map((value) =>
    value === undefined ? 'unknown' : numberText(gainFigure(metric, value)),
  );
  const [size = 'unknown', ...ends] = shown;
  const found = ends.length > 0 ? `${size} [${ends.join(', ')}]` : size;
  return { asked, verdict: isMet ? 'met' : 'not met', found, seqs: [compared.seq] };
}

const NOT_COMPARED = 'the final comparison is still to come';

function ahead(arm: string, { tally, isClosed }: ReportFacts): Ruling {
  const asked = `ahead of the control arm ${arm}`;
  const compared = tally.comparisons.find(({ body }) => body.arm === arm);
  if (compared) {
    const { verdict, words } = compared.body;
    const is = verdict === 'ahead' ? 'met' : 'not met';
    return { asked, verdict: is, found: words, seqs: [compared.seq] };
  }
  if (!isClosed) return { asked, verdict: 'open', found: NOT_COMPARED, seqs: [] };
  return { asked, verdict: 'not met', found: 'nothing was compared with it', seqs: [] };
}

interface Count {
  readonly fact: string;
  readonly isMet: (value: number) => boolean;
  /** Whether that stands before the study has ended. */
  readonly isFinal: (isMet: boolean) => boolean;
}

function counted(asked: string, { book, isClosed }: ReportFacts, count: Count): Ruling {
  const fact = book.get(count.fact);
  if (fact === undefined) return { asked, verdict: 'open', found: 'not recorded', seqs: [] };
  const isMet = count.isMet(Number(fact.value));
  const isFinal = isClosed || count.isFinal(isMet);
  const seqs = fact.span ? [fact.span.from, fact.span.to] : fact.seqs;
  return { asked, verdict: isFinal ? (isMet ? 'met' : 'not met') : 'open', found: fact.text, seqs };
}

function followed(atLeast: number, { tally, isClosed }: ReportFacts): Ruling {
  const asked = `at least ${atLeast} follow-ons with an answer`;
  const answered = hitRates(tally.followOns).reduce((sum, rate) => sum + rate.answered, 0);
  const seqs = [...tally.followOns.settled.values()].map(({ seq }) => seq);
  const isMet = answered >= atLeast;
  const verdict = isMet ? 'met' : isClosed ? 'not met' : 'open';
  return { asked, verdict, found: `${answered}`, seqs };
}

function verification({ ok, findings, seq }: Verified, isClosed: boolean): Ruling {
  const asked = 'every decision follows from the ledger';
  const found = ok ? 'paceline verify has no finding' : `paceline verify has ${findings} findings`;
  if (ok && !isClosed) return { asked, verdict: 'open', found: `${found} so far`, seqs: [seq] };
  return { asked, verdict: ok ? 'met' : 'not met', found, seqs: [seq] };
}
