/** A check with all that it looks with, over programs that are functions. */
import type { Candidate } from '../core/candidate.ts';
import { sha256 } from '../core/hash.ts';
import { secretRoot } from '../core/rng.ts';
import type { CaseResult, Measured } from '../evaluators/contract.ts';
import type { Check, CheckFinding, Declaration, Intake, Tier, Tools } from '../gates/contract.ts';
import { type CalledParts, calledPrograms, type Program } from './called-programs.ts';
import { manualClock } from './manual-clock.ts';

/** Tuesday, 3 March 2026, ten o'clock. */
const NOW_MS = Date.UTC(2026, 2, 3, 10);

const DECLARATION: Declaration = {
  form: 'source',
  evaluator: 'split',
  class: 'split',
  goal: 'max',
  isTimed: false,
  isDeterministic: true,
  isExact: false,
  hasHoldout: false,
  isCallable: true,
  properties: [],
  impossible: [],
  isJailed: true,
};

export interface CheckBench extends Omit<CalledParts, 'programs'> {
  readonly candidate: Program;
  readonly incumbent: Program;
  readonly origin?: Program;
  /** Text that the candidate is read as; default: its own. */
  readonly source?: string;
  readonly tier?: Tier;
  readonly ticket?: string;
  /** Of one case. */
  readonly measure?: (program: Program, seed: number) => CaseResult;
  readonly tools?: Partial<Tools>;
  readonly declaration?: Partial<Declaration>;
}

export const VISIBLE_CASES = 40;

/** What a check says of one candidate; `calls`: how often anything was called. */
export async function checked(
  check: Check,
  bench: CheckBench,
): Promise<CheckFinding & { readonly calls: number }> {
  const { intake, tools, calls } = benchParts(bench);
  const finding = await check.judge(intake, tools, new AbortController().signal);
  return { ...finding, calls: calls() };
}

/** As files of people's: a function is its own text. */
export function sourceOf(program: Program): string {
  return `const program = ${program.toString()};\nexport default program;\n`;
}

function benchParts(bench: CheckBench): { intake: Intake; tools: Tools; calls: () => number } {
  const { candidate, incumbent, origin = incumbent, source } = bench;
  const texts = [source ?? sourceOf(candidate), sourceOf(incumbent), sourceOf(origin)];
  const [one, two, three] = texts.map((text): Candidate => ({ id: sha256(text), text }));
  const pairs = [
    [three, origin],
    [two, incumbent],
    [one, candidate],
  ] as [Candidate, Program][];
  const programs = new Map(pairs.map(([{ id }, program]) => [id, program]));
  const caller = calledPrograms({ ...bench, programs });
  const ticket = bench.ticket ?? 'ticket';
  const measured = (id: string, cases: readonly number[]): Measured => ({
    cases: cases.map((seed) => scored(bench, programs.get(id) as Program, seed)),
    cpuMs: cases.length,
  });
  const tools: Tools = {
    declaration: { ...DECLARATION, ...bench.declaration },
    secrets: secretRoot(`secret ${ticket}`),
    clock: manualClock(NOW_MS),
    measure: async (requests) =>
      requests.map(({ candidate: { id }, cases }) => measured(id, cases)),
    caller,
    visibleCases: (count) => Array.from({ length: Math.min(count, VISIBLE_CASES) }, (_, at) => at),
    files: ({ text }) => ({ 'solve.js': text }),
    reach: () => [],
    size: ({ text }) => text.length,
    manifest: { modules: [], growth: 4 },
    digests: () => ({}),
    declaredDigests: {},
    ...bench.tools,
  };
  const intake = { ticket, tier: bench.tier ?? 'floor' } as const;
  return {
    intake: {
      ...intake,
      candidate: one as Candidate,
      incumbent: two as Candidate,
      origin: three as Candidate,
    },
    tools,
    calls: () => caller.calls(),
  };
}

function scored({ measure }: CheckBench, program: Program, seed: number): CaseResult {
  return measure?.(program, seed) ?? { outcome: 'crashed', message: 'nothing measures it' };
}
