import type { Json } from './json.ts';

/** Exit codes of the CLI (docs/cli.md). Each error knows the one it ends the process with. */
export const EXIT = {
  done: 0,
  internal: 1,
  usage: 2,
  nothingPromoted: 3,
  waitsForApproval: 4,
  ledgerAltered: 65,
  providerDown: 69,
  workspace: 73,
  disk: 74,
  studyLocked: 75,
  held: 76,
  isolation: 77,
  interrupted: 130,
} as const;

/** Every code with its exit code: a new failure gets a row here before it can be thrown. */
const EXIT_OF = {
  CONFIG_MISSING: EXIT.usage,
  CONFIG_INVALID: EXIT.usage,
  USAGE: EXIT.usage,
  STUDY_UNKNOWN: EXIT.usage,
  STUDY_FINISHED: EXIT.usage,
  FOREST_INVALID: EXIT.usage,
  SOURCE_UNSUPPORTED: EXIT.usage,
  PROGRAM_INVALID: EXIT.usage,
  PROBLEM_INVALID: EXIT.usage,
  IMPROVER_INVALID: EXIT.usage,
  MEMORY_INVALID: EXIT.workspace,
  TASK_SET_INVALID: EXIT.usage,
  GENERATOR_FAILED: EXIT.usage,
  GENERATOR_IGNORES_SEED: EXIT.usage,
  TASKS_OVERLAP: EXIT.usage,
  TASKS_APART: EXIT.usage,
  EVALUATOR_FAILED: EXIT.usage,
  EVALUATOR_IGNORES_SEED: EXIT.usage,
  ORIGIN_FAILED: EXIT.usage,
  PARITY_BROKEN: EXIT.usage,
  SURFACE_INVALID: EXIT.usage,
  WORKSPACE: EXIT.workspace,
  LEDGER_ALTERED: EXIT.ledgerAltered,
  LEDGER_VERSION: EXIT.ledgerAltered,
  SECRET_MISSING: EXIT.workspace,
  GATE_STORE: EXIT.workspace,
  GATE_KEY: EXIT.workspace,
  GATE_DOWN: EXIT.workspace,
  GATE_UNQUALIFIED: EXIT.workspace,
  GATE_CHANGED: EXIT.workspace,
  APPROVAL_PENDING: EXIT.waitsForApproval,
  HELD: EXIT.held,
  DISK_FAILED: EXIT.disk,
  STUDY_LOCKED: EXIT.studyLocked,
  ISOLATION: EXIT.isolation,
  ILLEGAL_TRANSITION: EXIT.internal,
  HANDLE_POISONED: EXIT.disk,
  PROVIDER_DOWN: EXIT.providerDown,
  INFRASTRUCTURE: EXIT.internal,
  INTERNAL: EXIT.internal,
} as const;

export type ErrorCode = keyof typeof EXIT_OF;

/** Of an error of which only the code was recorded. */
export function exitCodeOfError(code: string): number {
  return Object.hasOwn(EXIT_OF, code) ? EXIT_OF[code as ErrorCode] : EXIT.internal;
}

/** What a part says that cannot know whether a study was kept; `withoutStudy` (app) says what fits else. */
export const THEN_RESUME = 'then resume';

const MARK = Symbol.for('paceline.error');

/** A code, typed data, and a sentence that tells the person what to do next. */
export class PacelineError extends Error {
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, Json>>;

  constructor(
    code: ErrorCode,
    message: string,
    data: Readonly<Record<string, Json>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'PacelineError';
    this.code = code;
    this.data = data;
    Object.defineProperty(this, MARK, { value: true });
  }

  get exitCode(): number {
    return EXIT_OF[this.code];
  }

  /** True for our errors even when two copies of the package are loaded. */
  static is(error: unknown): error is PacelineError {
    return typeof error === 'object' && error !== null && MARK in error;
  }
}
