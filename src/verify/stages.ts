/** The cascade of a trial: which stage stopped it follows from the rule and the values it recorded. */
import { ruleStages } from '../claims/rule.ts';
import { isSpotChecked, type StageRule, stagesVerdict } from '../claims/stages.ts';
import type { StoredEvent } from '../core/events.ts';
import { hasKey } from '../core/key-set.ts';
import type { ArmEvidence, Complain, Evidence } from './evidence.ts';

interface Settling {
  readonly event: StoredEvent<'trial.settled'>;
  readonly complain: Complain;
}

export function checkStages(study: Evidence, arm: ArmEvidence, settling: Settling): void {
  const { rule } = study;
  const { body } = settling.event;
  const recorded = body.stages ?? [];
  // A copy that was known when it was asked for was measured nowhere, nor was what a person barred.
  const isUnmeasured = body.barredBy !== undefined || hasKey(arm.seen, body.key);
  if (rule === undefined || (recorded.length === 0 && isUnmeasured)) return;
  const { complain } = settling;
  const stages = ruleStages(rule);
  const found = stagesVerdict(stages, recorded);
  if (found.verdict === 'next') {
    const due = found.stage.name;
    complain('decision', `Was not measured at the stage ${due}, though none before stopped it.`);
    return;
  }
  const reached = found.verdict === 'passed' ? stages.length : found.at + 1;
  if (recorded.length !== reached || !areNamed(recorded, stages)) {
    complain('decision', 'The recorded stages are not those of the rule up to the one that ended.');
  }
  if (found.verdict === 'unscored' && body.outcome === 'scored') {
    complain('decision', `Counts as scored, but the stage ${found.stage.name} has no score.`);
  }
  checkStop(study, settling, found.verdict === 'below' ? found.stage.name : undefined);
  const isOver = found.verdict === 'unscored' || body.stoppedAt !== undefined;
  if (isOver && body.values.length > 0) {
    complain('decision', 'Screened although a stage had ended the trial.');
  }
}

/** `below`: the stage whose threshold the values miss. */
function checkStop(
  { publicRoot }: Evidence,
  { event, complain }: Settling,
  below: string | undefined,
): void {
  const { stoppedAt, spotChecked } = event.body;
  const recorded = stoppedAt ?? spotChecked;
  if (recorded !== below || (stoppedAt !== undefined && spotChecked !== undefined)) {
    const name = (stage: string | undefined): string => stage ?? 'no stage';
    complain('decision', `Recorded below ${name(recorded)}; its values are below ${name(below)}.`);
    return;
  }
  if (below === undefined || publicRoot === undefined) return;
  const isDrawn = isSpotChecked(publicRoot.stream(event.trial ?? -1, 'spot-check'));
  if (isDrawn === (spotChecked !== undefined)) return;
  const due = isDrawn ? 'goes on all the same' : 'ends';
  complain('decision', `By its draw the trial ${due} below ${below}; recorded otherwise.`);
}

function areNamed(
  recorded: readonly { readonly name: string }[],
  stages: readonly StageRule[],
): boolean {
  return recorded.every(({ name }, i) => name === stages[i]?.name);
}

/** The origin passed every stage before anything else was tried. */
export function checkOriginStages(
  study: Evidence,
  { body }: StoredEvent<'noise.measured'>,
  complain: Complain,
): void {
  if (study.rule === undefined) return;
  const stages = ruleStages(study.rule);
  const recorded = body.stages ?? [];
  const isWhole = recorded.length === stages.length && areNamed(recorded, stages);
  if (isWhole && stagesVerdict(stages, recorded).verdict === 'passed') return;
  complain('decision', 'The origin did not pass the stages of the rule, each with a score.');
}
