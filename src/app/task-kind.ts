import type { Situations } from '../lang/behaviour.ts';
import type { Vocabulary } from '../lang/vocabulary.ts';
import { readable } from '../source/program.ts';
import type { Files, TaskKind } from '../tasks/contract.ts';
import { forestTask } from '../tasks/forest.ts';
import { sourceTask } from '../tasks/source.ts';
import type { Config } from './config-schema.ts';

type Language = NonNullable<Config['language']>;

export function vocabularyOf({ slots }: Language): Vocabulary {
  return { slots: slots.map((slot) => ({ ...slot, result: 'real' as const })) };
}

/** `origin` holds the editable files; `situations` belong to a closed language. */
export function taskKindOf(
  { language, surface }: Config,
  { origin, situations }: { readonly origin: Files; readonly situations?: Situations | undefined },
): TaskKind {
  if (language === undefined) return sourceTask({ origin });
  const [path = ''] = surface.edit;
  return forestTask({ vocabulary: vocabularyOf(language), path, situations });
}

/** Canonical text of a recorded candidate as people read it. */
export function sourceReader(config: Config): (text: string) => string {
  const { toFiles } = taskKindOf(config, { origin: {} });
  return (text) => readable(toFiles(text));
}
