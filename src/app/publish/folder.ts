/** Roots in a folder: one file for each study, whole or as it was before. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceDurably } from '../../stores/durable.ts';
import { unwritable } from '../file-fault.ts';
import { fileOfStudy } from './file.ts';

export function writeToFolder(folder: string, study: string, text: string): void {
  const path = join(folder, fileOfStudy(study));
  try {
    mkdirSync(folder, { recursive: true });
    replaceDurably(path, text);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** Undefined where the folder has none of that study. */
export function readFromFolder(folder: string, study: string): string | undefined {
  try {
    return readFileSync(join(folder, fileOfStudy(study)), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
