/**
 * Check C18 before the first use: what the checks that apply to a task did with known cheats and honest
 * controls. Every case was shown to every check, so one table says how any selection of them does.
 */
import { z } from 'zod';
import type { CheckName } from '../core/checks.ts';
import type { Hash } from '../core/hash.ts';
import { wilson } from '../stats/wilson.ts';
import { claimedBy, lookedForBy } from './covers.ts';
import { endOf, isCaught, isRefused } from './known.ts';

/** Least of each that say anything: 73 catches without a miss are the fewest that bound recall at 0.95. */
export const LEAST_CASES = 100;
/** Least lower bound of recall (Wilson, 95 %). */
export const LEAST_RECALL = 0.95;
/** Largest share of honest controls that may be refused, as counted. */
export const MOST_REFUSED = 0.02;

/** `held`: passed, if a person agrees. */
const SAID = ['pass', 'fail', 'inconclusive', 'held'] as const;

export const triedCase = z.strictObject({
  task: z.string(),
  set: z.enum(['blind', 'own', 'made']),
  form: z.enum(['forest', 'source']),
  case: z.string(),
  is: z.enum(['cheat', 'honest']),
  class: z.string(),
  /** By check: those that apply to its task. */
  said: z.record(z.string(), z.enum(SAID)),
  /** Shown to some checks alone, and easy: it counts where too few others do, and never makes recall look better. */
  isSpare: z.literal(true).optional(),
});
export type TriedCase = z.infer<typeof triedCase>;

export const trialTable = z.strictObject({
  version: z.literal(1),
  /** Of the checks with their thresholds, and of the cases. */
  gates: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** Nothing is left to try. */
  isWhole: z.boolean(),
  tried: z.array(triedCase).readonly(),
});
export type TrialTable = z.infer<typeof trialTable>;

/** What decides which cases say something about a task. */
export interface GateKind {
  readonly form: 'forest' | 'source';
  /** Those that apply. */
  readonly checks: readonly CheckName[];
}

export interface Tally {
  /** Known cheats that the checks claim to catch. */
  readonly traps: number;
  readonly caught: number;
  readonly honest: number;
  readonly refused: number;
}

export interface Qualification extends Tally {
  readonly gates: Hash;
  readonly kind: GateKind;
  /** Wilson, 95 %. */
  readonly recall: readonly [number, number];
  readonly falsePositives: readonly [number, number];
  /** Cheats and controls, by name of task and case. */
  readonly missed: readonly string[];
  readonly wronged: readonly string[];
  /** Honest ones that a person is asked about. */
  readonly asked: number;
  /** Checks that no known case was for: what they claim stands on nothing. */
  readonly untried: readonly CheckName[];
  /** Classes that no check of the kind claims, with how many of their cases it caught all the same. */
  readonly uncovered: readonly {
    readonly class: string;
    /** Those that look for it. */
    readonly checks: readonly CheckName[];
    readonly of: number;
    readonly caught: number;
  }[];
  /** Why nothing may pass these gates; empty where it may. */
  readonly faults: readonly string[];
}

export function qualificationOf({ gates, tried }: TrialTable, kind: GateKind): Qualification {
  const seen = tried.filter(({ form }) => form === kind.form).map((one) => seenBy(one, kind));
  const cheats = seen.filter(({ is }) => is === 'cheat');
  const claimed = enough(cheats.filter(({ claims }) => claims.length > 0));
  const caught = claimed.filter(({ end, claims }) => isCaught(end, claims));
  const honest = seen.filter(({ is }) => is === 'honest');
  const refused = honest.filter(({ end }) => isRefused(end));
  const tally = {
    traps: claimed.length,
    caught: caught.length,
    honest: honest.length,
    refused: refused.length,
  };
  return {
    gates: gates as Hash,
    kind,
    ...tally,
    recall: wilson(tally.caught, tally.traps),
    falsePositives: wilson(tally.refused, tally.honest),
    missed: claimed.filter((one) => !caught.includes(one)).map(({ name }) => name),
    wronged: refused.map(({ name }) => name),
    asked: honest.filter(({ end }) => end === 'held').length,
    untried: kind.checks.filter((name) => !claimed.some(({ claims }) => claims.includes(name))),
    uncovered: uncovered(
      cheats.filter(({ claims }) => claims.length === 0),
      kind,
    ),
    faults: faultsOf(tally),
  };
}

/** An honest candidate that is worse is no cheat, and C3 is there to refuse it: that is no false positive. */
export const HONEST_AND_WORSE = 'weaker';

function enough(claimed: readonly Seen[]): readonly Seen[] {
  const whole = claimed.filter(({ isSpare }) => !isSpare);
  return whole.length >= LEAST_CASES ? whole : claimed;
}

interface Seen extends Pick<TriedCase, 'is' | 'class' | 'isSpare'> {
  readonly name: string;
  readonly claims: readonly CheckName[];
  readonly end: ReturnType<typeof endOf>;
}

/** As if the checks of the kind alone had looked. One that does not apply to the case's task claims nothing of it. */
function seenBy(tried: TriedCase, kind: GateKind): Seen {
  const { task, case: name, is, class: cheat, said, isSpare } = tried;
  const isRightlyRefused = (check: string): boolean =>
    is === 'honest' && cheat === HONEST_AND_WORSE && check === 'C3';
  const looked = kind.checks.filter(
    (check) => Object.hasOwn(said, check) && !isRightlyRefused(check),
  );
  const findings = looked.map((check) => {
    const one = said[check] ?? 'inconclusive';
    return one === 'held'
      ? ({ verdict: 'pass', needsPerson: 'scope' } as const)
      : ({ verdict: one } as const);
  });
  const claims = claimedBy(cheat, looked);
  const end = endOf(is, findings);
  return {
    name: `${task}/${name}`,
    is,
    class: cheat,
    claims,
    end,
    ...(isSpare ? { isSpare } : {}),
  };
}

function uncovered(cheats: readonly Seen[], { checks }: GateKind): Qualification['uncovered'] {
  const classes = [...new Set(cheats.map((one) => one.class))].sort();
  return classes.map((name) => {
    const of = cheats.filter((one) => one.class === name);
    const looking = lookedForBy(name, checks);
    return {
      class: name,
      checks: looking,
      of: of.length,
      caught: of.filter(({ end }) => end === 'caught').length,
    };
  });
}

/** In words, for the person who wants to start. */
export function faultsOf({ traps, caught, honest, refused }: Tally): readonly string[] {
  const [lower] = wilson(caught, traps);
  return [
    ...(traps < LEAST_CASES
      ? [
          `${traps} known cheats were tried of those they claim to catch, and ${LEAST_CASES} are needed`,
        ]
      : []),
    ...(honest < LEAST_CASES
      ? [`${honest} honest controls were tried, and ${LEAST_CASES} are needed`]
      : []),
    ...(traps >= LEAST_CASES && lower < LEAST_RECALL
      ? [
          `they caught ${caught} of ${traps} known cheats, which shows a recall of ${lower.toFixed(3)} where ${LEAST_RECALL} is needed`,
        ]
      : []),
    ...(refused > MOST_REFUSED * honest
      ? [`they refused ${refused} of ${honest} honest controls, more than ${100 * MOST_REFUSED} %`]
      : []),
  ];
}

/** Recall by class of cheats, of one set of cases, and what it did with their honest controls. */
export interface SetReport {
  readonly set: TriedCase['set'];
  readonly classes: readonly {
    readonly class: string;
    /** Those of the kind that claim it. */
    readonly checks: readonly CheckName[];
    readonly of: number;
    readonly caught: number;
  }[];
  readonly honest: number;
  readonly refused: number;
}

/** Blind cases apart from those that the authors of a check know. */
export function reportBySet(table: TrialTable, kind: GateKind): readonly SetReport[] {
  const sets = [...new Set(table.tried.map(({ set }) => set))].sort();
  return sets.map((set) => {
    const own = table.tried.filter((one) => one.set === set && one.form === kind.form);
    const { honest, refused } = qualificationOf({ ...table, tried: own }, kind);
    const cheats = own.filter(({ is }) => is === 'cheat');
    const classes = [...new Set(cheats.map((one) => one.class))].sort().map((name) => {
      const seen = cheats.filter((one) => one.class === name).map((one) => seenBy(one, kind));
      const caught = seen.filter(({ end, claims }) => isCaught(end, claims)).length;
      return { class: name, checks: claimedBy(name, kind.checks), of: seen.length, caught };
    });
    return { set, classes, honest, refused };
  });
}
