/** The cascade, counted: what each stage saw, stopped, and would have stopped. */
import type { Settled, StageTally, Tally } from './tally.ts';

export function tallyStages(tally: Tally, { body }: Settled): void {
  for (const { name } of body.stages ?? []) {
    const stage = stageOf(tally, name);
    stage.reached += 1;
    if (body.stoppedAt === name) stage.stopped += 1;
    if (body.spotChecked !== name) continue;
    stage.checked += 1;
    if (body.end === null) stage.promising += 1;
  }
}

function stageOf(tally: Tally, name: string): StageTally {
  const known = tally.stages.find((stage) => stage.name === name);
  if (known) return known;
  const stage = { name, reached: 0, stopped: 0, checked: 0, promising: 0 };
  tally.stages.push(stage);
  return stage;
}
