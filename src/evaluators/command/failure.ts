/** What the end of an evaluator's process is, where it is no answer. */
import { PacelineError, THEN_RESUME } from '../../core/errors.ts';
import type { RunEnd } from '../../sandboxes/contract.ts';
import type { CaseResult } from '../contract.ts';
import { plain, quote, sentence } from '../outcome.ts';
import { evidenceOf } from './evidence.ts';
import { type Fingerprint, fingerprint, firstChange } from './own-files.ts';

/** Whose process it was. */
export interface Ran {
  /** Begins a sentence about it. */
  readonly subject: string;
  readonly argv: readonly string[];
  readonly cwd: string;
}

/** The machine is short of something for now; the same request may work later. */
const SHORTAGES: ReadonlySet<string> = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE']);

export function isShortage({ code = '' }: { readonly code?: string | undefined }): boolean {
  return SHORTAGES.has(code);
}

/** What an end other than an answer is (docs/evaluators.md). */
const OUTCOME_OF = {
  exit: 'crashed',
  signal: 'crashed',
  timeout: 'timeout',
  overflow: 'invalid',
  'over-cpu': 'over-budget',
  'over-memory': 'over-budget',
  'over-file': 'over-budget',
  'over-disk': 'over-budget',
  // The signal decides before anyone reads it.
  aborted: 'infra-error',
} as const;

/** What gave no value, and why. */
export type Failure = Exclude<CaseResult, { readonly outcome: 'scored' }>;

/** @throws PacelineError ISOLATION or EVALUATOR_FAILED where it could not be started. */
export function failureOf(end: RunEnd, ran: Ran): Failure {
  if (end.ended === 'refused') return refusal(end, ran);
  const message = end.ended === 'overflow' ? end.says : `${end.says}${evidenceOf(end)}`;
  return { outcome: OUTCOME_OF[end.ended], message };
}

function refusal(end: RunEnd, { subject, argv, cwd }: Ran): Failure {
  const { code = '' } = end;
  if (isShortage(end)) {
    return {
      outcome: 'infra-error',
      message: `The machine could not start another process (${code}); the candidate is not at fault.`,
    };
  }
  const command = argv.join(' ');
  if (code === 'EJAIL') {
    throw new PacelineError(
      'ISOLATION',
      `The jail of the evaluator could not be made; paceline doctor tries it again.${evidenceOf(end)}`,
      { command },
    );
  }
  throw new PacelineError(
    'EVALUATOR_FAILED',
    `${subject} could not be started in ${cwd} (${code}). Check that the folder exists and that ${quote(argv[0] ?? '')} is an installed, executable program.`,
    { command, cwd, code },
  );
}

/**
 * What the file system said while a candidate was handed over; undefined: the machine is short of something.
 * @throws PacelineError for the rest, and whatever is no such error.
 */
export function shortageOf(
  error: unknown,
  where: { readonly subject: string; readonly workDirectory: string },
): undefined {
  if (PacelineError.is(error) || !(error as NodeJS.ErrnoException).syscall) throw error;
  if (isShortage(error as NodeJS.ErrnoException)) return undefined;
  throw brokenWorkspace(where, error as NodeJS.ErrnoException);
}

export function brokenWorkspace(
  { subject, workDirectory }: { readonly subject: string; readonly workDirectory: string },
  error: NodeJS.ErrnoException,
): PacelineError {
  const todo =
    error.code === 'ENOSPC'
      ? `The disk is full: free some space, ${THEN_RESUME}.`
      : `Check that the folder can be written to, ${THEN_RESUME}.`;
  return new PacelineError(
    error.code === 'ENOSPC' ? 'DISK_FAILED' : 'EVALUATOR_FAILED',
    `${subject} cannot get its candidate: writing to ${workDirectory} failed (${sentence(error)}). ${todo}`,
    { workDirectory, code: error.code ?? '' },
    { cause: error },
  );
}

/** @throws PacelineError EVALUATOR_FAILED when a file that judges is not what it was. */
export function refuseChange(ownFiles: readonly string[], before: Fingerprint): void {
  const change = firstChange(before, fingerprint(ownFiles));
  if (change === undefined) return;
  throw new PacelineError(
    'EVALUATOR_FAILED',
    `A file that judges changed while the study ran: ${plain(change)}. Nothing measured since counts. Put it back as it was, ${THEN_RESUME}; if the evaluator itself did it, let it write to the candidate's folder or a temporary one.`,
    { change },
  );
}
