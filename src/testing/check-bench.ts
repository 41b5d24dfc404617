/** A check with all that it looks with, over programs that are functions. */
import type { Candidate } from '../core/candidate.ts';
import { canonicalJson, sha256 } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { secretRoot } from '../core/rng.ts';
import type { Caller, CaseResult, Measured } from '../evaluators/contract.ts';
import type {
  Check,
  CheckFinding,
  Declaration,
  Intake,
  Properties,
  Tier,
  Tools,
} from '../gates/contract.ts';
import { type CalledParts, calledPrograms, type Program } from './called-programs.ts';
import { DECLARATION } from './gate-bench.ts';
import { manualClock } from './manual-clock.ts';

/** Tuesday, 3 March 2026, ten o'clock. */
const NOW_MS = Date.UTC(2026, 2, 3, 10);

export interface CheckBench extends Omit<CalledParts, 'programs'> {
  readonly candidate: Program;
  readonly incumbent: Program;
  readonly origin?: Program;
  /** Text that the candidate is read as; default: its own. */
  readonly source?: string;
  /** A program as files of people's; default: `sourceOf`. */
  readonly textOf?: (program: Program) => string;
  readonly tier?: Tier;
  readonly ticket?: string;
  /** Of one case. */
  readonly measure?: (program: Program, seed: number) => CaseResult;
  /** Of C7: called on the input, this answer passes. */
  readonly impossible?: { readonly name: string; readonly input: Json; readonly answer: Json };
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

/** The same in a process: what a program looks at is what stands around it there. */
export function moduleOf(program: Program): string {
  return `import os from 'node:os';
import fs from 'node:fs';
const clock = {
  now: () => Date.now(),
  hours: () => new Date().getUTCHours(),
  day: () => new Date().getUTCDay(),
};
const host = { os, fs, process, clock, random: Math.random, batch: () => 1 };
const run = (${program.toString()})(host);
export default run;
`;
}

function benchParts(bench: CheckBench): { intake: Intake; tools: Tools; calls: () => number } {
  const { candidate, incumbent, origin = incumbent, source, textOf = sourceOf } = bench;
  const texts = [source ?? textOf(candidate), textOf(incumbent), textOf(origin)];
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
    declaration: { ...DECLARATION, isCallable: true, ...bench.declaration },
    secrets: secretRoot(`secret ${ticket}`),
    clock: manualClock(NOW_MS),
    measure: async (requests) =>
      requests.map(({ candidate: { id }, cases }) => measured(id, cases)),
    caller,
    ...(bench.impossible && { properties: impossibleIn(caller, bench.impossible) }),
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

function impossibleIn(
  caller: Caller,
  { name, input, answer }: NonNullable<CheckBench['impossible']>,
): Properties {
  return {
    names: [],
    check: async () => ({ cases: 0, failures: [] }),
    async impossible(candidate, signal) {
      const called = await caller.call({ candidate, inputs: [input], isCold: true }, signal);
      if (!('outputs' in called)) {
        if (called.outcome === 'infra-error') throw new Error(called.message);
        return [];
      }
      const [one] = called.outputs;
      const isPassed =
        one && 'output' in one && canonicalJson(one.output) === canonicalJson(answer);
      return isPassed ? [name] : [];
    },
    close: () => undefined,
  };
}

function scored({ measure }: CheckBench, program: Program, seed: number): CaseResult {
  return measure?.(program, seed) ?? { outcome: 'crashed', message: 'nothing measures it' };
}
