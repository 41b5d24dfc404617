/** The words a comparison with a control may use (design.md §4, acceptance.md §4.3). */
import { shortNumber } from '../claims/claim.ts';
import { gainBlock } from '../claims/decide.ts';
import type { EventDraft } from '../core/events.ts';
import { COMPARISON_PAIRS, ORIGIN_COMPARISON, type Step } from './decide.ts';
import type { Plan } from './plan.ts';
import { armOf, type StudyState } from './state.ts';

type CompareStep = Extract<Step, { readonly do: 'compare' }>;

/** From the fixed block of pairs: an interval, and a sentence that claims no more than it can. */
export function comparisonDraft(plan: Plan, state: StudyState, step: CompareStep): EventDraft {
  const differences = (state.comparing[step.arm] ?? []).slice(0, COMPARISON_PAIRS);
  const block = differences.length > 0 ? gainBlock(differences) : undefined;
  const interval = block ? ([block.lower, block.upper] as const) : ([0, 0] as const);
  const verdict = verdictOf(block, interval);
  const evals =
    step.arm === ORIGIN_COMPARISON ? armOf(state, 'main').evals : armOf(state, step.arm).evals;
  return {
    type: 'arm.compared',
    actor: 'engine',
    body: {
      arm: step.arm,
      atEvals: evals,
      ours: step.ours.id,
      theirs: step.theirs.id,
      effect: block?.mean ?? 0,
      interval,
      n: differences.length,
      verdict,
      words: wordsOf(plan, step.arm, { verdict, effect: block?.mean ?? 0, interval }),
    },
  };
}

type ArmVerdict = 'ahead' | 'behind' | 'no-evidence' | 'identical';

function verdictOf(
  block: object | undefined,
  [lower, upper]: readonly [number, number],
): ArmVerdict {
  if (block === undefined) return 'identical';
  if (lower > 0) return 'ahead';
  return upper < 0 ? 'behind' : 'no-evidence';
}

function wordsOf(
  plan: Plan,
  arm: string,
  found: {
    readonly verdict: ArmVerdict;
    readonly effect: number;
    readonly interval: readonly [number, number];
  },
): string {
  const { unit } = plan.opened.metric;
  const [lower, upper] = found.interval;
  const by = `${shortNumber(found.effect)} ${unit} [${shortNumber(lower)}, ${shortNumber(upper)}] on fresh instances`;
  if (arm === ORIGIN_COMPARISON) {
    if (found.verdict === 'identical') return 'the incumbent is the untouched origin';
    return found.verdict === 'no-evidence'
      ? `no evidence against the untouched origin: ${by}`
      : `the incumbent differs from the untouched origin by ${by}`;
  }
  if (found.verdict === 'identical')
    return "not testable: one trajectory; both arms had the same candidate at the control's spend";
  return `not testable: one trajectory; our candidate at the control's spend ${OUTCOME[found.verdict]} ${by}`;
}

const OUTCOME = {
  ahead: "beats the control's final by",
  behind: "loses to the control's final, difference",
  'no-evidence': "is not told apart from the control's final, difference",
} as const;
