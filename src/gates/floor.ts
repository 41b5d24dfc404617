/**
 * The synchronous floor (safety.md §4): which checks stand before a promotion, and what their findings come
 * to. What applies follows from the declaration alone, never from a candidate.
 */
import { CHECK_NAMES, type CheckName } from '../core/checks.ts';
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
import { suspicionOf } from './c17-suspicion.ts';
import type { Check, CheckFinding, Declaration } from './contract.ts';

/** In the order in which they run: C2 looks back on all the others. */
export const FLOOR: readonly Check[] = [
  // One line each, by number.
  jailCheck,
  nonInferiorityCheck,
  gapCheck,
  propertyCheck,
  memorisationCheck,
  impossibleCheck,
  tellsCheck,
  mutationCheck,
  timingCheck,
  triggerCheck,
  scopeCheck,
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

export interface Applicable {
  /** In the order of their numbers. */
  readonly floor: readonly CheckName[];
  readonly unchecked: readonly { readonly check: CheckName; readonly why: string }[];
  /** Share of C1 to C8 that apply, 0 to 1, each of the same weight. */
  readonly completeness: number;
}

export function applicable(task: Declaration, checks: readonly Check[] = FLOOR): Applicable {
  const looked = CHECK_NAMES.filter((name) => !OF_THE_GATE.includes(name)).map((check) => {
    const found = checks.find(({ name }) => name === check);
    const deep = DEEP_ONLY.includes(check)
      ? 'deep audits look at it, no promotion does'
      : undefined;
    const why = found ? (found.inapplicable(task) ?? deep) : 'this release has no such check';
    return { check, why };
  });
  const floor = looked.flatMap(({ check, why }) => (why === undefined ? [check] : []));
  const unchecked = looked.flatMap(({ check, why }) => (why === undefined ? [] : [{ check, why }]));
  return {
    floor,
    unchecked,
    completeness: share(PROMISED, (name) => Number(floor.includes(name))),
  };
}

export type Findings = Readonly<Partial<Record<CheckName, CheckFinding>>>;

export interface Overall {
  readonly verdict: 'pass' | 'fail' | 'deferred';
  /** For people: what decided, and who disagreed. */
  readonly why: string;
  readonly needsPerson?: string;
  readonly incident?: string;
  /** The largest of all checks. */
  readonly suspicion: number;
  /** Share of C1 to C8 that looked, each as far as it could; at most that of `applicable`. */
  readonly completeness: number;
}

/**
 * One refusal is a refusal, whoever else passed it; what one check could not tell, or did not answer, defers.
 * Two checks that disagree are not weighed against each other: `why` names both.
 *
 * @param floor Of `applicable`: what must have a finding.
 */
export function overall(floor: readonly CheckName[], findings: Findings): Overall {
  const of = (verdict: CheckFinding['verdict']): readonly CheckName[] =>
    floor.filter((name) => findings[name]?.verdict === verdict);
  const [passed, failed, unknown] = [of('pass'), of('fail'), of('inconclusive')];
  const absent = floor.filter((name) => findings[name] === undefined);
  const open = [...unknown, ...absent];
  const verdict =
    failed.length > 0 ? 'fail' : open.length > 0 || !passed.length ? 'deferred' : 'pass';
  const all = floor.flatMap((name) => findings[name] ?? []);
  const persons = floor.flatMap((name) => findings[name]?.needsPerson ?? []);
  const incident = all.find((one) => one.incident !== undefined)?.incident;
  return {
    verdict,
    why: words({ passed, failed, unknown, absent }, findings),
    ...(persons.length > 0 ? { needsPerson: persons.join('; ') } : {}),
    ...(incident === undefined ? {} : { incident }),
    suspicion: suspicionOf(all),
    completeness: share(PROMISED, (name) => looked(findings[name], floor.includes(name))),
  };
}

/** What came to no verdict has not looked. */
function looked(finding: CheckFinding | undefined, isOfFloor: boolean): number {
  if (finding === undefined || !isOfFloor || finding.verdict === 'inconclusive') return 0;
  return finding.completeness ?? 1;
}

type Sorted = Readonly<Record<'passed' | 'failed' | 'unknown' | 'absent', readonly CheckName[]>>;

function words({ passed, failed, unknown, absent }: Sorted, findings: Findings): string {
  const quotes = (names: readonly CheckName[]): string =>
    names.map((name) => `${name}: ${findings[name]?.why}`).join(' ');
  const missing = absent.length > 0 ? ` ${absent.join(', ')} gave no finding.` : '';
  if (failed.length > 0) {
    const others = passed.length > 0 ? ` ${passed.join(', ')} passed it: one refusal decides.` : '';
    return `${quotes(failed)}${others}`;
  }
  if (unknown.length > 0) return `${quotes(unknown)}${missing}`;
  if (absent.length > 0) return missing.trim();
  return passed.length > 0 ? `${passed.join(', ')} passed it.` : 'No check applies.';
}

function share(names: readonly CheckName[], of: (name: CheckName) => number): number {
  return names.reduce((sum, name) => sum + of(name), 0) / names.length;
}
