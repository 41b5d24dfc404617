/**
 * Inner studies in this thread: one search under the candidate improver, kept in memory and told by one digest.
 * Not through the loop of studies: that costs 0.1 ms a trial beside tasks of 0.1 ms, and what it would add, a
 * durable ledger and claims, is what the outer study keeps (docs/decisions/0055).
 */
import { readFileSync } from 'node:fs';
import { PacelineError } from '../../core/errors.ts';
import { publicRoot } from '../../core/rng.ts';
import { said } from '../../core/said.ts';
import { pricedMeter } from '../../improver/gp/meter.ts';
import { regretOf } from '../../improver/gp/regret.ts';
import { type Ask, type Found, type Search, search } from '../../improver/gp/search.ts';
import { GP_VOCABULARY } from '../../improver/gp/slots.ts';
import { stepMs } from '../../improver/gp/subject.ts';
import { decodeForest } from '../../lang/codec.ts';
import type { Forest } from '../../lang/forest.ts';
import type { InnerStudy, InnerStudyRequest, StudyRunner } from '../../tasks/contract.ts';
import type { PolicyEntry } from './policies.ts';

export interface InnerStudiesOptions {
  readonly policies: readonly PolicyEntry[];
  /** CPU time so far of whatever the studies run in, ms: a thread, where there is one for each. */
  readonly cpuMs: () => number;
}

/** `tasks` are the families of the training split; those held out can be named, and only a meter does. */
export function innerStudies({ policies, cpuMs }: InnerStudiesOptions): StudyRunner {
  const byName = new Map(policies.map((policy) => [policy.name, policy]));
  return {
    tasks: policies.filter(({ split }) => split === 'train').map(({ name }) => name),
    run(request, signal) {
      signal.throwIfAborted();
      const policy = byName.get(request.task);
      if (policy === undefined) throw unknownTask(request.task, [...byName.keys()]);
      return runStudy(policy, request, cpuMs);
    },
    close() {},
  };
}

/** CPU milliseconds of this thread alone, which Node 20 has no call for; of the process where Linux does not say. */
export function threadCpuMs(): number {
  try {
    const [ns = ''] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ');
    return Number(ns) / 1e6;
  } catch {
    return processCpuMs();
  }
}

/** CPU milliseconds of this process since it began. */
export function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function runStudy(
  policy: PolicyEntry,
  request: InnerStudyRequest,
  cpuMs: () => number,
): InnerStudy {
  const { task, improver: text, seedKey, budget } = request;
  let improver: Forest;
  try {
    improver = decodeForest(text, GP_VOCABULARY);
  } catch (error) {
    return { outcome: 'invalid', message: error instanceof Error ? error.message : String(error) };
  }
  const { subject } = policy;
  const meter = pricedMeter(budget.steps * stepMs(subject));
  const rng = publicRoot(seedKey).stream(0, task);
  const beganMs = cpuMs();
  const isOver = (): boolean => cpuMs() - beganMs > budget.cpuMs;
  const found = answerWithin(search({ improver, subject, meter, rng }), policy, isOver);
  if (found === 'over') {
    const message = `The inner study of ${task} (seed ${seedKey}) was ended after ${budget.cpuMs} ms of CPU time, before its ${budget.steps} steps. Give fewer steps, or raise evaluator.limits.cpu.`;
    return { outcome: 'over-budget', message };
  }
  if (found instanceof Broken) {
    const message = `The family ${task} ended with an error (seed ${seedKey}): ${said(found.message)}. Correct the family: it has to give every policy a cost.`;
    return { outcome: 'crashed', message };
  }
  if (found === undefined)
    return {
      outcome: 'invalid',
      message: `The start of ${task} has no cost. Correct the family, or its start.`,
    };
  const { evals, considered, best, digest } = found;
  const cost = { evals, considered, cpuMs: cpuMs() - beganMs };
  return { outcome: 'scored', regret: regretOf(best.cost, policy.scale), cost, logical: digest };
}

/** A look at the clock of a thread takes about 10 µs, which is a tenth of what a cheap family takes. */
const ASKS_PER_LOOK = 16;

function answerWithin(
  running: Search,
  policy: PolicyEntry,
  isOver: () => boolean,
): Found | Broken | undefined | 'over' {
  let step = running.next();
  for (let asked = 1; !step.done; asked++) {
    if (asked % ASKS_PER_LOOK === 0 && isOver()) return 'over';
    const cost = costOrBroken(policy, step.value);
    if (cost instanceof Broken) return cost;
    step = running.next(cost);
  }
  return step.value;
}

/** A family threw: an outcome of the inner study, where it would have ended the one around it. */
class Broken {
  readonly message: string;

  constructor(cause: unknown) {
    this.message = cause instanceof Error ? cause.message : String(cause);
  }
}

function costOrBroken({ costOf }: PolicyEntry, { subject, forest }: Ask): number | null | Broken {
  try {
    return costOf(subject, forest);
  } catch (cause) {
    return new Broken(cause);
  }
}

function unknownTask(task: string, tasks: readonly string[]): PacelineError {
  return new PacelineError(
    'USAGE',
    `There is no task ${JSON.stringify(task)} for inner studies. Choose of: ${tasks.join(', ')}.`,
    { task, tasks },
  );
}
