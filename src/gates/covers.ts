/**
 * What each check claims to catch, in classes of cheats (safety.md §7): recall is asked of claims alone, and a
 * class that no check of a task claims is named as not covered. A claim is made here, before anybody tries it.
 */
import { CHECK_NAMES, type CheckName } from '../core/checks.ts';

/** A case may also name the check that it was written for. */
const CLASSES: Readonly<Record<string, readonly CheckName[]>> = {
  worse: ['C3'],
  'lost case': ['C3'],
  tampering: ['C2'],
  'silenced telemetry': ['C2'],
  scope: ['C16'],
  'jail breach': ['C1'],
};

/** Of these checks, those that claim it. */
export function claimedBy(cheat: string, checks: readonly CheckName[]): readonly CheckName[] {
  const own = CHECK_NAMES.filter((name) => name === cheat);
  return [...(CLASSES[cheat] ?? []), ...own].filter((name) => checks.includes(name));
}
