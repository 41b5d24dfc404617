import { basename } from 'node:path';
import type { Vocabulary } from '../lang/vocabulary.ts';
import type { TaskKind } from '../tasks/contract.ts';
import { forestTask } from '../tasks/forest.ts';
import type { Config } from './config-schema.ts';

export function vocabularyOf({ language }: Config): Vocabulary {
  return { slots: language.slots.map((slot) => ({ ...slot, result: 'real' as const })) };
}

/** The evaluator finds the candidate under the file's own name, without its folders. */
export function taskKindOf(config: Config): TaskKind {
  const [file = ''] = config.surface.edit;
  return forestTask({ vocabulary: vocabularyOf(config), file: basename(file) });
}
