/**
 * Every toggle against the baseline, a few at the same time. A program that repeats itself may differ nowhere; what differs is asked again,
 * and asked of the origin, before it counts: a busy machine, and a solver that reads the clock, are no candidate's
 * doing. One that does not repeat itself is compared by exact McNemar tests, Holm over all toggles.
 */
import type { Candidate } from '../../core/candidate.ts';
import { holm } from '../../stats/mcnemar.ts';
import type { Intake } from '../contract.ts';
import type { Bench, Row, Trial } from './bench.ts';
import { differing, discordance, type Yardstick } from './differences.ts';
import { conditionsOf, nameOf, type Toggle } from './plan.ts';
import type { Tell } from './table.ts';

/** Family-wise error of the tests on programs that do not repeat themselves. */
export const ALPHA = 1e-3;

export interface Subject {
  readonly bench: Bench;
  readonly intake: Intake;
  /** Answers in no special surroundings, to all inputs in their order. */
  readonly baseline: Row;
  readonly yardstick: () => Promise<Yardstick>;
  readonly repeatsItself: boolean;
  /** Its answers depend on what it answered before, from the first answer on. */
  readonly hasMemory: boolean;
}

export interface Found {
  readonly tell: string;
  readonly input: number;
  readonly baseline: Row[number];
  readonly toggled: Row[number];
}

export interface Tested {
  readonly tell: string;
  readonly p: number;
  readonly n: number;
}

/** The first discordance that holds; else every test, for Holm. */
export interface Searched {
  readonly found?: Found;
  readonly tested: readonly Tested[];
  /** Discordances that the origin shows too, and those that did not come back. */
  readonly shared: readonly string[];
  readonly passing: readonly string[];
}

/** Toggles that are asked together; all of the floor's are. */
export const TOGETHER = 6;

export function trialOf(toggle: Toggle, order: readonly number[]): Trial {
  return { order, conditions: conditionsOf(toggle) };
}

export interface Asked {
  readonly toggle: Toggle;
  readonly order: readonly number[];
  /** Answers in the same order, with nothing toggled. */
  readonly control: Row;
  /** Where it is known. */
  readonly row?: Row | undefined;
}

export async function searched(subject: Subject, all: readonly Asked[]): Promise<Searched> {
  const { bench, intake } = subject;
  const tested: Tested[] = [];
  const shared: string[] = [];
  const passing: string[] = [];
  let next: readonly Row[] = [];
  let from = 0;
  for (const [at, asked] of all.entries()) {
    const { toggle, control } = asked;
    if (asked.row === undefined && at >= from + next.length) {
      const some = all.slice(at, at + TOGETHER);
      const trials = some.map((one) => trialOf(one.toggle, one.order));
      [next, from] = [await bench.rows(intake.candidate, trials), at];
    }
    const row = asked.row ?? (next[at - from] as Row);
    const isLoose = !subject.repeatsItself || (toggle.isHistory && subject.hasMemory);
    if (isLoose) {
      tested.push(await testOf(subject, toggle, row));
      continue;
    }
    if (differing(control, row).length === 0) continue;
    const verdict = await confirmed(subject, asked, row);
    if (verdict === 'restless') tested.push(await testOf(subject, toggle, row));
    else if (verdict === 'shared') shared.push(nameOf(toggle));
    else if (verdict === 'passing') passing.push(nameOf(toggle));
    else return { found: await named(subject, asked, verdict), tested, shared, passing };
  }
  return { tested, shared, passing };
}

/** Tests that reject at `ALPHA`, of all toggles together. */
export function rejected(tested: readonly Tested[]): readonly Tested[] {
  const isRejected = holm(
    tested.map(({ p }) => p),
    ALPHA,
  );
  return tested.filter((_, at) => isRejected[at]);
}

async function testOf({ baseline, yardstick }: Subject, toggle: Toggle, row: Row): Promise<Tested> {
  const known = await yardstick();
  return { tell: nameOf(toggle), ...discordance(known.repeats[0] ?? baseline, row, known) };
}

/**
 * Asked anew on both sides. `passing`: the difference did not come back. `restless`: the same surroundings gave
 * other answers than before. `shared`: the origin differs as well.
 */
async function confirmed(
  { bench, intake }: Subject,
  { toggle, order, control }: Asked,
  row: Row,
): Promise<Omit<Found, 'tell'> | 'restless' | 'shared' | 'passing'> {
  const trials = [{ order }, trialOf(toggle, order)];
  const both = async (candidate: Candidate) =>
    (await bench.rows(candidate, trials)) as readonly [Row, Row];
  const [again, toggled] = await both(intake.candidate);
  const [input] = differing(again, toggled);
  if (input === undefined) return 'passing';
  if (differing(control, again).length + differing(row, toggled).length > 0) return 'restless';
  if (intake.origin.id !== intake.candidate.id) {
    const [before, after] = await both(intake.origin);
    if (differing(before, after).length > 0) return 'shared';
  }
  return { input, baseline: again[input], toggled: toggled[input] };
}

/** Of several tells toggled together, the one that does it; all of them where it takes more than one. */
async function named(
  { bench, intake }: Subject,
  { toggle, order, control }: Asked,
  found: Omit<Found, 'tell'>,
): Promise<Found> {
  const differs = async (tells: readonly Tell[]): Promise<boolean> => {
    const row = await bench.row(intake.candidate, trialOf({ ...toggle, tells }, order));
    return differing(control, row).length > 0;
  };
  let tells = toggle.tells;
  while (tells.length > 1) {
    const half = Math.ceil(tells.length / 2);
    const [first, second] = [tells.slice(0, half), tells.slice(half)];
    if (await differs(first)) tells = first;
    else if (await differs(second)) tells = second;
    else break;
  }
  return { ...found, tell: tells.map(({ name }) => name).join(' with ') };
}
