/** Why a rule about candidates cannot be taken up, or taken back. */
import { type Constraint, mayChange } from '../core/constraint.ts';
import type { SteeringOf } from '../core/steering.ts';
import { MAIN_ARM, type Plan } from './plan.ts';
import type { StudyState } from './state.ts';
import { isVetoed } from './steering.ts';

export function refusedVeto(
  plan: Plan,
  state: StudyState,
  value: SteeringOf<'veto'>['value'],
): string | undefined {
  const standing = state.steering.rules.filter((rule) => rule.kind === 'veto');
  if (standing.some((veto) => isSame(veto.value, value))) return 'That is vetoed already.';
  if (value.what === 'candidate') return refusedCandidateVeto(plan, state, value.candidate);
  if (value.what === 'operator') return undefined;
  const names = new Set(
    plan.lanes.filter(({ arm }) => arm === MAIN_ARM).map(({ proposer }) => proposer.name),
  );
  if (!names.has(value.name)) {
    return `No proposer of this study is named "${value.name}". It has: ${[...names].join(', ')}.`;
  }
  const vetoes = [...standing, { value }];
  const left = [...names].filter((proposer) =>
    vetoes.every((veto) => !isVetoed(veto, { proposer, candidate: '', operator: '' })),
  );
  if (left.length > 0) return undefined;
  return `Without ${value.name} nobody is left to propose. End the study with paceline stop instead.`;
}

function isSame(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function refusedCandidateVeto(
  plan: Plan,
  { arms }: StudyState,
  candidate: string,
): string | undefined {
  const holder = Object.values(arms).find(({ incumbent }) => incumbent.id === candidate);
  if (holder !== undefined) {
    return `It is the incumbent of ${holder.name}, and a veto does not roll back what was promoted. Stop the study with paceline stop, and apply another candidate.`;
  }
  if (candidate !== plan.origin.id) return undefined;
  return 'It is the origin, which everything is compared with at the end. Start a study from another origin instead.';
}

export function refusedConstraint(
  { source }: Plan,
  { steering }: StudyState,
  value: Constraint,
): string | undefined {
  const standing = steering.rules.filter((rule) => rule.kind === 'constraint');
  if (Object.values(value).every((part) => part === undefined)) {
    return 'It rules nothing. Name a size, files, modules or privileges.';
  }
  if (standing.some((rule) => isSame(rule.value, value))) return 'That is ruled already.';
  const { only, not, noImports, noPrivileges } = value;
  if (!(only ?? not ?? noImports ?? noPrivileges)) return undefined;
  if (source === undefined) {
    return 'The language of this study has one file, and no words for modules or privileges. Only a size can be ruled here.';
  }
  const foreign = [...(only ?? []), ...(not ?? [])].find((path) => !source.files.includes(path));
  if (foreign !== undefined) {
    return `${foreign} is not a file that candidates may change. They may change: ${source.files.join(', ')}.`;
  }
  const rules = [...standing.map((rule) => rule.value), value];
  if (source.files.some((path) => rules.every((rule) => mayChange(rule, path)))) return undefined;
  return 'Then no file could be changed at all. End the study with paceline stop instead, or lift another constraint first.';
}

export function refusedLift({ steering }: StudyState, id: string): string | undefined {
  if (steering.rules.some((rule) => rule.id === id)) return undefined;
  return steering.ids.includes(id)
    ? `Steering ${id} is no veto or constraint that stands, and nothing else can be lifted. paceline status lists what stands; a pin is taken back with paceline steer unpin.`
    : `No steering ${id} was taken up. paceline status lists what stands.`;
}
