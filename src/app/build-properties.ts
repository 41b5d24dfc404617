/** The properties of a task, from `safety.checks`, `safety.confirm` and what the origin shows. */
import { realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Candidate } from '../core/candidate.ts';
import { PacelineError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import { publicRoot } from '../core/rng.ts';
import type { Caller } from '../evaluators/contract.ts';
import { checksRun } from '../evaluators/split.ts';
import type { Tools } from '../gates/contract.ts';
import type { PropertiesOptions } from '../gates/properties/source.ts';
import type { TalkOptions } from '../gates/properties/talk.ts';
import { type OpenedProperties, openProperties } from '../gates/properties.ts';
import { forestMutants } from '../lang/mutants.ts';
import type { Sandbox } from '../sandboxes/contract.ts';
import { programMutants } from '../source/mutants.ts';
import type { TaskKind } from '../tasks/contract.ts';
import { keptApart } from './beside.ts';
import { calledAs, canCall } from './build-caller.ts';
import { type JudgeRequest, limitsOf, visible } from './build-judge.ts';
import type { Config } from './config-schema.ts';
import { orClose } from './or-close.ts';
import { workFolder } from './study-files.ts';
import { systemClock } from './system-clock.ts';
import { requirePath } from './task-files.ts';
import { vocabularyOf } from './task-kind.ts';

const KEY = 'safety.checks';

interface Called extends Pick<PropertiesOptions, 'cost' | 'shown'> {
  readonly caller: Caller | undefined;
  readonly origin: Candidate;
  /** For people who choose what to confirm. */
  readonly isOffered?: boolean;
}

/**
 * Undefined where nothing is declared and nothing can be derived: without a caller, or without inputs.
 * @throws PacelineError CONFIG_INVALID for checks that cannot be used, each with what is wrong.
 */
export async function buildProperties(
  request: JudgeRequest,
  { caller, origin, isOffered = false, cost, shown }: Called,
  signal: AbortSignal,
): Promise<OpenedProperties | undefined> {
  const { config, root, id } = request;
  const { checks, confirm = [] } = config.safety ?? {};
  if (caller === undefined) {
    refuseIdle(config);
    return undefined;
  }
  const sandbox = request.jail.open(join(workFolder(root, id), 'checks'));
  return orClose(sandbox, async () => {
    const talk = checks === undefined ? undefined : talkOf(request, checks, sandbox);
    const draw = drawOf(config);
    const options = {
      caller,
      origin,
      cost,
      shown,
      clock: systemClock,
      confirmed: confirm,
      isOffered,
      // Of its outputs, whatever is measured of it: no time repeats itself.
      isDeterministic: config.evaluator.deterministic ?? true,
      ...(draw ? { draw } : {}),
      ...(talk ? { checks: talk } : {}),
    };
    const opened = await openProperties(options, signal);
    if (opened === undefined) {
      refuseIdle({ ...config, safety: { ...config.safety, checks: undefined } });
      await sandbox.close();
      return undefined;
    }
    return {
      ...opened,
      async close() {
        await opened.close();
        await sandbox.close();
      },
    };
  });
}

/**
 * What can be told of `safety` before anything is run.
 * @throws PacelineError CONFIG_INVALID as `buildProperties` and `buildCaller` would, later.
 */
export function refuseUnusable(
  request: Pick<JudgeRequest, 'config' | 'task' | 'surface'>,
  kind: TaskKind,
): void {
  const { config, task } = request;
  const { checks } = config.safety ?? {};
  calledAs(request, kind);
  if (!canCall(config)) refuseIdle(config);
  if (checks !== undefined) apart(request, requirePath(task, checks, KEY));
}

/** The process that holds the user's module. */
function talkOf(request: JudgeRequest, checks: string, sandbox: Sandbox): TalkOptions {
  const { config, root, task } = request;
  const seen = visible({ root, task, config });
  const run = checksRun(apart(request, requirePath(task, checks, KEY)));
  // It lasts as long as the study: what it may take is the time of one answer.
  const { cpuMs: _, ...limits } = limitsOf(config, { use: 'split' }, config.evaluator.timeout);
  const reads = [...seen.reads, ...run.reads];
  return { sandbox, cwd: task, module: checks, argv: run.argv, hides: seen.hides, reads, limits };
}

/** How small faults are planted in programs of this task. */
export function mutantsIn({ language }: Config): NonNullable<Tools['mutants']> {
  if (language === undefined) return ({ text }) => programMutants(text);
  const vocabulary = vocabularyOf(language);
  return ({ text }) => forestMutants(text, vocabulary);
}

/** What is declared and never looked at. */
function refuseIdle({ safety }: Pick<Config, 'safety'>): void {
  const key = safety?.checks === undefined ? 'confirm' : 'checks';
  if (safety?.[key] === undefined) return;
  throw new PacelineError(
    'CONFIG_INVALID',
    `safety.${key} is never looked at: nothing says how a candidate is called on an input. Name the file and the function under safety.calls, or leave safety.${key} out.`,
    { key: `safety.${key}` },
  );
}

/** Candidates of a closed language are called by slot; of other exported functions nobody knows what they take. */
function drawOf({
  language,
}: Config): ((seed: number, count: number) => readonly Json[]) | undefined {
  if (language === undefined) return undefined;
  return (seed, count) => {
    const root = publicRoot(`slots ${seed}`);
    return Array.from({ length: count }, (_, i) => {
      const rng = root.stream(i, 'input');
      const { name, inputs } = language.slots[
        i % language.slots.length
      ] as (typeof language.slots)[number];
      // Shares, counts and large numbers alike: slots do not say what they are given.
      return { slot: name, arguments: inputs.map(() => rng.normal() * 10 ** rng.int(5)) };
    });
  };
}

/** @throws PacelineError CONFIG_INVALID where a candidate could read or change what it is tried on. */
function apart(
  { task, config, surface }: Pick<JudgeRequest, 'config' | 'task' | 'surface'>,
  path: string,
): string {
  const real = realpathSync(path);
  const { evaluator } = config;
  const solver = evaluator.use === 'split' ? dirname(resolve(task, evaluator.solver)) : undefined;
  const own = new Set(keptApart(config));
  const isBeside = surface.include.some(
    (file) => !own.has(file) && realpathSync(resolve(task, file)) === real,
  );
  const isEdited = Object.hasOwn(surface.edit, relative(task, path));
  const isSolvers = solver !== undefined && real.startsWith(realpathSync(solver) + sep);
  if (!isBeside && !isEdited && !isSolvers) return path;
  const where = isEdited
    ? 'surface.edit'
    : isBeside
      ? 'surface.include'
      : 'the folder of evaluator.solver';
  throw new PacelineError(
    'CONFIG_INVALID',
    `${KEY} lies in ${where}, where candidates ${isEdited ? 'change' : 'read'} it. Put it into a folder of its own, for example checks/checks.mjs.`,
    { key: KEY },
  );
}
