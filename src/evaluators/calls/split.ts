/** Calls candidates of a split task by its own solver, on inputs that its judge asks. */
import { PacelineError } from '../../core/errors.ts';
import type { Caller } from '../contract.ts';
import { askerOf, casesOf, NO_MACHINE, type SplitOptions, solverRun } from '../split.ts';
import { callerOf } from './calls.ts';

export type SplitCallerOptions = Omit<SplitOptions, 'metric' | 'others' | 'deterministic'>;

export function splitCaller(options: SplitCallerOptions): Caller {
  options.sandbox.check(options.limits);
  const { solver } = options;
  const { judge, instanceMaker } = askerOf(options);
  const caller = callerOf({
    ...options,
    ...solverRun(options),
    batch: options.batch ?? 1,
    subject: `The function solve of ${solver}`,
    isJavaScript: !solver.endsWith('.py'),
  });
  return {
    ...caller,
    async inputs(cases, signal) {
      if (cases.length === 0) return [];
      const inputs = await judge.ask(await casesOf({ instanceMaker }, cases, signal), signal);
      if (inputs !== undefined) return inputs;
      throw new PacelineError('INFRASTRUCTURE', NO_MACHINE.message);
    },
    async close() {
      await Promise.all([judge.close(), caller.close()]);
    },
  };
}
