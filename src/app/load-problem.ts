/**
 * The module of a task that says what its local search minimises. Like the interpreter it is the
 * task's own, trusted code, and runs in this process; unlike it, it decides nothing: whatever it says
 * of a point, the evaluator measures the candidate.
 */
import { pathToFileURL } from 'node:url';
import { PacelineError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import type { Rng } from '../core/rng.ts';
import { type GradientFault, gradientFault } from '../optim/gradient-check.ts';
import type { HoppingProblem } from '../optim/local-search.ts';
import {
  type DataNumbers,
  type DataNumbersOptions,
  dataNumbers,
} from '../proposers/local-search/data-numbers.ts';
import type { Config } from './config-schema.ts';
import { requirePath } from './task-files.ts';

export interface ProblemRequest {
  /** Absolute path, and as the config has it. */
  readonly path: string;
  readonly name: string;
  /** The numbers of the origin. */
  readonly start: readonly number[];
  /** Those of the evaluator. */
  readonly params: Readonly<Record<string, Json>>;
  /** For the points at which gradients are checked. */
  readonly rng: Rng;
}

/** What local searches work on. */
export interface Searched {
  readonly numbers: DataNumbers;
  /** By the names the config has for them. */
  readonly problems: ReadonlyMap<string, HoppingProblem>;
}

/** Undefined where no proposer asks for it. @throws PacelineError PROBLEM_INVALID or CONFIG_INVALID. */
export async function loadProblems(
  { root, config }: { readonly root: string; readonly config: Config },
  data: DataNumbersOptions,
  rng: Rng,
): Promise<Searched | undefined> {
  const names = config.proposers.flatMap((one) => (one.use === 'local-search' ? one.problem : []));
  if (names.length === 0) return undefined;
  const numbers = dataNumbers(data);
  if (numbers.start.length === 0) {
    throw new PacelineError(
      'CONFIG_INVALID',
      'proposers names local-search, which moves numbers of JSON files, and surface.edit matches none with a number such as 0.5 or 1.0 in it. Put the numbers of the origin into one.',
      { key: 'proposers' },
    );
  }
  const problems = new Map<string, HoppingProblem>();
  for (const name of names) {
    const path = requirePath(root, name, 'proposers.problem');
    const { params } = config.evaluator;
    problems.set(name, await loadProblem({ path, name, start: numbers.start, params, rng }));
  }
  return { numbers, problems };
}

type Parts = Readonly<Record<string, unknown>>;

const NEEDED = ['objective', 'start', 'hop'] as const;
const CONSTRAINED = ['constraints', 'addGradients'] as const;

/** @throws PacelineError PROBLEM_INVALID, in one sentence. */
export async function loadProblem(request: ProblemRequest): Promise<HoppingProblem> {
  const { path, name, start, params, rng } = request;
  const refuse = (why: string, cause?: unknown): PacelineError =>
    new PacelineError(
      'PROBLEM_INVALID',
      `The problem module ${name} cannot be used: ${why}.`,
      { module: name, why },
      { cause },
    );
  // Of a message with lines only the first: the rest is a picture of the source.
  const sentence = (error: unknown): string =>
    (error instanceof Error ? error.message : String(error)).split('\n')[0] as string;
  const call = <T>(what: string, run: () => T): T => {
    try {
      return run();
    } catch (error) {
      throw refuse(`${what} threw: ${sentence(error)}. Correct it`, error);
    }
  };
  const exported: Parts = await import(pathToFileURL(path).href).catch((error: unknown) => {
    throw refuse(`${sentence(error)}. Correct the module`, error);
  });
  const make = exported.problem;
  if (typeof make !== 'function') {
    throw refuse(
      'it exports no function problem({ start, params }). Export one that returns the problem',
    );
  }
  const made = call('problem({ start, params })', () => make({ start: [...start], params }));
  const problem = problemOf((made ?? {}) as Parts, refuse);
  const draw = (): Float64Array => call('start', () => problem.start(() => rng.float()));
  const from = draw();
  if (from.length !== start.length) {
    throw refuse(
      `start(random) gave ${from.length} numbers, and the origin holds ${start.length}. Make both of one length`,
    );
  }
  const check = (x: Float64Array) => call('a value or gradient', () => gradientFault(problem, x));
  // One of two points may lie on a kink, such as that of |det| at 0.
  const fault = check(from) && check(draw());
  if (fault) throw refuse(inWords(fault));
  const repaired = call('repair', () => problem.repair(from));
  if (repaired.length !== start.length) throw refuse('repair(x) gave another number of numbers');
  return problem;
}

function problemOf(parts: Parts, refuse: (why: string) => PacelineError): HoppingProblem {
  const { equalities = 0, inequalities = 0, repair } = parts;
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
  if (!isCount(equalities) || !isCount(inequalities)) {
    throw refuse('equalities and inequalities are numbers of constraints. Make both whole numbers');
  }
  const isConstrained = Number(equalities) + Number(inequalities) > 0;
  for (const key of isConstrained ? [...NEEDED, ...CONSTRAINED] : NEEDED) {
    if (typeof parts[key] === 'function') continue;
    throw refuse(`its problem has no function ${key}. Add it`);
  }
  if (isConstrained && typeof repair !== 'function') {
    throw refuse(
      'its problem has constraints and no function repair. Add repair(x), which moves a point to one that keeps them all',
    );
  }
  const given = parts as unknown as HoppingProblem;
  const nothing = (): void => undefined;
  return {
    equalities: Number(equalities),
    inequalities: Number(inequalities),
    objective: given.objective,
    constraints: isConstrained ? given.constraints : nothing,
    addGradients: isConstrained ? given.addGradients : nothing,
    start: (random) => Float64Array.from(given.start(random)),
    hop: (x, random) => Float64Array.from(given.hop(x, random)),
    repair: (x) => (typeof repair === 'function' ? Float64Array.from(given.repair(x)) : x.slice()),
  };
}

function inWords({ of, parameter, given, difference }: GradientFault): string {
  const what = of === 'objective' ? 'the objective' : `constraint ${of}`;
  return `the derivative of ${what} along parameter ${parameter} is given as ${given}, and differences say ${difference}. Correct the gradient`;
}
