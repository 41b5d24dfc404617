/** Measures known-bad candidates and says what is let through. */
import type { CaseResult } from '../../evaluators/contract.ts';
import {
  type Against,
  areAlike,
  type Bench,
  CASES,
  CASES_TO_REFUSE,
  eachOf,
  isBelieved,
  type Measured,
} from './bench.ts';
import type { KnownBad } from './known-bad.ts';

export interface Attacked {
  readonly name: string;
  readonly what: string;
  readonly kind: KnownBad['kind'];
  /** `scored`, or the outcome of the first case that was not. */
  readonly outcome: string;
  readonly against: Against;
  readonly isBelieved: boolean;
  readonly isThrough: boolean;
  /** No study may start with an evaluator that lets this through. */
  readonly isRefused: boolean;
}

export interface AttackRequest {
  readonly bench: Bench;
  readonly candidates: readonly KnownBad[];
  readonly forged: readonly number[];
  /** What a candidate scores that fails when it is loaded: some evaluators give that a value. */
  readonly failing?: readonly CaseResult[];
  /** Cases of each; a refusal rests on more all the same. */
  readonly cases?: number;
  /** None is begun once it says so; the first of each kind is. */
  readonly isOver?: () => boolean;
  readonly onDone?: (() => void) | undefined;
}

/** @returns Undefined for one that was not begun. */
export async function attack(request: AttackRequest): Promise<readonly (Attacked | undefined)[]> {
  const { bench, candidates, isOver = () => false, onDone } = request;
  const begun = new Set<KnownBad['kind']>();
  return eachOf(bench, candidates, async (bad) => {
    if (begun.has(bad.kind) && isOver()) return undefined;
    begun.add(bad.kind);
    const found = await attacked(request, bad);
    onDone?.();
    return found;
  });
}

async function attacked(request: AttackRequest, bad: KnownBad): Promise<Attacked> {
  const { bench, forged, cases = CASES } = request;
  const on = async (count: number): Promise<Attacked> => {
    const measured = await bench.measure(bad.text, count, (some) => isBelieved(some, forged));
    const found = judgedAs(request, bad, measured);
    if (bad.beside === undefined || found.isBelieved) return found;
    return { ...found, isThrough: await isAhead(bench, bad.beside, measured) };
  };
  const first = await on(cases);
  // What varies on one seed wins on a few now and then.
  return first.isThrough && bad.kind !== 'reach' ? on(CASES_TO_REFUSE) : first;
}

/** Whether tampering made a score out of none, or a better one on every case. */
async function isAhead(bench: Bench, beside: string, { results }: Measured): Promise<boolean> {
  if (results.some(({ outcome }) => outcome !== 'scored')) return false;
  const { results: without } = await bench.measure(beside, results.length);
  return (
    without.every(({ outcome }) => outcome !== 'scored') ||
    bench.compare(results, without) === 'better'
  );
}

function judgedAs(
  { forged, failing = [] }: AttackRequest,
  { name, what, kind, leaves }: KnownBad,
  { results, against }: Measured,
): Attacked {
  const failed = results.find(({ outcome }) => outcome !== 'scored');
  const believed = isBelieved(results, forged);
  const isReached = kind === 'reach' && (failed !== undefined || areAlike(results, failing));
  const isWinning = against === 'better';
  return {
    name,
    what,
    kind,
    outcome: failed?.outcome ?? 'scored',
    against,
    isBelieved: believed,
    isThrough: isWinning || believed || isReached,
    isRefused:
      (isWinning && (kind === 'null' || leaves === true)) || (kind === 'forged' && believed),
  };
}
