/**
 * An evaluator that stood its attacks need not stand them again while nothing it could rest on changed:
 * every file of the task's folder, what the config says of surface and evaluator, the jail, the attacks.
 */
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { contentId } from '../../core/hash.ts';
import type { Plan } from '../../loop/plan.ts';
import { CONFIG_FILE } from '../config.ts';
import { keepOnMachine, machineFile } from '../machine-cache.ts';
import { digestFiles } from '../study-files.ts';

/** The config counts by what it says of the evaluator; any other file may be read by it. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', '.paceline', 'node_modules', CONFIG_FILE]);

/** A larger folder is not read at each start; its evaluator is attacked each time. */
const MOST_FILES = 500;
const MOST_BYTES = 16 * 2 ** 20;

/**
 * Undefined where the folder is too large, or leads elsewhere, to be sure.
 * @param attacks Texts of the candidates it has to stand.
 */
export function digestOfTask(
  root: string,
  { opened }: Pick<Plan, 'opened'>,
  attacks: readonly string[],
): string | undefined {
  const names = readdirSync(root).filter((name) => !SKIPPED.has(name));
  const size = names.reduce((sum, name) => added(sum, sizeOf(join(root, name))), NOTHING);
  if (size.files > MOST_FILES || size.bytes > MOST_BYTES) return undefined;
  const { task, evaluator, isolation } = opened;
  const files = digestFiles(root, names);
  return contentId({ task, evaluator, isolation, attacks, files });
}

interface Size {
  readonly files: number;
  readonly bytes: number;
}

const NOTHING: Size = { files: 0, bytes: 0 };

function added(a: Size, b: Size): Size {
  return { files: a.files + b.files, bytes: a.bytes + b.bytes };
}

function sizeOf(path: string): Size {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return NOTHING;
  if (stat.isSymbolicLink()) return { files: Number.POSITIVE_INFINITY, bytes: 0 };
  if (!stat.isDirectory()) return { files: 1, bytes: stat.size };
  return readdirSync(path).reduce((sum, name) => added(sum, sizeOf(join(path, name))), NOTHING);
}

export function hasPassed(digest: string): boolean {
  return existsSync(machineFile('evaluator-audit', digest));
}

export function rememberPass(digest: string): void {
  keepOnMachine('evaluator-audit', digest, '{}');
}
