/**
 * Whether an evaluator is what its `class` says. Split: no code of a candidate runs where it is
 * scored. That holds for `use: split`; for a closed language, whose candidates are data until our own
 * emitter makes code of them; and where the candidate is data.
 */
import { basename, extname } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import type { Config } from './config-schema.ts';
import type { Surface } from './surface.ts';

/** Read, and not run, by every tool we know of, but for the names below. */
const DATA: ReadonlySet<string> = new Set([
  '.csv',
  '.dat',
  '.ini',
  '.json',
  '.jsonl',
  '.md',
  '.svg',
  '.toml',
  '.tsv',
  '.txt',
  '.xml',
  '.yaml',
  '.yml',
]);

/** What stands in these is run: scripts of npm, tasks of Deno, hooks of a build, targets of Ant and Maven. */
const RUN: ReadonlySet<string> = new Set([
  'build.xml',
  'cargo.toml',
  'compose.yaml',
  'compose.yml',
  'composer.json',
  'deno.json',
  'docker-compose.yaml',
  'docker-compose.yml',
  'package.json',
  'pom.xml',
  'pyproject.toml',
  'taskfile.yaml',
  'taskfile.yml',
  'tox.ini',
]);

function isData(file: string): boolean {
  return DATA.has(extname(file).toLowerCase()) && !RUN.has(basename(file).toLowerCase());
}

/** @throws PacelineError CONFIG_INVALID for a `class: split` that cannot be true. */
export function refuseFalseClass({ evaluator, language }: Config, { edit }: Surface): void {
  if (evaluator.class !== 'split' || evaluator.use === 'split' || language !== undefined) return;
  const code = Object.keys(edit).find((file) => !isData(file));
  if (code === undefined) return;
  throw new PacelineError(
    'CONFIG_INVALID',
    `evaluator.class is split, but ${code} is code, and a ${evaluator.use ?? 'command'} evaluator runs it in its own jail, where it could reach its grade. Write class: fused, or use: split with a judge and a solver (docs/evaluators.md).`,
    { file: code },
  );
}
