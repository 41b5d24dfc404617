/** The checks between an accepted candidate and its promotion, by the names of safety.md §3. */

export const CHECKS = {
  C1: 'jail verdict',
  C2: 'tampering and telemetry',
  C3: 'functional non-inferiority on secret cases',
  C4: 'hold-out gap through the Ladder',
  C5: 'properties and metamorphic relations',
  C6: 'memorisation',
  C7: 'impossible tasks',
  C8: 'paired evaluation tells',
  C9: 'mutation adequacy of the checks',
  C10: 'timing honesty',
  C13: 'trigger search',
  C16: 'scope of the change',
  C17: 'suspicion and audit sampling',
  C18: 'qualification and traps of the gate',
} as const;

export type CheckName = keyof typeof CHECKS;

export const CHECK_NAMES: readonly CheckName[] = Object.keys(CHECKS) as CheckName[];

export function isCheckName(name: string): name is CheckName {
  return Object.hasOwn(CHECKS, name);
}
