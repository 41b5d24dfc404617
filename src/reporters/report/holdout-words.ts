/** Answers of the sealed hold-out in words: what left the gate, and nothing else. */
import type { EventBody } from '../../core/events.ts';
import { countText } from './number-text.ts';

type Queried = EventBody['holdout.queried'];

/** `improved (set 1, question 3, 17 left)`, or why it was refused. */
export function queriedWords(body: Queried): string {
  const { generation, query, queriesLeft, verdict, gate, why } = body;
  const where = `set ${countText(generation)}, question ${countText(query)}, ${countText(queriesLeft)} left`;
  const said = verdict === 'improved' ? 'improved' : 'not improved by a whole step';
  return gate === 'pass' ? `${said} (${where})` : `refused: ${why ?? 'not recorded'} (${where})`;
}

const RETIRED = {
  spent: 'its questions are spent',
  contradicted: 'it contradicted a block',
  promoted: 'it let as many pass as it may',
} as const;

/** Undefined while the set still answers. */
export function retiredWords({ retired }: Queried): string | undefined {
  return retired && `retired, ${RETIRED[retired]}`;
}
