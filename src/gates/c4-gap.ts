/**
 * Check C4 as a finding: what the sealed hold-out said of the candidate (c4-holdout.ts, which is asked before
 * the floor), and whether the gain that the study claims is far above the one on the sealed cases.
 */
import { gapBetween, sizeOf } from '../claims/holdout.ts';
import { pairDifferences } from '../claims/pairs.ts';
import type { GateBody } from '../core/holdout.ts';
import type { Check, CheckFinding, Declaration, Intake, Tools } from './contract.ts';
import { stopped } from './sentence.ts';

/** A gap that large is no chance: of the difference of the two gains (safety.md §3). */
const ERRORS = 3;
/**
 * Of the metric's range, where it is declared: two percentage points of a rate. A set of a few dozen cases misses
 * that by chance every other time, so the gap's lower 97.5 % bound has to lie above it.
 */
const POINTS = 0.02;
const Z = 1.96;

export const gapCheck: Check = {
  name: 'C4',
  isAlone: true,
  inapplicable: ({ hasHoldout }) =>
    hasHoldout ? undefined : 'no hold-out is sealed (splits.holdout)',
  judge: async (intake, tools) => gapFinding(askedAbout(intake, tools), tools.declaration),
};

type Judged = GateBody<'judged'>;

/** A deep audit compares with what was certified last, which the set was not asked against. */
function askedAbout({ candidate, incumbent, tier }: Intake, tools: Tools): Judged | undefined {
  const all = tools.heldOut?.(candidate.id) ?? [];
  return tier === 'deep' ? all.at(-1) : all.findLast(({ against }) => against === incumbent.id);
}

function gapFinding(judged: Judged | undefined, declaration: Declaration): CheckFinding {
  if (judged === undefined) {
    const why = 'The sealed hold-out was not asked about it.';
    return { verdict: 'inconclusive', why, evidence: null, cases: 0 };
  }
  const { goal, isTimed, tolerance } = declaration;
  const differences = pairDifferences(judged, isTimed ? { goal, kind: 'time' } : { goal });
  const sealed = sizeOf(differences);
  const { gap, error, rounding } = gapBetween(judged.block, sealed);
  const { generation, query, gate, verdict } = judged;
  const numbers = { block: { ...judged.block }, sealed: { ...sealed }, gap, error };
  const found = { evidence: { generation, query, gate, verdict, ...numbers }, cases: sealed.n };
  const far = (why: string): CheckFinding => ({ ...found, verdict: 'fail', why, suspicion: 1 });
  if (gate === 'fail')
    return far(stopped(`The sealed hold-out refused it: ${judged.why ?? 'no reason'}`));
  if (sealed.n < 2 || judged.block.n < 2) {
    const why = 'Too few sealed cases have a score on both sides.';
    return { ...found, verdict: 'inconclusive', why, suspicion: 0.5 };
  }
  if (gap > ERRORS * error + rounding) {
    return far(
      'Its gain on the sealed cases is more than three standard errors below the claimed one.',
    );
  }
  const most = POINTS * (tolerance?.bound ?? Number.POSITIVE_INFINITY);
  if (gap - Z * error > most + rounding) {
    return far(
      'Its gain on the sealed cases is more than two hundredths of the range below the claimed one.',
    );
  }
  const why = `Its gain on ${sealed.n} sealed cases bears out the claimed one.`;
  return { ...found, verdict: 'pass', why, suspicion: suspicionOf(gap, error) };
}

/** From no gap at all, 0, to one at which it would be refused, 1. */
function suspicionOf(gap: number, error: number): number {
  return error > 0 ? Math.min(1, Math.max(0, gap / (ERRORS * error))) : 0;
}
