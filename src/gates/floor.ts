/** The checks there are, and which of them apply to a task. */
import { CHECK_NAMES, type CheckName } from '../core/checks.ts';
import type { Check, Declaration } from './contract.ts';

/** In the order in which they run. */
export const CHECKS: readonly Check[] = [];

export interface Applicable {
  readonly floor: readonly CheckName[];
  readonly unchecked: readonly { readonly check: CheckName; readonly why: string }[];
  readonly completeness: number;
}

export function applicable(task: Declaration): Applicable {
  const reasons = new Map(CHECKS.map((check) => [check.name, check.inapplicable(task)] as const));
  const floor = CHECK_NAMES.filter((name) => reasons.has(name) && !reasons.get(name));
  const unchecked = CHECK_NAMES.filter((name) => !floor.includes(name)).map((check) => ({
    check,
    why: reasons.get(check) ?? 'does not exist yet',
  }));
  return { floor, unchecked, completeness: 0 };
}
