/**
 * The synchronous floor (safety.md §4): which checks stand before a promotion, and what their findings come
 * to. What applies follows from the declaration alone, never from a candidate.
 */
import { CHECK_NAMES, type CheckName } from '../core/checks.ts';
import { DEEP_WORDS } from '../core/safety-events.ts';
import type { SealedFinding } from '../core/verdict.ts';
import { jailCheck } from './c1-jail.ts';
import { tamperingCheck } from './c2-tampering.ts';
import { nonInferiorityCheck } from './c3-non-inferiority.ts';
import { gapCheck } from './c4-gap.ts';
import { propertyCheck } from './c5-properties.ts';
import { memorisationCheck } from './c6-memorisation.ts';
import { impossibleCheck } from './c7-impossible.ts';
import { tellsCheck } from './c8-tells.ts';
import { mutationCheck } from './c9-mutation.ts';
import { timingCheck } from './c10-timing.ts';
import { triggerCheck } from './c13-triggers.ts';
import { scopeCheck } from './c16-scope.ts';
import type { Check, Declaration, Tier } from './contract.ts';

/**
 * In the order of their findings: first what costs nothing, then what runs beside each other, by number, then what
 * takes times, and C2, which looks back on all the others.
 */
export const FLOOR: readonly Check[] = [
  gapCheck,
  scopeCheck,
  jailCheck,
  nonInferiorityCheck,
  propertyCheck,
  memorisationCheck,
  impossibleCheck,
  tellsCheck,
  mutationCheck,
  triggerCheck,
  timingCheck,
  tamperingCheck,
];

/** What the floor promises (safety.md §4, point 1). */
const PROMISED: readonly CheckName[] = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8'];
/** Of the gate as a whole: no finding of theirs is about one candidate. */
const OF_THE_GATE: readonly CheckName[] = ['C17', 'C18'];

/**
 * Of deep audits alone. C9 says what other checks are worth, and nothing about a candidate. C13 plants inputs far
 * from any that a task makes, on which honest programs may run until their time-out: minutes, where the floor has a
 * second. Neither is of the floor that is promised.
 */
export const DEEP_ONLY: readonly CheckName[] = ['C9', 'C13'];

/** `tier`: where it is looked at all the same; absent: nowhere. */
export interface Unchecked {
  readonly check: CheckName;
  readonly why: string;
  readonly tier?: Extract<Tier, 'deep'>;
}

export interface Applicable {
  /** In the order of their numbers. */
  readonly floor: readonly CheckName[];
  readonly unchecked: readonly Unchecked[];
  /** Share of C1 to C8 that apply, 0 to 1, each of the same weight. */
  readonly completeness: number;
}

export function applicable(task: Declaration, checks: readonly Check[] = FLOOR): Applicable {
  const names = CHECK_NAMES.filter((name) => !OF_THE_GATE.includes(name));
  const unchecked = names.flatMap((name) => uncheckedOf(name, task, checks) ?? []);
  const floor = names.filter((name) => unchecked.every(({ check }) => check !== name));
  return {
    floor,
    unchecked,
    completeness: share(PROMISED, (name) => Number(floor.includes(name))),
  };
}

/** Undefined for what stands before a promotion. */
function uncheckedOf(
  check: CheckName,
  task: Declaration,
  checks: readonly Check[],
): Unchecked | undefined {
  const found = checks.find(({ name }) => name === check);
  const why = found ? found.inapplicable(task) : 'this release has no such check';
  if (why !== undefined) return { check, why };
  if (!DEEP_ONLY.includes(check)) return undefined;
  return { check, why: DEEP_WORDS, tier: 'deep' };
}

/** What decides of a finding. */
export type Said = Pick<SealedFinding, 'check' | 'verdict' | 'needsPerson' | 'incident'>;

export interface Overall {
  readonly verdict: 'pass' | 'fail' | 'deferred';
  /** Why a person has to agree, of all who ask for one. */
  readonly needsPerson?: string;
  readonly incident?: string;
}

/**
 * One refusal is a refusal, whoever else passed it; what one check could not tell, or did not answer, defers.
 * Two checks that disagree are not weighed against each other.
 *
 * @param wanted Names of what must have a finding.
 */
export function overall(wanted: readonly string[], findings: readonly Said[]): Overall {
  const persons = findings.flatMap(({ needsPerson }) => needsPerson ?? []);
  const incident = findings.find((one) => one.incident !== undefined)?.incident;
  return {
    verdict: verdictOf(wanted, findings),
    ...(persons.length > 0 ? { needsPerson: persons.join('; ') } : {}),
    ...(incident === undefined ? {} : { incident }),
  };
}

function verdictOf(wanted: readonly string[], findings: readonly Said[]): Overall['verdict'] {
  if (findings.some(({ verdict }) => verdict === 'fail')) return 'fail';
  const isOpen =
    findings.length === 0 ||
    findings.some(({ verdict }) => verdict !== 'pass') ||
    wanted.some((name) => findings.every(({ check }) => check !== name));
  return isOpen ? 'deferred' : 'pass';
}

function share(names: readonly CheckName[], of: (name: CheckName) => number): number {
  return names.reduce((sum, name) => sum + of(name), 0) / names.length;
}
