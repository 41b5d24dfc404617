/** All that a person needs who decides about a request, from the ledger alone. */

import { type ClaimCard, claimCard } from '../../claims/card.ts';
import { gainBlock } from '../../claims/decide.ts';
import type { Metric } from '../../claims/orient.ts';
import { pairDifferences } from '../../claims/pairs.ts';
import type { AcceptanceRule } from '../../claims/rule.ts';
import { type ApprovalReason, standingAt } from '../../core/approval.ts';
import type { EventBody } from '../../core/events.ts';
import { readRecord } from '../../gates/record-file.ts';
import { gainText } from '../../reporters/report/number-text.ts';
import { lostEvidence } from '../lost-evidence.ts';
import { type StudyPlace, withSoundLedger } from '../read-ledger.ts';
import { diffCandidates, showCandidate } from '../show-candidate.ts';
import { evidencePath, gateRecordPath } from '../study-files.ts';
import { systemClock } from '../system-clock.ts';
import { type AnswerLeft, answerLeft } from './left.ts';
import type { Requested } from './requests.ts';

export interface RequestShown {
  readonly asked: EventBody['approval.requested'];
  readonly entry: number;
  /** Why a person has to agree, in words. */
  readonly why: readonly string[];
  /** By the clock of this machine, now. */
  readonly stands: 'stands' | 'before' | 'expired';
  /** What somebody answered, where the study has not taken it up yet. */
  readonly left?: AnswerLeft;
  /** Of a promotion. */
  readonly promotion?: PromotionShown;
}

export interface PromotionShown {
  readonly trial: number;
  /** The gain of its block, as its promotion would say it; absent for an exact study, whose claim has it. */
  readonly gain?: string;
  readonly claims: readonly ClaimCard[];
  /** What the gatekeeper said; absent in a study without. */
  readonly gates?: {
    readonly verdict: string;
    readonly checks: readonly string[];
    /** What the verdict rests on is gone: no yes to it counts. */
    readonly isLost?: true;
  };
  /** What nobody checked, and why. */
  readonly unchecked: readonly string[];
  readonly diff: string;
}

const REASONS: Readonly<Record<ApprovalReason, string>> = {
  autonomy: 'at autonomy level 3 a person promotes',
  scope: 'it reaches further than safety.manifest allows by itself',
  gain: 'with it the verified gain since a person last agreed reaches what safety.approval.gain asks a person about (by default fourfold)',
  gate: 'the gate that judges is another one than before',
};

export async function describeRequest(
  root: string,
  id: string,
  event: Requested,
): Promise<RequestShown> {
  const { body: asked, seq: entry, trial } = event;
  const left = answerLeft({ root, id }, asked.approval);
  const shown = {
    asked,
    entry,
    ...(left ? { left } : {}),
    why: asked.why.map((reason) => REASONS[reason]),
    stands: standingAt(asked, systemClock.wallMs()),
  };
  if (asked.about === 'gate-change' || trial === undefined) return shown;
  const { candidate, against } = asked;
  const found = await withSoundLedger({ root, id }, (ledger) =>
    measuredOf(ledger, trial, (entry) => isLost({ root, id }, entry)),
  );
  const { diff } = await diffCandidates(root, id, { from: against, to: candidate });
  const record = await showCandidate(root, id, candidate);
  const claims = record.claims
    .filter(({ claim, arm }) => arm === undefined && claim.verdict === 'accepted')
    .map(({ claim }) => claimCard(claim));
  return { ...shown, promotion: { trial, claims, diff, ...found } };
}

type Ledger = Parameters<Parameters<typeof withSoundLedger>[1]>[0];

/** @param entry Number of a verdict in the gate's own record. */
function isLost({ root, id }: StudyPlace, entry: number): boolean {
  const rows = readRecord(gateRecordPath(root, id));
  const row = rows?.[entry - 1];
  if (rows === undefined || row === undefined) return true;
  return lostEvidence(rows, evidencePath(root, id)).has(row.hash);
}

async function measuredOf(
  ledger: Ledger,
  trial: number,
  lost: (entry: number) => boolean,
): Promise<Pick<PromotionShown, 'gain' | 'gates' | 'unchecked'>> {
  let opened: EventBody['study.opened'] | undefined;
  let judged: EventBody['gate.judged'] | undefined;
  const block: number[] = [];
  const types = ['study.opened', 'measurement.recorded', 'gate.judged'] as const;
  for await (const page of ledger.read(0, { types })) {
    for (const event of page) {
      if (event.type === 'study.opened') opened = event.body;
      if (event.trial !== trial) continue;
      if (event.type === 'gate.judged') judged = event.body;
      if (event.type !== 'measurement.recorded' || event.body.purpose !== 'block' || !opened)
        continue;
      const { values, againstValues = [] } = event.body;
      block.push(...pairDifferences({ values, againstValues }, opened.metric));
    }
  }
  const { gates, metric, rule } = opened ?? {};
  const gain = metric && rule ? blockText(block, metric, rule as AcceptanceRule) : undefined;
  return {
    ...(gain === undefined ? {} : { gain }),
    ...(judged && gates ? { gates: verdictOf(judged, gates.floor, lost) } : {}),
    unchecked: (gates?.unchecked ?? []).map(({ check, why }) => `${check}: ${why}`),
  };
}

function verdictOf(
  { verdict, entry }: EventBody['gate.judged'],
  checks: readonly string[],
  lost: (entry: number) => boolean,
): NonNullable<PromotionShown['gates']> {
  return { verdict, checks, ...(lost(entry) ? { isLost: true } : {}) };
}

function blockText(
  block: readonly number[],
  metric: Metric & { readonly unit: string },
  rule: AcceptanceRule,
): string | undefined {
  if (rule.mode === 'exact' || block.length < 2) return undefined;
  const { mean: effect, lower, upper, n } = gainBlock(block, rule.minEffect, metric);
  return `${gainText({ effect, interval: [lower, upper] }, metric)}, ${n} pairs`;
}
