/** The user's own git, called without a shell, without hooks, and untouched by the variables of a hook that may have started us. */
import { execFileSync } from 'node:child_process';
import { PacelineError } from '../../core/errors.ts';

const MOST_BYTES = 256 * 1024 * 1024;

export interface GitCall {
  /** Folder it starts in. */
  readonly cwd: string;
  /** Beside our own, such as an index of its own. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Every write of an index or a ref has one, too (post-index-change, reference-transaction). */
const WITHOUT_HOOKS = ['-c', 'core.hooksPath=/dev/null'];

/** What it printed, without the last line end. @throws PacelineError WORKSPACE with what git said. */
export function git(call: GitCall, ...args: readonly string[]): string {
  return asked(call, [...WITHOUT_HOOKS, ...args]);
}

/** The same for what a person would have typed, and where their hooks are meant. */
export function gitWithHooks(call: GitCall, ...args: readonly string[]): string {
  return asked(call, args);
}

function asked({ cwd, environment = {}, input }: GitCall, args: readonly string[]): string {
  try {
    const text = execFileSync('git', args, {
      cwd,
      env: { ...ownEnvironment(), ...environment, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
      encoding: 'utf8',
      maxBuffer: MOST_BYTES,
      input: input ?? '',
      stdio: 'pipe',
    });
    return text.replace(/\n$/, '');
  } catch (cause) {
    throw failed(args, cause as FailedCall);
  }
}

/** The same, where "no" is an answer. */
export function gitOrNothing(call: GitCall, ...args: readonly string[]): string | undefined {
  try {
    return git(call, ...args);
  } catch {
    return undefined;
  }
}

type FailedCall = Error & {
  readonly code?: string;
  readonly stderr?: string;
  readonly stdout?: string;
};

function failed(args: readonly string[], cause: FailedCall): PacelineError {
  if (cause.code === 'ENOENT') {
    return new PacelineError('WORKSPACE', 'git was not found. Install it: apt install git.', {});
  }
  const said = (cause.stderr || cause.stdout || cause.message).trim().split('\n')[0] ?? '';
  const command = args.filter((one, i) => one !== '-c' && args[i - 1] !== '-c').join(' ');
  return new PacelineError(
    'WORKSPACE',
    `git ${command} failed: ${said}. Run it by hand in the repository, then start again.`,
    { command, said },
    { cause },
  );
}

/**
 * A hook has GIT_DIR and GIT_INDEX_FILE set to a repository that need not be the one meant here. Settings
 * given by variables (safe.directory in a container) are the person's.
 */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !name.startsWith('GIT_') || name.startsWith('GIT_CONFIG_'),
    ),
  );
}

/** @throws PacelineError WORKSPACE where a study came without the commit it is of, as into a shallow clone. */
export function requireCommit(cwd: string, commit: string): void {
  git({ cwd }, 'rev-parse', '--git-dir');
  if (gitOrNothing({ cwd }, 'cat-file', '-e', `${commit}^{commit}`) !== undefined) return;
  throw new PacelineError(
    'WORKSPACE',
    `The commit ${commit.slice(0, SHORT)} that the study began with is not in this repository. Fetch it (git fetch --unshallow, or from where the study was run), then start again.`,
    { commit },
  );
}

const SHORT = 12;
