/** What a candidate finds beside its own files, and what of the repository is not in its commit. */
import { existsSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
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
  /** Files of it that are not shown. */
  readonly hidden?: ReadonlySet<string> | undefined;
}

/** What stands beside a candidate: copied, but of a repository shown as few folders where that can be. */
export function besideOf(
  { config, root, task, surface, hidden = new Set() }: BesideRequest,
  showsElsewhere = false,
): readonly Beside[] {
  const { edit } = surface;
  const out = new Set([...hidden, ...keptApart(config)]);
  const isSeen = (name: string): boolean => !out.has(name);
  const [include, links] = [surface.include.filter(isSeen), surface.links.filter(isSeen)];
  const tools = toolsIn(config).map((name) => ({
    name,
    path: join(root, name),
    as: 'shown' as const,
  }));
  const placed = (names: readonly string[], as?: Beside['as']): readonly Beside[] =>
    names.map((name) => ({ name, path: resolve(task, name), ...(as ? { as } : {}) }));
  if (!showsElsewhere || !isWhole(config)) return [...placed(include), ...placed(links, 'link')];
  const cover = coverOf([...include, ...links], { open: [...Object.keys(edit), ...out] });
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

/** Of a commit that stands beside the candidate whole, what candidates are tried on does not. */
export function keptApart(
  config: Pick<Config, 'surface' | 'repository' | 'safety'>,
): readonly string[] {
  const checks = config.safety?.checks;
  return checks === undefined || !isWhole(config) ? [] : [posix.normalize(checks)];
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
