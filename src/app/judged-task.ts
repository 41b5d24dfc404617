/** The files of a task read as what they are: its surface, its language, what a candidate is, and the origin. */
import { PacelineError } from '../core/errors.ts';
import { loadInterpreterModule } from '../evaluators/interpreted/module.ts';
import { IMPROVER_SITUATIONS } from '../improver/gp/improver-subject.ts';
import { GP_VOCABULARY } from '../improver/gp/slots.ts';
import type { Languages } from '../source/reading.ts';
import type { Files, TaskKind } from '../tasks/contract.ts';
import type { Config } from './config-schema.ts';
import { refuseFalseClass } from './evaluator-class.ts';
import { loadLanguages } from './load-languages.ts';
import type { Closed } from './read-written.ts';
import { taskFiles } from './repository/checkout.ts';
import { readSurface, type Surface } from './surface.ts';
import { requirePath } from './task-files.ts';
import { taskKindOf, vocabularyOf } from './task-kind.ts';

/** `module`: scores it in process; absent where its evaluator is all there is (improvers). */
export type ClosedLanguage = Closed & { readonly module?: string };

export interface JudgedTask {
  /** Where the task's files lie. */
  readonly task: string;
  readonly surface: Surface;
  /** What searches a closed language in process; absent for source files of any language. */
  readonly closed?: ClosedLanguage;
  readonly languages: Languages;
  readonly kind: TaskKind;
  readonly originText: string;
}

/** @throws PacelineError for anything in the folder that does not fit the config. */
export async function readTask(place: {
  readonly root: string;
  readonly config: Config;
}): Promise<JudgedTask> {
  const { config } = place;
  const task = taskFiles(place);
  const surface = readSurface(task, config);
  refuseFalseClass(config, surface);
  const closed = await closedLanguage(task, config);
  const languages = closed ? new Map() : await languagesOf(surface);
  const origin = surface.edit;
  const kind = taskKindOf(config, { origin, situations: closed?.situations, languages });
  const originText = readOrigin(kind, origin);
  return { task, surface, ...(closed ? { closed } : {}), languages, kind, originText };
}

/** Parsers of the editable files; a warning for each that is read as plain lines. */
async function languagesOf({ edit }: Surface): Promise<Languages> {
  const { languages, missing } = await loadLanguages(Object.keys(edit));
  for (const sentence of missing) process.emitWarning(sentence, 'Paceline');
  return languages;
}

async function closedLanguage(root: string, config: Config): Promise<ClosedLanguage | undefined> {
  const { kind, language, evaluator } = config;
  if (kind === 'improver') return improverLanguage(config);
  if (language === undefined || evaluator.interpreter === undefined) return undefined;
  const module = requirePath(root, evaluator.interpreter, 'evaluator.interpreter');
  const { situations } = await loadInterpreterModule(module);
  return { module, vocabulary: vocabularyOf(language), situations };
}

/** @throws PacelineError CONFIG_INVALID for other slots than this release has. */
function improverLanguage(config: Config): ClosedLanguage {
  const { slots } = config.language ?? { slots: [] };
  const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name).join();
  if (names(slots) !== names(GP_VOCABULARY.slots)) {
    throw new PacelineError(
      'CONFIG_INVALID',
      'language names other slots than improvers have in this release. Leave language out where kind is improver; a study of another release ends with that release.',
      { key: 'language' },
    );
  }
  return { vocabulary: GP_VOCABULARY, situations: IMPROVER_SITUATIONS };
}

/** @throws PacelineError as `fromFiles` does, with the names of the files. */
function readOrigin(kind: TaskKind, files: Files): string {
  try {
    return kind.fromFiles(files);
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    const { code, message, data } = error;
    const names = Object.keys(files).join(', ');
    throw new PacelineError(
      code,
      `${names}: ${message}`,
      { ...data, file: names },
      { cause: error },
    );
  }
}
