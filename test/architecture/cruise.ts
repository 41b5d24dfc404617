/** Runs dependency-cruiser on a `src` folder, and plants forbidden imports in a copy of ours. */
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import type { Plant } from './plants.ts';

export const ROOT: string = join(import.meta.dirname, '../..');

interface Arrows {
  readonly FOLDERS: readonly string[];
  readonly default: {
    readonly forbidden: readonly { readonly name: string; readonly comment: string }[];
    readonly options: object;
  };
}

export const arrows = (await import(
  pathToFileURL(join(ROOT, '.dependency-cruiser.mjs')).href
)) as Arrows;

/** Every production file below `folder/src`, tests left out, as `src/…` paths. */
export function productionFiles(folder: string): readonly string[] {
  return readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|mjs)$/.test(path) && !path.endsWith('.test.ts'))
    .map((path) => `src/${path}`)
    .sort();
}

/** Changes the working directory while it runs: dependency-cruiser resolves from there. */
export async function cruiseFolder(folder: string): Promise<ICruiseResult> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    const { forbidden, options } = arrows.default;
    const ruleSet = { forbidden } as unknown as IFlattenedRuleSet;
    const { output } = await cruise(['src'], { ...options, validate: true, ruleSet });
    return output as ICruiseResult;
  } finally {
    process.chdir(before);
  }
}

/** A copy of our `src` with every plant in it, resolving packages as we do. */
export function copyWithPlants(plants: readonly Plant[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-architecture-'));
  cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const { file, code } of plants) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    appendFileSync(join(folder, file), `\n${code}\n`);
  }
  return folder;
}
