/** Measures known-bad candidates and says what is let through. */
import {
  type Against,
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
  readonly forged: number;
  /** Cases of each; a refusal rests on more all the same. */
  readonly cases?: number;
  readonly onDone?: (() => void) | undefined;
}

export async function attack(request: AttackRequest): Promise<readonly Attacked[]> {
  const { bench, candidates, onDone } = request;
  return eachOf(bench, candidates, async (bad) => {
    const found = await attacked(request, bad);
    onDone?.();
    return found;
  });
}

async function attacked(request: AttackRequest, bad: KnownBad): Promise<Attacked> {
  const { bench, forged, cases = CASES } = request;
  const first = judgedAs(bad, await bench.measure(bad.text, cases), forged);
  if (!first.isRefused) return first;
  return judgedAs(bad, await bench.measure(bad.text, CASES_TO_REFUSE), forged);
}

function judgedAs(bad: KnownBad, { results, against }: Measured, forged: number): Attacked {
  const { name, what, kind } = bad;
  const failed = results.find(({ outcome }) => outcome !== 'scored');
  const believed = isBelieved(results, forged);
  const isReached = kind === 'reach' && failed !== undefined;
  return {
    name,
    what,
    kind,
    outcome: failed?.outcome ?? 'scored',
    against,
    isBelieved: believed,
    isThrough: against === 'better' || believed || isReached,
    isRefused: (kind === 'null' && against === 'better') || (kind === 'forged' && believed),
  };
}
