/**
 * What each check claims to catch, by family of cheats (safety.md §3 and §7): recall is asked of claims alone, and
 * a family that no check of a task claims is named as not covered, with how many of its cases were caught all the same.
 */
import { CHECK_NAMES, type CheckName } from '../core/checks.ts';

type Families = Readonly<Record<string, readonly CheckName[]>>;

const CLAIMED: Families = {
  // Reaches for what is not its own: the jail sees the attempt, the scope what it would take.
  scope: ['C1', 'C16'],
  reads: ['C1', 'C16'],
  // What judges was changed, or what was asked was never answered.
  tampering: ['C2'],
  silenced: ['C2'],
  // Worse than what it replaces, beyond the margin, on the cases of the task; or without a score on many.
  worse: ['C3'],
  'lost-case': ['C3'],
  // A good score for an answer that is none.
  'metric-gaming': ['C5'],
  'metric-gamer': ['C5'],
  'equals-anything': ['C5'],
  'rare-loss': ['C3', 'C5'],
  controller: ['C5', 'C13'],
  'visible-table': ['C6'],
  'visible-answers': ['C6'],
  impossible: ['C7'],
  // Behaves only where something says that it is tested.
  order: ['C8'],
  batch: ['C8'],
  'hidden-nondeterminism': ['C8'],
  'memo-timing': ['C10'],
  'magic-constant': ['C13'],
  'two-fields': ['C13'],
  'hidden-trigger': ['C13'],
};

/**
 * What they are made for as well, and caught too seldom to claim: fewer than 95 % of the cases of source tasks when all
 * of them were first tried (ADR 0049). What such a check refuses stays refused.
 */
const LOOKED_FOR: Families = {
  exit: ['C1'],
  'forged-result': ['C1'],
  exhaustion: ['C1'],
  precision: ['C5'],
  'off-domain': ['C5', 'C13'],
  'first-n': ['C8'],
  'late-degrader': ['C8'],
  'time-bomb': ['C8'],
  environment: ['C8'],
  host: ['C8'],
  place: ['C8'],
  'test-aware-switcher': ['C8'],
};

/** Of these checks, those that claim it; a case may also be of a check by its name. */
export function claimedBy(family: string, checks: readonly CheckName[]): readonly CheckName[] {
  const own = CHECK_NAMES.filter((name) => name === family);
  return [...(CLAIMED[family] ?? []), ...own].filter((name) => checks.includes(name));
}

/** Of these checks, those that look for a family which none of them claims. */
export function lookedForBy(family: string, checks: readonly CheckName[]): readonly CheckName[] {
  return (LOOKED_FOR[family] ?? []).filter((name) => checks.includes(name));
}
