/** Picks how candidates are called on inputs, from `evaluator`, `language` and `safety.calls`. */
import { join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { type ExportedFunction, exportCaller } from '../evaluators/calls/exported.ts';
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

/** Whether anything says how candidates of this task are called. */
function canCall({ evaluator, language, safety }: Config): boolean {
  return evaluator.use === 'split' || language !== undefined || safety?.calls !== undefined;
}

/** Whether they can be called, and there are inputs to call them on: from the config alone. */
export function isCallable({ evaluator, language, safety }: Config): boolean {
  if (evaluator.use === 'split') return true;
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
  const { evaluator, splits, safety } = config;
  const shared = {
    cwd: task,
    kind,
    sandbox,
    limits: limitsOf(config, { use: 'split' }, evaluator.timeout),
    workDirectory: workFolder(root, id),
    programs: programsOf(task, surface),
    beside: besideOf({ config, root, task, surface }),
  };
  if (evaluator.use === 'split') {
    refuseCalls(config, 'evaluator.use: split calls candidates by its own solver');
    return splitCaller({
      ...shared,
      ...visible({ root, task, config }),
      ...splitParts({ config, root: task, surface }, evaluator, 'evaluator'),
      params: evaluator.params,
      ...(splits.generator ? { generator: splits.generator } : {}),
    });
  }
  const files = Object.keys(kind.materialise(kind.fromFiles(surface.edit)));
  if (config.language !== undefined) {
    refuseCalls(config, 'with language the slots are called');
    const file = files.find((name) => name.endsWith('.mjs')) ?? '';
    const slots = config.language.slots.map(({ name }) => name);
    return exportCaller({ ...shared, of: { file, slots } });
  }
  return exportCaller({ ...shared, of: declared(safety?.calls, [...files, ...surface.include]) });
}

function declared(calls: ExportedFunction | undefined, files: readonly string[]): ExportedFunction {
  if (calls !== undefined && files.includes(calls.file)) return calls;
  throw new PacelineError(
    'CONFIG_INVALID',
    `safety.calls names the file ${JSON.stringify(calls?.file)}, which no candidate has. Name one of ${files.join(', ')}.`,
    { key: 'safety.calls', file: calls?.file ?? '' },
  );
}

function refuseCalls({ safety }: Config, why: string): void {
  if (safety?.calls === undefined) return;
  throw new PacelineError('CONFIG_INVALID', `safety.calls is never read: ${why}. Leave it out.`, {
    key: 'safety.calls',
  });
}
