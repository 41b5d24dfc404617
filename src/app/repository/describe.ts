/** From four flags to a config: what a person would have written into paceline.yaml. */
import { basename, relative, resolve } from 'node:path';
import { parseArgsStringToArgv } from 'string-argv';
import { PacelineError } from '../../core/errors.ts';
import { parseConfig } from '../config.ts';
import type { Config } from '../config-schema.ts';
import { studyName } from '../study-name.ts';
import type { Repository } from './repository.ts';
import { toolsOf } from './tools.ts';

export interface RepositoryFlags {
  /** Files or globs to improve, from the folder the person stands in. */
  readonly source: readonly string[];
  /** Command that measures. */
  readonly eval: string;
  readonly metric: string;
  /** Untracked folders that the command needs, beside those that are found. */
  readonly tools?: readonly string[] | undefined;
  readonly goal?: string | undefined;
  readonly unit?: string | undefined;
  /** When a rollout is ended. */
  readonly timeout?: string | number | undefined;
  /** Whose ideas it tries. Absent: variations of the source. */
  readonly ideas?: Ideas | undefined;
  /** Whether the person bounds the study some other way. */
  readonly isBounded: boolean;
  /** What calls to them may take. */
  readonly paid?: Pick<Config['budget'], 'usd' | 'tokens' | 'requests'>;
  /** File of the repository with notes for them. */
  readonly context?: string | undefined;
}

export type Ideas =
  | { readonly models: readonly string[] }
  /** A coding agent, and whose models it asks. */
  | { readonly agent: string; readonly provider: string };

/** A budget that nobody named: long enough to find something, short enough for a first look. */
export const DEFAULT_WALL = '15m';

const TIME_UNITS: Readonly<Record<string, string>> = {
  ms: 'ms',
  us: 'us',
  ns: 'ns',
  s: 's',
  sec: 's',
  secs: 's',
  seconds: 's',
};

/** @throws PacelineError CONFIG_INVALID, USAGE for a source outside the repository. */
export function describeRepository(
  { top, commit }: Repository,
  flags: RepositoryFlags,
  cwd: string,
): Config {
  const { metric, goal = 'min' } = flags;
  const unit = TIME_UNITS[/(?:^|_)([a-z]+)$/i.exec(metric)?.[1]?.toLowerCase() ?? ''];
  const isTime = unit !== undefined && goal === 'min' && flags.unit === undefined;
  const value = {
    name: studyName(basename(top), 'repository'),
    kind: 'code',
    repository: { commit, tools: [...toolsOf({ top, commit, cwd, named: flags.tools ?? [] })] },
    surface: { edit: flags.source.map((path) => fromTop(top, cwd, path)) },
    evaluator: {
      command: inFolder(relative(top, cwd), parseArgsStringToArgv(flags.eval)),
      cwd: 'candidate',
      answers: 'printed',
      class: 'fused',
      ...(flags.timeout === undefined ? {} : { timeout: flags.timeout }),
      metrics: [
        {
          name: metric,
          goal,
          unit: flags.unit ?? unit ?? 'units',
          ...(isTime ? { kind: 'time' } : {}),
        },
      ],
    },
    proposers: [proposerOf(flags, (path) => fromTop(top, cwd, path))],
    budget: { ...(flags.isBounded ? {} : { wall: DEFAULT_WALL }), ...flags.paid },
  };
  return parseConfig(value, 'the command line');
}

function proposerOf(
  { ideas, context }: RepositoryFlags,
  inside: (path: string) => string,
): string | object {
  if (ideas === undefined) return 'genetic';
  if ('agent' in ideas) {
    return { use: 'agent', command: ideas.agent, endpoint: { provider: ideas.provider } };
  }
  const { models } = ideas;
  return { use: 'llm', models, ...(context === undefined ? {} : { context: inside(context) }) };
}

/** Where the person stands: a package of a monorepo measures itself in its own folder. A program of the repository is only there inside. */
function inFolder(folder: string, argv: readonly string[]): readonly string[] {
  const [program = ''] = argv;
  const isOwn = program.includes('/') && !program.startsWith('/');
  if (folder === '' && !isOwn) return argv;
  return ['sh', '-c', 'cd -- "$0" && exec "$@"', folder || '.', ...argv];
}

/** Paths of a surface start at the top of the repository, and lie in it. */
function fromTop(top: string, cwd: string, path: string): string {
  const inside = relative(top, resolve(cwd, path));
  if (inside !== '' && inside !== '..' && !inside.startsWith('../')) return inside;
  throw new PacelineError('USAGE', `--source ${path} is not a file of the repository ${top}.`, {
    path,
  });
}
