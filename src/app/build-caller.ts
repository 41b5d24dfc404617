/** Picks how candidates are called on inputs, from `evaluator`, `language` and `safety.calls`. */
import { join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import {
  type ExportCallerOptions,
  type ExportedFunction,
  exportCaller,
} from '../evaluators/calls/exported.ts';
import { splitCaller } from '../evaluators/calls/split.ts';
import type { Caller } from '../evaluators/contract.ts';
import type { Situations } from '../lang/behaviour.ts';
import type { TaskKind } from '../tasks/contract.ts';
import { besideOf, programsOf } from './beside.ts';
import { type JudgeRequest, limitsOf, visible } from './build-judge.ts';
import type { Config } from './config-schema.ts';
import type { JudgedTask } from './judged-task.ts';
import { orClose } from './or-close.ts';
import { splitParts } from './split-parts.ts';
import { workFolder } from './study-files.ts';
import { isWhole, refuseManyCopies } from './surface.ts';

/** Whether anything says how candidates of this task are called. */
export function canCall({ evaluator, language, safety }: Config): boolean {
  return evaluator.use === 'split' || language !== undefined || safety?.calls !== undefined;
}

/** Whether they can be called, and there are inputs to call them on: from the config alone. */
export function isCallable({ kind, evaluator, language, safety }: Config): boolean {
  if (evaluator.use === 'split' || kind === 'improver') return true;
  if (language !== undefined) return evaluator.interpreter !== undefined;
  return safety?.calls !== undefined && safety.checks !== undefined;
}

/** Of a closed language: rows of the situations that its interpreter records, a slot and a row for each case. */
function situationInputs(
  { rows }: Situations,
  slots: NonNullable<Config['language']>['slots'],
): NonNullable<Caller['inputs']> {
  return async (cases) =>
    cases.map((one) => {
      const { name, inputs } = slots[one % slots.length] ?? { name: '', inputs: [] };
      const at = Math.floor(one / slots.length);
      const valueOf = (input: string): number => {
        const column = rows.columns[input] ?? new Float64Array(1);
        return column[at % column.length] ?? 0;
      };
      return { slot: name, arguments: inputs.map(valueOf) };
    });
}

/**
 * A caller with a sandbox of its own, closed together; undefined where nothing says how to call.
 * @throws PacelineError CONFIG_INVALID for `safety.calls` of no use.
 */
export async function buildCaller(
  request: JudgeRequest,
  { kind, closed }: Pick<JudgedTask, 'kind' | 'closed'>,
): Promise<Caller | undefined> {
  const { config, root, id } = request;
  if (!canCall(config)) return undefined;
  const sandbox = request.jail.open(join(workFolder(root, id), 'calls'));
  const caller = await orClose(sandbox, async () => callerIn(request, { kind, sandbox }));
  const { language } = config;
  const situations = closed?.situations;
  return {
    ...caller,
    ...(language && situations ? { inputs: situationInputs(situations, language.slots) } : {}),
    async close() {
      await caller.close();
      await sandbox.close();
    },
  };
}

type Placed = {
  readonly kind: TaskKind;
  readonly sandbox: ReturnType<JudgeRequest['jail']['open']>;
};

function callerIn(request: JudgeRequest, { kind, sandbox }: Placed): Caller {
  const { config, root, task, id, surface } = request;
  const { evaluator, splits } = config;
  const shared = {
    cwd: task,
    kind,
    sandbox,
    limits: limitsOf(config, { use: 'split' }, evaluator.timeout),
    workDirectory: workFolder(root, id),
    programs: programsOf(task, surface),
    beside: besideOf({ config, root, task, surface }),
  };
  const of = calledAs(request, kind);
  if (of !== undefined) return exportCaller({ ...shared, of });
  if (evaluator.use !== 'split') throw new Error('a task that cannot be called');
  return splitCaller({
    ...shared,
    ...visible({ root, task, config }),
    ...splitParts({ config, root: task, surface }, evaluator, 'evaluator'),
    params: evaluator.params,
    ...(splits.generator ? { generator: splits.generator } : {}),
  });
}

/**
 * What is called of a candidate; undefined where the task has a solver, or nothing says how.
 * @throws PacelineError CONFIG_INVALID for `safety.calls` of no use, SURFACE_INVALID for too much beside it.
 */
export function calledAs(
  { config, task, surface }: Pick<JudgeRequest, 'config' | 'task' | 'surface'>,
  kind: TaskKind,
): ExportCallerOptions['of'] | undefined {
  const { evaluator, language, safety } = config;
  if (!canCall(config)) return undefined;
  if (isWhole(config)) refuseManyCopies(task, surface.include);
  if (evaluator.use === 'split') {
    refuseCalls(config, 'evaluator.use: split calls candidates by its own solver');
    return undefined;
  }
  const files = Object.keys(kind.materialise(kind.fromFiles(surface.edit)));
  if (language === undefined) return declared(safety?.calls, [...files, ...surface.include]);
  refuseCalls(config, 'with language the slots are called');
  const file = files.find((name) => name.endsWith('.mjs')) ?? '';
  return { file, slots: language.slots.map(({ name }) => name) };
}

function declared(calls: ExportedFunction | undefined, files: readonly string[]): ExportedFunction {
  if (calls !== undefined && files.includes(calls.file)) return calls;
  throw new PacelineError(
    'CONFIG_INVALID',
    `safety.calls names the file ${JSON.stringify(calls?.file)}, which no candidate has. Name one of ${some(files)}.`,
    { key: 'safety.calls', file: calls?.file ?? '' },
  );
}

/** A repository has thousands. */
const MOST_NAMED = 12;

function some(files: readonly string[]): string {
  const rest = files.length > MOST_NAMED ? ', …' : '';
  return `${files.slice(0, MOST_NAMED).join(', ')}${rest}`;
}

function refuseCalls({ safety }: Config, why: string): void {
  if (safety?.calls === undefined) return;
  throw new PacelineError('CONFIG_INVALID', `safety.calls is never read: ${why}. Leave it out.`, {
    key: 'safety.calls',
  });
}
