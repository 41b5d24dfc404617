/** Never shown to what is jailed: secrets of studies, of the repository and of its deployment. */
import { STATE_FOLDER } from './study-files.ts';

export const HIDDEN: readonly string[] = [
  STATE_FOLDER,
  '.git',
  '.env',
  '.env.local',
  '.env.production',
];
