import type { Situations } from '../lang/behaviour.ts';
import type { Vocabulary } from '../lang/vocabulary.ts';
import type { Given } from '../reporters/report/given.ts';
import { languageOf } from '../source/language-of.ts';
import { decodeProgram, readable } from '../source/program.ts';
import type { Languages } from '../source/reading.ts';
import type { Files, TaskKind } from '../tasks/contract.ts';
import { forestTask } from '../tasks/forest.ts';
import { improverTask } from '../tasks/improver.ts';
import { sourceTask } from '../tasks/source.ts';
import type { Config } from './config-schema.ts';

type Language = NonNullable<Config['language']>;

export function vocabularyOf({ slots }: Language): Vocabulary {
  return { slots: slots.map((slot) => ({ ...slot, result: 'real' as const })) };
}

export interface KindMaterial {
  /** The editable files. */
  readonly origin: Files;
  /** Of a closed language. */
  readonly situations?: Situations | undefined;
  /** Parsers that were loaded; TypeScript and JavaScript need none. */
  readonly languages?: Languages;
}

export function taskKindOf(
  { kind, language, surface }: Config,
  { origin, situations, languages }: KindMaterial,
): TaskKind {
  if (language === undefined) {
    const readerOf = (path: string) => languageOf(path, languages);
    return sourceTask({ origin, languageOf: readerOf, limitBytes: surface.limit });
  }
  const [path = ''] = surface.edit;
  if (kind === 'improver') return improverTask(path);
  return forestTask({ vocabulary: vocabularyOf(language), path, situations });
}

/** How a report reads recorded candidates: as source, and those of source files as a patch too. */
export function readersOf(config: Config): Pick<Given, 'toSource' | 'change'> {
  const kind = taskKindOf(config, { origin: {} });
  const toSource = (text: string): string => readable(kind.toFiles(text));
  if (config.language) return { toSource };
  return {
    toSource,
    change: (from, to) => ({ files: kind.diff(from, to), scope: kind.scope(from, to) }),
  };
}

/** Of a study that was recorded: its origin is the one in the ledger. */
export function recordedKindOf(config: Config, originText: string): TaskKind {
  return taskKindOf(config, { origin: config.language ? {} : decodeProgram(originText).files });
}

/** All files that differ, as one patch. */
export function patchOf(kind: TaskKind, from: string, to: string): string {
  return kind
    .diff(from, to)
    .map(({ unified }) => unified)
    .join('');
}
