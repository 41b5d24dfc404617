/** What a study takes from its improver besides a library: dead ends of its task, lessons, and which parts it uses. */
import type { EventBody } from '../../core/events.ts';
import { contentId } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import { fittingLessons } from '../../core/lessons.ts';
import { memoryHash, type UsedMemory } from '../../core/memory.ts';
import { PROMPT_NAMES, type PromptName } from '../../core/prompt-template.ts';
import type { Improver } from '../../improver/artifact.ts';
import type { Config } from '../config-schema.ts';
import { MOST_USED } from '../memory/most-used.ts';
import { taskOf } from '../memory/task-of.ts';
import type { KeptImprover } from './store.ts';

type Opened = EventBody['study.opened'];
type Recorded = Pick<Opened, 'improver' | 'lessons' | 'memory'>;

/**
 * All that a first entry says of the improver. The same in every arm, like what `memory: on` takes over; but it is
 * fixed by the id of the improver, which is part of the config, so the study can still be rerun.
 */
export function fromImprover(
  opened: Opened,
  config: Config,
  found: KeptImprover | undefined,
): Recorded {
  if (found === undefined) return {};
  const { id, improver } = found;
  const lessons = fittingLessons(improver.lessons);
  const memory = deadEndsFor(opened, found);
  const taste = tasteUsed(improver, config);
  const prompts = promptsUsed(improver, config);
  return {
    improver: {
      id,
      generation: improver.generation,
      ...(taste ? { taste: contentId(taste as unknown as Json) } : {}),
      ...(prompts.length > 0 ? { prompts } : {}),
    },
    ...(lessons.length > 0 ? { lessons } : {}),
    ...(memory ? { memory } : {}),
  };
}

function deadEndsFor(opened: Opened, { id, improver }: KeptImprover): UsedMemory | undefined {
  const task = taskOf(opened).id;
  const keys = new Set(improver.deadEnds.flatMap((one) => (one.task === task ? [one.key] : [])));
  if (keys.size === 0) return undefined;
  const used = {
    from: [{ study: nameOf(id), record: id, isImprover: true as const }],
    deadEnds: [...keys].slice(0, MOST_USED).map((key) => [key, 0] as const),
  };
  return { hash: memoryHash(used), ...used };
}

const DIGITS = 16;
const nameOf = (id: string): string => `improver ${id.replace('sha256:', '').slice(0, DIGITS)}`;

/** The net a surrogate of this study would forecast by; undefined where it has none of its own. */
export function tasteUsed({ taste }: Improver, config: Config) {
  if (config.taste.use !== 'surrogate') return undefined;
  return config.language === undefined ? taste?.sources : taste?.forests;
}

function promptsUsed({ prompts }: Improver, { proposers }: Config): readonly PromptName[] {
  if (!proposers.some(({ use }) => use === 'llm')) return [];
  return PROMPT_NAMES.filter((name) => Object.hasOwn(prompts, name));
}
