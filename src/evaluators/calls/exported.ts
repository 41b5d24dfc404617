/**
 * Calls a function that a candidate's file exports, by a solver of ours: for tasks whose evaluator has no
 * solver of its own. Candidates of a closed language are called by slot.
 */
import type { Json } from '../../core/json.ts';
import type { Limits, Sandbox } from '../../sandboxes/contract.ts';
import type { TaskKind } from '../../tasks/contract.ts';
import type { Beside } from '../command/workspace.ts';
import type { Caller } from '../contract.ts';
import { EXPORTED, solverRun } from '../split.ts';
import { callerOf } from './calls.ts';

/** What an argument is made from a list of numbers as, before the call. */
export const ARGUMENT_KINDS = [
  'json',
  'Float64Array',
  'Float32Array',
  'Int32Array',
  'Uint32Array',
  'Int16Array',
  'Uint16Array',
  'Int8Array',
  'Uint8Array',
] as const;

export interface ExportedFunction {
  /** From the candidate's folder: JavaScript or TypeScript. */
  readonly file: string;
  /** Name that it exports. An input is the list of its arguments. */
  readonly export: string;
  /** In order of the arguments; those that are not named are `json`. */
  readonly arguments?: readonly (typeof ARGUMENT_KINDS)[number][] | undefined;
  /** `arguments`: the output is the list of arguments as the call left them. Default: what it returned. */
  readonly output?: 'value' | 'arguments' | undefined;
}

export interface ExportCallerOptions {
  readonly sandbox: Sandbox;
  readonly kind: Pick<TaskKind, 'materialise'>;
  readonly programs?: readonly string[];
  readonly beside?: readonly Beside[];
  readonly cwd: string;
  readonly limits: Limits;
  readonly workDirectory: string;
  /** `slots`: a file of a closed language, of which an input is `{ slot, arguments }`. */
  readonly of: ExportedFunction | { readonly file: string; readonly slots: readonly string[] };
}

export function exportCaller(options: ExportCallerOptions): Caller {
  options.sandbox.check(options.limits);
  const { of, ...rest } = options;
  const what = 'slots' in of ? of.slots.join(', ') : of.export;
  return callerOf({
    ...rest,
    ...solverRun({ solver: EXPORTED }),
    params: { ...of } as Readonly<Record<string, Json>>,
    batch: 1,
    subject: `The function ${what} of ${of.file}`,
    isJavaScript: true,
  });
}
