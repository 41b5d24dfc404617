/** How a run ended, and the sentence for it. */
import { sizeText } from '../../core/bytes.ts';
import type { Limits, RunEnd } from '../contract.ts';

/** Why we ended it. */
export type Stopped = 'timeout' | 'aborted' | 'overflow' | 'over-cpu' | 'over-memory' | 'over-disk';

export interface Exit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Of the system, when it never started. */
  readonly code?: string;
}

type Ended = Pick<RunEnd, 'ended' | 'says' | 'exitCode' | 'signal'>;

export function endOf(exit: Exit, stopped: Stopped | undefined, limits: Limits): Ended {
  const { exitCode, signal } = exit;
  const ended = stopped ?? byItself(exit, limits);
  return { ended, says: sentence(ended, exit, limits), exitCode, signal };
}

/** The kernel says by signals of their own which of its caps was met. */
function byItself({ signal }: Exit, { cpuMs, fileBytes }: Limits): RunEnd['ended'] {
  if (signal === 'SIGXCPU' && cpuMs !== undefined) return 'over-cpu';
  if (signal === 'SIGXFSZ' && fileBytes !== undefined) return 'over-file';
  return signal === null ? 'exit' : 'signal';
}

function sentence(ended: RunEnd['ended'], exit: Exit, limits: Limits): string {
  switch (ended) {
    case 'exit':
      return `Ended with exit code ${exit.exitCode}.`;
    case 'signal':
      return `Ended by ${exit.signal}.`;
    case 'timeout':
      return `Still running after ${limits.wallMs} ms; the process and its children were killed.`;
    case 'overflow':
      return `The answer is longer than ${sizeText(limits.outputBytes)}; the process was killed.`;
    case 'over-cpu':
      return `Used more CPU time than ${limits.cpuMs} ms; the process and its children were killed.`;
    case 'over-memory':
      return `Used more memory than ${sizeText(limits.memoryBytes ?? 0)}; the process and its children were killed.`;
    case 'over-file':
      return `Wrote a file of more than ${sizeText(limits.fileBytes ?? 0)}; the process was ended.`;
    case 'over-disk':
      return `Wrote more than ${sizeText(limits.diskBytes ?? 0)}, or too many files; the process and its children were killed.`;
    default:
      return 'Ended because the study was stopped.';
  }
}

/** It never ran. */
export function refused(ended: 'refused' | 'aborted', code?: string): RunEnd {
  const nothing = { exitCode: null, signal: null, answer: '', evidence: '', cpuMs: 0 };
  return code === undefined
    ? { ended, says: 'Stopped before it was started.', ...nothing }
    : { ended, says: `Could not be started (${code}).`, code, ...nothing };
}
