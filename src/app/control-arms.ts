/** The arms of a study as its config asks for them: the search, and what it is measured against. */
import type { EventBody } from '../core/events.ts';
import { MAIN_ARM } from '../loop/plan.ts';
import { type IslandsKeys, islandArms } from './islands-design.ts';

export interface ControlKeys extends IslandsKeys {
  readonly arms: readonly ControlName[];
  readonly share?: number | undefined;
}

type ControlName = keyof typeof CONTROL_SHARES;

/**
 * Shares where the config gives none. Best-of-n is what the search is measured against; random only
 * has to show whether the origin was worth starting from; the A/A arm guards an evaluator that
 * honest pairs already protect, so it is kept small: each of its trials is a null by construction.
 */
const CONTROL_SHARES = { 'best-of-n': 0.2, random: 0.05, 'no-op': 0.02 } as const;

/** A given share is divided among the arms as the default shares are. */
export function armsOf(control: ControlKeys): EventBody['study.opened']['arms'] {
  if (control.design === 'islands') return islandArms(control);
  const usual = control.arms.reduce((sum, name) => sum + CONTROL_SHARES[name], 0);
  const total = control.share ?? usual;
  const controls = total > 0 ? control.arms : [];
  return [
    { name: MAIN_ARM, search: 'improver', share: controls.length > 0 ? 1 - total : 1 },
    ...controls.map((name) => ({
      name,
      search: name,
      share: (total * CONTROL_SHARES[name]) / usual,
    })),
  ];
}
