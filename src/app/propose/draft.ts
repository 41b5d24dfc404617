/**
 * A copy of the incumbent to be edited: `.paceline/drafts/<study>-<chance>/`, with its files below `files/`
 * and the idea beside them. It stays until what was written in it is in the study's hands.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import type { Files } from '../../tasks/contract.ts';
import type { Base } from '../hand-written.ts';
import type { StudyPlace } from '../read-ledger.ts';
import { stateFolder } from '../study-files.ts';
import { filesBelow, readText, sizeOf } from '../surface.ts';
import { type Idea, ideaText, readIdea } from './idea.ts';

const IDEA_FILE = 'IDEA.txt';

export interface Draft {
  readonly folder: string;
  /** What an editor opens: the idea, then the files. */
  readonly paths: readonly string[];
  /** Files that differ from the incumbent's, and files that it does not have. */
  changed(): Files;
  /** Undefined where it was emptied or taken away. */
  idea(): Idea | undefined;
  remove(): void;
}

export function makeDraft({ root, id }: StudyPlace, base: Base, idea: Idea): Draft {
  const { folder, files } = lay(stateFolder(root), id);
  const ideaPath = join(folder, IDEA_FILE);
  writeFileSync(ideaPath, ideaText(idea, base.metric));
  const paths = Object.entries(base.files).map(([path, text]) => {
    const whole = join(files, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
    return whole;
  });
  return {
    folder,
    paths: [ideaPath, ...paths],
    changed: () => changedIn(files, base.files),
    idea: () => ideaIn(ideaPath),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function lay(state: string, id: string): { readonly folder: string; readonly files: string } {
  const drafts = join(state, 'drafts');
  try {
    mkdirSync(drafts, { recursive: true });
    const folder = mkdtempSync(join(drafts, `${id}-`));
    const files = join(folder, 'files');
    mkdirSync(files);
    return { folder, files };
  } catch (cause) {
    throw new PacelineError(
      'WORKSPACE',
      `The incumbent cannot be copied to ${drafts}: ${(cause as Error).message}. Make the folder writable or free some space, or hand in files with --file.`,
      { folder: drafts },
      { cause },
    );
  }
}

/** What an editor leaves beside a file is none of the candidate's. */
const LEFT_BESIDE = /(~|\.sw[a-p]|\.bak|#)$|(^|\/)\.#/;

function changedIn(folder: string, before: Files): Files {
  const found = filesBelow(folder).filter(
    (path) => Object.hasOwn(before, path) || !LEFT_BESIDE.test(path),
  );
  const texts = found.map((path) => {
    sizeOf(folder, path, 'The candidate');
    return [path, readText(folder, path, 'The candidate')] as const;
  });
  return Object.fromEntries(texts.filter(([path, text]) => before[path] !== text));
}

function ideaIn(path: string): Idea | undefined {
  try {
    return readIdea(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
