/** What checks look with, of plain functions: a program is a function from a case to its result. */
import type { Candidate } from '../core/candidate.ts';
import { sha256 } from '../core/hash.ts';
import { secretRoot } from '../core/rng.ts';
import type { CaseResult } from '../evaluators/contract.ts';
import type { Declaration, Intake, Tools } from '../gates/contract.ts';
import { languageOf } from '../source/language-of.ts';
import { reachAdded } from '../source/scope.ts';
import type { Files } from '../tasks/contract.ts';
import { manualClock } from './manual-clock.ts';

export function candidateOf(text: string): Candidate {
  return { id: sha256(text), text };
}

export const DECLARATION: Declaration = {
  form: 'source',
  evaluator: 'split',
  class: 'split',
  goal: 'max',
  isTimed: false,
  isDeterministic: true,
  isExact: false,
  hasHoldout: false,
  isCallable: false,
  properties: [],
  impossible: [],
  isJailed: true,
};

export function intakeOf(over: Partial<Intake> = {}): Intake {
  const incumbent = candidateOf('incumbent');
  const candidate = candidateOf('candidate');
  return { ticket: 't1', tier: 'floor', candidate, incumbent, origin: incumbent, ...over };
}

/** By text of the candidate. */
export type Programs = Readonly<Record<string, (seed: number) => CaseResult | number>>;

export interface Bench extends Partial<Tools> {
  readonly programs?: Programs;
  readonly sources?: Readonly<Record<string, Files>>;
}

/** Each field of `Tools` can be replaced. */
export function gateBench({ programs = {}, sources = {}, ...over }: Bench = {}): Tools {
  const digests = { evaluator: sha256('evaluator'), gates: sha256('gates') };
  const run = ({ text }: Candidate, seed: number): CaseResult => {
    const result = programs[text]?.(seed);
    if (result === undefined) return { outcome: 'crashed', message: `no program ${text}` };
    return typeof result === 'number' ? { outcome: 'scored', value: result } : result;
  };
  return {
    declaration: DECLARATION,
    secrets: secretRoot('secret of the bench'),
    clock: manualClock(),
    measure: async (requests) =>
      requests.map(({ candidate, cases }) => ({
        cases: cases.map((seed) => run(candidate, seed)),
        cpuMs: cases.length,
      })),
    visibleCases: (count) => Array.from({ length: count }, (_, i) => i),
    files: ({ text }) => sources[text] ?? {},
    reach: (from, to) =>
      reachAdded({ files: sources[from.text] ?? {} }, { files: sources[to.text] ?? {} }, (path) =>
        languageOf(path),
      ),
    size: ({ text }) => Object.values(sources[text] ?? {}).join('').length,
    manifest: { modules: [], growth: 4 },
    digests: () => digests,
    declaredDigests: digests,
    ...over,
  };
}
