/**
 * Roots as commits on a branch of a git remote, one file for each study. Made with plumbing in a bare
 * repository of our own below `.paceline`: the person's work tree, index, branches and hooks have no part in it.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { promisify } from 'node:util';
import { PacelineError } from '../../core/errors.ts';
import { gitOrNothing, ownEnvironment } from '../repository/git.ts';
import { fileOfStudy } from './file.ts';

const run = promisify(execFile);

export interface GitPlace {
  /** Folder of the config: names of remotes and relative paths are of there. */
  readonly root: string;
  readonly remote: string;
  readonly branch: string;
  /** Of the bare repository. */
  readonly scratch: string;
}

/** A remote that does not answer must not hold up a study for longer. */
const LIMIT_MS = 20_000;
const MOST_BYTES = 256 * 1024 * 1024;
/** Other studies publish to the same branch at the same time. */
const TRIES = 4;

/** Ways to a remote that start nothing but git's own transports. */
const PROTOCOLS = 'file:git:http:https:ssh';

const SETTINGS = ['core.hooksPath=/dev/null', 'gc.auto=0', 'protocol.ext.allow=never'];

export async function pushToGit(
  place: GitPlace,
  study: string,
  { text, signal }: { readonly text: string; readonly signal: AbortSignal },
): Promise<void> {
  const git = await openScratch(place, signal);
  const blob = await git.ask(['hash-object', '-w', '--stdin'], text);
  for (let tried = 1; ; tried++) {
    const parent = await fetched(git, place);
    const commit = await committed(git, { parent, blob, study });
    try {
      await git.ask(['push', '--quiet', git.url, `${commit}:refs/heads/${place.branch}`]);
      return;
    } catch (error) {
      if (tried === TRIES || !isOvertaken(error)) throw error;
    }
  }
}

/** Undefined where the branch, or a file of that study on it, is not there. */
export async function readFromGit(
  place: GitPlace,
  study: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const git = await openScratch(place, signal);
  const tip = await fetched(git, place);
  if (tip === undefined) return undefined;
  const names = await git.ask(['ls-tree', '--name-only', tip]);
  if (!names.split('\n').includes(fileOfStudy(study))) return undefined;
  return git.ask(['cat-file', 'blob', `${tip}:${fileOfStudy(study)}`]);
}

interface Scratch {
  readonly url: string;
  ask(args: readonly string[], input?: string): Promise<string>;
}

async function openScratch(place: GitPlace, signal: AbortSignal): Promise<Scratch> {
  const { scratch } = place;
  const until = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const ask = async (args: readonly string[], input = ''): Promise<string> => {
    const given = SETTINGS.flatMap((one) => ['-c', one]);
    const running = run('git', [...given, ...args], {
      cwd: scratch,
      env: environment(),
      encoding: 'utf8',
      maxBuffer: MOST_BYTES,
      signal: until,
      killSignal: 'SIGKILL',
    });
    running.child.stdin?.on('error', () => undefined).end(input);
    try {
      return (await running).stdout.replace(/\n$/, '');
    } catch (cause) {
      throw failed(place, args, cause as FailedCall);
    }
  };
  if (!existsSync(scratch)) {
    mkdirSync(scratch, { recursive: true, mode: 0o700 });
    await ask(['init', '--quiet', '--bare', '.']);
  }
  return { url: urlOf(place), ask };
}

/** A name of a remote in the person's repository, an address, or a path from the folder of the config. */
function urlOf({ root, remote }: GitPlace): string {
  const named = gitOrNothing({ cwd: root }, 'remote', 'get-url', '--push', '--', remote);
  const url = named ?? remote;
  const isPath = !/^[a-z+]+:\/\//i.test(url) && !/^[^/]+:/.test(url);
  return isPath && !isAbsolute(url) ? resolve(root, url) : url;
}

/** The tip of the branch; undefined where there is none yet. */
async function fetched(git: Scratch, { branch }: GitPlace): Promise<string | undefined> {
  const listed = await git.ask(['ls-remote', '--quiet', git.url, `refs/heads/${branch}`]);
  const [tip] = listed.split(/\s/);
  if (!tip) return undefined;
  await git.ask(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', git.url, tip]);
  return tip;
}

interface Commit {
  readonly parent: string | undefined;
  readonly blob: string;
  readonly study: string;
}

async function committed(git: Scratch, { parent, blob, study }: Commit): Promise<string> {
  const file = fileOfStudy(study);
  const there = parent === undefined ? '' : await git.ask(['ls-tree', parent]);
  const others = there.split('\n').filter((line) => line !== '' && !line.endsWith(`\t${file}`));
  const entries = [...others, `100644 blob ${blob}\t${file}`].join('\n');
  const tree = await git.ask(['mktree'], `${entries}\n`);
  const parents = parent === undefined ? [] : ['-p', parent];
  return git.ask(['commit-tree', tree, ...parents, '-m', `Roots of ${study}`]);
}

function environment(): NodeJS.ProcessEnv {
  const who = { NAME: 'paceline', EMAIL: 'paceline@localhost' };
  const names = ['AUTHOR', 'COMMITTER'].flatMap((role) =>
    Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value]),
  );
  return {
    ...ownEnvironment(),
    ...Object.fromEntries(names),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: process.env['GIT_SSH_COMMAND'] ?? 'ssh -o BatchMode=yes',
    GIT_ALLOW_PROTOCOL: PROTOCOLS,
  };
}

type FailedCall = Error & { readonly stderr?: string; readonly code?: string };

const OVERTAKEN = /fetch first|non-fast-forward|cannot lock ref|failed to update ref/;

function isOvertaken(error: unknown): boolean {
  return PacelineError.is(error) && OVERTAKEN.test(String(error.data['said']));
}

function failed({ remote }: GitPlace, [verb]: readonly string[], cause: FailedCall): PacelineError {
  const isLate = cause.name === 'AbortError';
  const said = isLate ? 'no answer in time' : (cause.stderr || cause.message).trim();
  const [first = ''] = said.split('\n').filter((line) => !line.startsWith('hint:'));
  const shown = withoutPassword(remote);
  return new PacelineError(
    'WORKSPACE',
    `git ${verb} of the roots with ${shown} failed: ${withoutPassword(first)}. Try git ls-remote ${shown} by hand.`,
    { remote: shown, said: withoutPassword(said) },
  );
}

/** An address may hold one, and the ledger is read by many. */
export function withoutPassword(text: string): string {
  return text.replace(/:\/\/[^@\s/]*@/g, '://');
}
