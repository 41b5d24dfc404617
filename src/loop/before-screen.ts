/** What the entry of a trial keeps of all that came before its screen. */
import type { EventBody } from '../core/events.ts';
import { rememberedFrom } from '../core/memory.ts';
import type { ArmState, StudyState } from './state.ts';
import type { Study } from './study.ts';
import { forecastOf } from './taste.ts';
import type { TrialResult } from './trial.ts';

/** Who wrote it, what the cascade saw, and what was expected of it. */
export function beforeScreen(
  { plan, state }: Study,
  { arm, isDuplicate }: { readonly arm: ArmState; readonly isDuplicate: boolean },
  result: TrialResult,
) {
  return {
    ...result.cascade,
    ...whence(state.opened, result, isDuplicate),
    ...forecastOf(plan, { state, arm }, result),
  };
}

/** Who handed it in, and of a duplicate by memory the study that it is known from. */
function whence(
  opened: StudyState['opened'],
  { writtenIn, draft }: TrialResult,
  isDuplicate: boolean,
): Pick<EventBody['trial.settled'], 'writtenIn' | 'remembered'> {
  const remembered = isDuplicate ? rememberedFrom(opened?.memory, draft.key) : undefined;
  return {
    ...(writtenIn === undefined ? {} : { writtenIn }),
    ...(remembered === undefined ? {} : { remembered }),
  };
}
