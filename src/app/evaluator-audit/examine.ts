/** `doctor --evaluator`: the whole audit of the evaluator of a config, and what it needs. */
import { judgeFiles } from '../build-judge.ts';
import { loadConfig } from '../config.ts';
import { chooseJail } from '../jail/choose.ts';
import { withPassingPlan } from '../passing-plan.ts';
import { readSurface } from '../surface.ts';
import { taskFolder } from '../task-folder.ts';
import { auditAll, type EvaluatorAudit } from './audit.ts';
import { type Needs, needsLines, needsOf } from './needs.ts';

export interface ExaminedEvaluator {
  readonly audit: EvaluatorAudit;
  readonly needs: Needs;
  /** For paceline.yaml. */
  readonly lines: readonly string[];
  /** Whether the jail that it was scored in has no network. */
  readonly isOffline: boolean;
}

/** @param onProgress Told what was done last. @throws PacelineError for whatever `run` would refuse. */
export async function examineEvaluator(
  configFile: string,
  onProgress: (what: string) => void = () => undefined,
): Promise<ExaminedEvaluator> {
  const { config, root } = loadConfig(configFile);
  const audit = await withPassingPlan('doctor', { root, config }, (plan) =>
    auditAll({
      root,
      config,
      plan,
      onProgress: (done, of) => onProgress(`candidate ${done} of ${of}`),
    }),
  );
  const task = taskFolder(root, config);
  const judged = judgeFiles({ config, task }, readSurface(task, config));
  const onRun = (what: string) => onProgress(`jail: ${what}`);
  const needs = await needsOf({ root, config, judged, onRun });
  const { level } = await chooseJail(config.jail?.level);
  // Node's permission model leaves the network open.
  return { audit, needs, lines: needsLines(needs), isOffline: level > 'J1' };
}
