/** The folder an agent works in: the files of its parent, and those beside them that it may read. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Files } from '../../tasks/contract.ts';

export interface Worktree {
  readonly folder: string;
  remove(): void;
}

export interface WorktreeOptions {
  /** Where it is made. */
  readonly home: string;
  readonly files: Files;
  readonly beside: readonly Beside[];
}

/** What stands beside them: copied, links as they are, or shown by the jail in its place. */
export interface Beside {
  readonly name: string;
  readonly path: string;
  readonly as?: 'shown' | 'link';
}

export function makeWorktree({ home, files, beside }: WorktreeOptions): Worktree {
  mkdirSync(home, { recursive: true });
  const top = mkdtempSync(join(home, 'agent-'));
  const folder = join(top, 'work');
  mkdirSync(folder);
  for (const { name, path, as } of beside) {
    if (as === 'shown') continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(path, join(folder, name), { verbatimSymlinks: true });
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return { folder, remove: () => rmSync(top, { recursive: true, force: true }) };
}
