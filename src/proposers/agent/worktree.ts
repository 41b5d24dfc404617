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
  /** Copied in by their own names. */
  readonly beside: readonly { readonly name: string; readonly path: string }[];
}

export function makeWorktree({ home, files, beside }: WorktreeOptions): Worktree {
  mkdirSync(home, { recursive: true });
  const top = mkdtempSync(join(home, 'agent-'));
  const folder = join(top, 'work');
  mkdirSync(folder);
  for (const { name, path } of beside) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(path, join(folder, name), { verbatimSymlinks: true });
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return { folder, remove: () => rmSync(top, { recursive: true, force: true }) };
}
