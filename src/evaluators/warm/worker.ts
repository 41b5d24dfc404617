/**
 * A jailed process that runs one candidate on many inputs: started before it is known which, so that
 * the first question need not wait for the jail. One candidate each: what a candidate leaves in its
 * process reaches no other.
 */
import type { Json } from '../../core/json.ts';
import type { Limits, RunEnd, Sandbox } from '../../sandboxes/contract.ts';
import { type CandidateContent, emptyWorkspace, place } from '../command/workspace.ts';
import { type Output, outputsIn } from './output.ts';

export interface WorkerOptions {
  readonly sandbox: Sandbox;
  /** Program and arguments: answers questions as `split/solver.mjs` does. */
  readonly argv: readonly string[];
  readonly reads: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** `wallMs` and `outputBytes` are those of one batch, the others those of the whole process. */
  readonly limits: Limits;
  readonly workDirectory: string;
  /** Whether it counts the steps of each answer. */
  readonly isCounted: boolean;
  /** Name of the folder it is started in. Absent: `candidate`. */
  readonly folder?: string;
  /** Absent: that of every jail. */
  readonly hostname?: string;
}

/** Inputs that the candidate answers in one realm, fresh for this call. */
export interface Call {
  readonly inputs: readonly Json[];
  /** Inputs handed over at a time: with 1 it has answered each before it sees the next. */
  readonly batch: number;
  readonly params: Readonly<Record<string, Json>>;
  /** What the realm's clock shows when the candidate is loaded, ms since 1970. Absent: the time. */
  readonly clockMs?: number;
  /** Most time for one batch, ms, where that is less than the limit of the process. */
  readonly batchMs?: number;
}

type Batch = Omit<Call, 'batch' | 'batchMs'> & { readonly isFirst: boolean };

/** `before`: of the batches that it answered. `isCut`: it took longer than the call lets it, not its process. */
export type Solved =
  | { readonly outputs: readonly Output[]; readonly cpuMs: number }
  /** It broke the conversation: nothing it says is believed any more. */
  | { readonly fault: string; readonly before?: readonly Output[] }
  | { readonly end: RunEnd; readonly before?: readonly Output[]; readonly isCut?: boolean };

export interface Worker {
  /** Hands it its candidate; once, before the first question. @throws the file system's own error. */
  load(content: CandidateContent): Promise<void>;
  solve(call: Call): Promise<Solved>;
  close(): Promise<void>;
}

/** @throws the file system's own error. */
export async function startWorker(options: WorkerOptions, signal: AbortSignal): Promise<Worker> {
  const { sandbox, argv, reads, environment, limits, workDirectory, isCounted } = options;
  const { candidateFolder, remove } = await emptyWorkspace(workDirectory, options.folder);
  const sees = { reads: [...reads, candidateFolder], writes: [], hides: [] };
  const run = {
    argv,
    cwd: candidateFolder,
    environment,
    ...sees,
    limits,
    answersOn: 3,
    ...(options.hostname && { hostname: options.hostname }),
  } as const;
  const talk = sandbox.converse(run, signal);
  const ask = async (question: Batch, mostMs?: number): Promise<Solved> => {
    let isCut = false;
    const cut = (): void => {
      isCut = true;
      talk.close().catch(() => undefined);
    };
    const timer = mostMs === undefined ? undefined : setTimeout(cut, mostMs);
    const heard = await talk.ask({ ...question }).finally(() => clearTimeout(timer));
    if (!('answer' in heard)) return isCut ? { ...heard, isCut } : heard;
    const { outputs, cpuMs } = heard.answer;
    const told = outputsIn(outputs, { count: question.inputs.length, isCounted });
    if (typeof told !== 'string' && isCost(cpuMs)) return { outputs: told, cpuMs };
    await talk.close();
    return { fault: typeof told === 'string' ? told : 'Its answer does not say what it cost.' };
  };
  return {
    load: (content) => place(candidateFolder, content),
    async solve({ inputs, batch, batchMs, ...rest }) {
      const outputs: Output[] = [];
      let cpuMs = 0;
      for (let at = 0; at < inputs.length; at += batch) {
        const some = { isFirst: at === 0, inputs: inputs.slice(at, at + batch), ...rest };
        const solved = await ask(some, batchMs);
        if (!('outputs' in solved)) return { ...solved, before: outputs };
        for (const output of solved.outputs) outputs.push(output);
        cpuMs += solved.cpuMs;
      }
      return { outputs, cpuMs };
    },
    async close() {
      // Where it could not be started, whoever asked it was told.
      await talk.close().catch(() => undefined);
      await remove();
    },
  };
}

function isCost(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
