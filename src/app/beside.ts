/** What a candidate finds beside its own files, and what of the repository is not in its commit. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Beside } from '../evaluators/command/workspace.ts';
import type { Config } from './config-schema.ts';
import { coverOf } from './cover.ts';
import { interpretersOf, toolsIn } from './repository/interpreters.ts';
import { isWhole, type Surface } from './surface.ts';

export interface BesideRequest {
  readonly config: Config;
  /** Where the study lies, and where its files lie. */
  readonly root: string;
  readonly task: string;
  readonly surface: Surface;
}

/** What stands beside a candidate: copied, but of a repository shown as few folders where that can be. */
export function besideOf(
  { config, root, task, surface }: BesideRequest,
  showsElsewhere = false,
): readonly Beside[] {
  const { edit, include, links } = surface;
  const tools = toolsIn(config).map((name) => ({
    name,
    path: join(root, name),
    as: 'shown' as const,
  }));
  const placed = (names: readonly string[], as?: Beside['as']): readonly Beside[] =>
    names.map((name) => ({ name, path: resolve(task, name), ...(as ? { as } : {}) }));
  if (!showsElsewhere || !isWhole(config)) return [...placed(include), ...placed(links, 'link')];
  const cover = coverOf([...include, ...links], { open: Object.keys(edit) });
  const linked = new Set(links);
  const isLink = (name: string): boolean => linked.has(name);
  return [
    ...placed(
      cover.filter((name) => !isLink(name)),
      'shown',
    ),
    ...placed(cover.filter(isLink), 'link'),
    ...tools.filter(({ path }) => existsSync(path)),
  ];
}

/** A candidate of a program is one, too. */
export function programsOf(task: string, { edit }: Pick<Surface, 'edit'>): readonly string[] {
  return Object.keys(edit).filter((path) => (statSync(join(task, path)).mode & 0o111) !== 0);
}

/** What package managers put beside the files of a repository: at its own place too, which scripts of a .venv name. */
export function installed({
  root,
  config,
}: Pick<BesideRequest, 'root' | 'config'>): readonly string[] {
  const places = toolsIn(config)
    .map((name) => join(root, name))
    .filter(existsSync);
  return [...new Set([...places, ...places.flatMap(interpretersOf)])];
}
