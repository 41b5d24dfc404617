/** Candidate and incumbent on the same secret cases, in an order that neither can foresee. */
import type { Candidate } from '../core/candidate.ts';
import type { CheckName } from '../core/checks.ts';
import { PacelineError } from '../core/errors.ts';
import type { RngRoot } from '../core/rng.ts';
import type { CaseResult, MeasureRequest } from '../evaluators/contract.ts';
import type { Declaration, Intake, Tools } from './contract.ts';

export interface Pair {
  readonly ours: CaseResult;
  readonly theirs: CaseResult;
}

type Subjects = Pick<Intake, 'candidate' | 'incumbent'>;

/** Of a check's own stream for one ticket: case numbers that nobody else's draw moves. */
export function secretCases(
  secrets: RngRoot,
  of: { readonly ticket: string; readonly check: CheckName; readonly purpose: string },
  range: { readonly from: number; readonly count: number },
): readonly number[] {
  const name = `${of.ticket}\n${of.check}\n${of.purpose}`;
  return Array.from({ length: range.count }, (_, i) =>
    secrets.stream(-1, name, range.from + i).u32(),
  );
}

/** It repeats itself, so that nothing depends on who goes first. */
export function isSideBySide({ isDeterministic, isTimed }: Declaration): boolean {
  return isDeterministic && !isTimed;
}

/** Pairs, and results of the incumbent alone on `pilot`: in one process a side. @throws as `measuredPairs`. */
export async function sideBySide(
  { measure }: Pick<Tools, 'measure'>,
  {
    candidate,
    incumbent,
    cases,
    pilot = [],
  }: Subjects & { readonly cases: readonly number[]; readonly pilot?: readonly number[] },
  signal: AbortSignal,
): Promise<{ readonly pairs: readonly Pair[]; readonly pilot: readonly CaseResult[] }> {
  const both = [
    { candidate, cases },
    { candidate: incumbent, cases: [...cases, ...pilot] },
  ];
  const [ours, theirs] = await measure(both, signal);
  return {
    pairs: cases.map((_, i) => ({ ours: sound(ours?.cases[i]), theirs: sound(theirs?.cases[i]) })),
    pilot: pilot.map((_, i) => sound(theirs?.cases[cases.length + i])),
  };
}

/**
 * One pair for each case. A program that repeats itself is measured side by side; else case by case, who
 * goes first by a coin.
 *
 * @throws PacelineError `INFRASTRUCTURE` where the machine spoiled a result, or one is missing.
 */
export async function measuredPairs(
  tools: Pick<Tools, 'measure' | 'declaration'>,
  {
    candidate,
    incumbent,
    cases,
    coin,
  }: Subjects & {
    readonly cases: readonly number[];
    readonly coin: () => boolean;
  },
  signal: AbortSignal,
): Promise<readonly Pair[]> {
  if (isSideBySide(tools.declaration)) {
    return (await sideBySide(tools, { candidate, incumbent, cases }, signal)).pairs;
  }
  const isOursFirst = cases.map(() => coin());
  const requests = cases.flatMap((seed, i): MeasureRequest[] => {
    const one = (who: Candidate): MeasureRequest => ({ candidate: who, cases: [seed] });
    const both = [one(candidate), one(incumbent)];
    return isOursFirst[i] ? both : both.reverse();
  });
  const results = await tools.measure(requests, signal);
  return cases.map((_, i) => {
    const [first, second] = [2 * i, 2 * i + 1].map((at) => sound(results[at]?.cases[0]));
    if (first === undefined || second === undefined) throw spoiled('no result came');
    return isOursFirst[i] ? { ours: first, theirs: second } : { ours: second, theirs: first };
  });
}

/** What the machine spoiled is nobody's failure, and what is missing is nobody's result. */
export function sound(result: CaseResult | undefined): CaseResult {
  if (result === undefined) throw spoiled('no result came');
  if (result.outcome === 'infra-error') throw spoiled(result.message);
  return result;
}

function spoiled(why: string): PacelineError {
  return new PacelineError(
    'INFRASTRUCTURE',
    `A secret case could not be measured: ${why}. See that the machine is well, then ask for the verdict again.`,
  );
}
