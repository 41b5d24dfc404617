/** Edits of `paceline.yaml` that a study which has begun does not see: it goes on as it was started. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { jsonDifferences } from '../core/json-differences.ts';
import { CONFIG_FILE, loadConfig } from './config.ts';
import { plainJson } from './config-id.ts';
import { recordedConfig } from './recorded-config.ts';
import { studyFolder } from './study-files.ts';

/** Read anew each time (cap-now.ts). */
const CAP = 'storage.cap';

/**
 * Keys such as `budget.trials` in which the file differs from what the study was started with. None
 * where the file was not touched since, is another task's, or is no config any more.
 */
export function editedKeys(root: string, id: string): readonly string[] {
  const path = join(root, CONFIG_FILE);
  const touchedMs = (file: string): number =>
    statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (touchedMs(path) <= touchedMs(join(studyFolder(root, id), 'study.json'))) return [];
  const recorded = recordedConfig(root, id);
  try {
    const { config } = loadConfig(path);
    if (config.name !== recorded.name) return [];
    const differences = jsonDifferences(plainJson(recorded), plainJson(config));
    return differences.map(({ at }) => at).filter((at) => at !== CAP);
  } catch (error) {
    if (PacelineError.is(error)) return [];
    throw error;
  }
}
