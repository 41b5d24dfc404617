/** The second place that a config or a person names. */
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { PacelineError } from '../../core/errors.ts';
import { leavesOf, type PublishedRoots } from '../../core/published-roots.ts';
import { readKeyFiles } from '../../gatekeeper/key-files.ts';
import type { SecondPlace } from '../../loop/second-place.ts';
import type { Publish } from '../config-publish.ts';
import { keysFolder, stateFolder } from '../study-files.ts';
import { parsePublished } from './file.ts';
import { readFromFolder, writeToFolder } from './folder.ts';
import { type GitPlace, pushToGit, readFromGit, withoutPassword } from './git.ts';

export interface Publishing {
  readonly root: string;
  readonly id: string;
  readonly clock: Clock;
}

/** @throws PacelineError `CONFIG_INVALID` for a folder that is no second place. */
export function secondPlace(publish: Publish, { root, id, clock }: Publishing): SecondPlace {
  const keep = keeping(publish, root);
  return {
    name: nameOf(publish),
    async publish({ commit, roots, entries }, signal) {
      const { records: keys } = readKeyFiles(keysFolder(root));
      const file: PublishedRoots = {
        schema: 'paceline.roots/1',
        study: id,
        commit,
        at: clock.wallMs(),
        keys,
        roots,
        leaves: leavesOf(entries),
      };
      await keep(id, `${JSON.stringify(file)}\n`, signal);
    },
  };
}

type Keep = (study: string, text: string, signal: AbortSignal) => Promise<void>;

function keeping(publish: Publish, root: string): Keep {
  if ('git' in publish) {
    const place = gitPlace(publish, root);
    return (study, text, signal) => pushToGit(place, study, { text, signal });
  }
  const folder = resolve(root, publish.folder);
  const inside = relative(stateFolder(root), folder);
  if (!inside.startsWith('..') && !isAbsolute(inside)) {
    throw new PacelineError(
      'CONFIG_INVALID',
      `safety.publish.folder is ${folder}, where the studies lie: whoever rewrites a ledger rewrites it too. Name a folder elsewhere, best on another machine or of another user.`,
      { folder },
    );
  }
  return async (study, text) => writeToFolder(folder, study, text);
}

/**
 * What was published of a study. `place`: a folder, or `git:REMOTE` with the branch after a `#`.
 * @throws PacelineError `USAGE` where nothing of it is there, `WORKSPACE` for a file that is not whole.
 */
export async function readPublished(
  root: string,
  study: string,
  place: string,
): Promise<PublishedRoots> {
  const [, remote, branch = 'paceline-heads'] = /^git:([^#]+)(?:#(.+))?$/.exec(place) ?? [];
  const signal = new AbortController().signal;
  const text =
    remote === undefined
      ? readFromFolder(resolve(root, place), study)
      : await readFromGit(gitPlace({ git: remote, branch }, root), study, signal);
  if (text !== undefined) return parsePublished(text, place);
  throw new PacelineError(
    'USAGE',
    `No roots of ${study} are published in ${place}. Give the folder that safety.publish names, or git:REMOTE, or git:REMOTE#BRANCH.`,
    { study, place },
  );
}

function gitPlace({ git, branch }: Extract<Publish, { git: string }>, root: string): GitPlace {
  return { root, remote: git, branch, scratch: join(stateFolder(root), 'heads.git') };
}

function nameOf(publish: Publish): string {
  return 'git' in publish
    ? `git:${withoutPassword(publish.git)}#${publish.branch}`
    : publish.folder;
}
