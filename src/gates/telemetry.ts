/**
 * The heartbeat of a ticket: what checks ask for and what comes back, counted outside of all of them. A
 * candidate that silences what looks at it leaves a gap here, and check C2 sees it.
 */
import type { Telemetry } from '../core/telemetry.ts';
import type { Called, Caller, Measured, Stopwatch } from '../evaluators/contract.ts';
import type { JailProbe } from '../sandboxes/contract.ts';
import type { Tools } from './contract.ts';

/** Cases and inputs; `missing` says in words what the missed ones were. */
interface Count {
  asked: number;
  answered: number;
  broken: number;
  missed: number;
  readonly missing: string[];
}

/**
 * The tools of one ticket, watched: hand these to all of its checks, C2 last. The digests are read here, at
 * the ticket's start, and by C2 at its end.
 */
export function watchedTools(tools: Tools): Tools {
  const count: Count = { asked: 0, answered: 0, broken: 0, missed: 0, missing: [] };
  const { caller, stopwatch, jail } = tools;
  return {
    ...tools,
    digestsBefore: tools.digests(),
    telemetry: () => reading(count),
    async measure(requests, signal) {
      const sizes = requests.map(({ cases }) => cases.length);
      const results = await begun(count, sum(sizes), () => tools.measure(requests, signal));
      sizes.forEach((size, i) => note(count, size, faultOfMeasured(results[i], size)));
      return results;
    },
    ...(caller && { caller: watchedCaller(caller, count) }),
    ...(stopwatch && { stopwatch: watchedWatch(stopwatch, count) }),
    ...(jail && { jail: watchedJail(jail, count) }),
  };
}

function watchedCaller(caller: Caller, count: Count): Caller {
  const { inputs } = caller;
  return {
    traits: caller.traits,
    ...(inputs && { inputs: (cases, signal) => inputs.call(caller, cases, signal) }),
    async call(request, signal) {
      const size = request.inputs.length;
      const called = await begun(count, size, () => caller.call(request, signal));
      note(count, size, faultOfCalled(called, size));
      return called;
    },
    close: () => caller.close(),
  };
}

function watchedWatch(stopwatch: Stopwatch, count: Count): Stopwatch {
  return {
    async run(request, signal) {
      const size = request.cases.length;
      const stopped = await begun(count, size, () => stopwatch.run(request, signal));
      note(count, size, faultOfMeasured(stopped, size));
      return stopped;
    },
  };
}

/** A run that was ended for what it tried has answered. */
function watchedJail(jail: JailProbe, count: Count): JailProbe {
  return {
    blind: jail.blind,
    tells: jail.tells,
    async look(request, signal) {
      const size = request.cases.length;
      const report = await begun(count, size, () => jail.look(request, signal));
      note(count, size, faultOfTime(report.cpuMs, `a look on ${size} cases`));
      return report;
    },
  };
}

/** An error that is told is an end, and no answer. */
async function begun<T>(count: Count, size: number, ask: () => Promise<T>): Promise<T> {
  count.asked += size;
  try {
    return await ask();
  } catch (error) {
    count.broken += size;
    throw error;
  }
}

function note(count: Count, size: number, fault: string | undefined): void {
  if (fault === undefined) {
    count.answered += size;
    return;
  }
  count.missed += size;
  count.missing.push(fault);
}

function reading({ asked, answered, broken, missed, missing }: Count): Telemetry {
  const pending = asked - answered - broken - missed;
  const unended = `${pending} of ${asked} answers never came`;
  return { asked, answered, broken, missing: pending > 0 ? [...missing, unended] : [...missing] };
}

/** Undefined for one that is whole. */
function faultOfMeasured(measured: Measured | undefined, size: number): string | undefined {
  if (measured === undefined) return `a measurement of ${size} cases has no result`;
  const { cases, cpuMs } = measured;
  if (cases.length !== size) return `${cases.length} results for ${size} cases`;
  return faultOfTime(cpuMs, `a measurement of ${size} cases`);
}

function faultOfCalled(called: Called, size: number): string | undefined {
  if ('outcome' in called) return undefined;
  const { outputs, cpuMs } = called;
  if (outputs.length !== size) return `${outputs.length} outputs for ${size} inputs`;
  return faultOfTime(cpuMs, `a call on ${size} inputs`);
}

function faultOfTime(cpuMs: number, of: string): string | undefined {
  return Number.isFinite(cpuMs) && cpuMs >= 0 ? undefined : `${of} has no record of its CPU time`;
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
