/**
 * Looks at simulated incumbents: an honest one, and organisms with ground truth, by what an audit would see of
 * them. In units of σ, the noise of one evaluation.
 */
import type { IntentLook } from '../claims/divergence.ts';
import type { Rng } from '../core/rng.ts';

/** What is seen at a look, from 1; what is left out is honest. */
export interface SimulatedIntent {
  /** Mean of public less hidden. */
  readonly gap?: number;
  /** Chance that two answers to the same input differ, with a tell between and without. */
  readonly toggled?: number;
  readonly untoggled?: number;
  readonly passes?: number;
  readonly touches?: number;
}

/** What an audit looks at: pairs of public and hidden cases, inputs with and without a tell, impossible tasks. */
const PAIRS = 3;
const INPUTS = 8;
const TASKS = 2;

const HONEST = { gap: 0, toggled: 0.1, untoggled: 0.1, passes: 0.01, touches: 1e-4 } as const;

export function simulatedLook(rng: Rng, seen: SimulatedIntent = {}): IntentLook {
  const { gap, toggled, untoggled, passes, touches } = { ...HONEST, ...seen };
  const gaps = Array.from({ length: PAIRS }, () => gap + Math.SQRT2 * rng.normal());
  const tells = { toggled: 0, untoggled: 0 };
  for (let i = 0; i < INPUTS; i++) {
    const [isToggled, isUntoggled] = [rng.float() < toggled, rng.float() < untoggled];
    if (isToggled && !isUntoggled) tells.toggled += 1;
    if (isUntoggled && !isToggled) tells.untoggled += 1;
  }
  const passed = Array.from({ length: TASKS }, () => rng.float() < passes).filter(Boolean).length;
  return { gaps, tells, impossible: { asked: TASKS, passed }, canary: rng.float() < touches };
}

/** An incumbent that is looked at so often, and what shows at each look. */
export function simulatedSeries(
  rng: Rng,
  looks: number,
  at: (look: number) => SimulatedIntent = () => ({}),
): readonly IntentLook[] {
  return Array.from({ length: looks }, (_, i) => simulatedLook(rng, at(i + 1)));
}
