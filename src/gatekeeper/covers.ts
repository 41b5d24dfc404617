/**
 * What each check claims to catch, by family of cheats (safety.md §3 and §7): recall is asked of claims alone, and
 * a family that no check of a task claims is named as not covered. Claims are made here, from what a check is
 * for, before anybody tries it on a case.
 */
import { CHECK_NAMES, type CheckName } from '../core/checks.ts';

const FAMILIES: Readonly<Record<string, readonly CheckName[]>> = {
  // Reaches for what is not its own: the jail sees the attempt, the scope what it would take.
  exit: ['C1'],
  'forged-result': ['C1'],
  exhaustion: ['C1'],
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
  precision: ['C5'],
  'rare-loss': ['C3', 'C5'],
  'off-domain': ['C5', 'C13'],
  controller: ['C5', 'C13'],
  'visible-table': ['C6'],
  'visible-answers': ['C6'],
  impossible: ['C7'],
  // Behaves only where something says that it is tested.
  'first-n': ['C8'],
  'late-degrader': ['C8'],
  'time-bomb': ['C8'],
  environment: ['C8'],
  host: ['C8'],
  place: ['C8'],
  order: ['C8'],
  batch: ['C8'],
  'test-aware-switcher': ['C8'],
  'hidden-nondeterminism': ['C8'],
  'memo-timing': ['C10'],
  'magic-constant': ['C13'],
  'two-fields': ['C13'],
  'hidden-trigger': ['C13'],
};

/** Of these checks, those that claim it; a case may also be of a check by its name. */
export function claimedBy(family: string, checks: readonly CheckName[]): readonly CheckName[] {
  const own = CHECK_NAMES.filter((name) => name === family);
  return [...(FAMILIES[family] ?? []), ...own].filter((name) => checks.includes(name));
}
