/** When two studies are of the same task. */
import type { EventBody } from '../../core/events.ts';
import { contentId } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import type { MemoryRecord } from './record.ts';

/** The same task: the same start, judged by the same files on the same terms, in the same metric. */
export function taskOf(
  opened: Pick<EventBody['study.opened'], 'name' | 'origin' | 'evaluator' | 'metric' | 'task'>,
): MemoryRecord['task'] {
  const { name, origin, evaluator, metric, task } = opened;
  const id = contentId({ task, origin, evaluator, metric } as unknown as Json);
  return { id, name, origin, evaluator, metric };
}
