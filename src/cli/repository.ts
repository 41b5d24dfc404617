/** `run --source …`: a config made from flags, and what a person should know of the repository first. */
import type { Command } from 'commander';
import { type Autoresearch, autoresearchWords, PROGRAM } from '../app/autoresearch/recognise.ts';
import type { Config } from '../app/config-schema.ts';
import { dollars, integer } from '../app/overrides.ts';
import { missingIn, taskFiles } from '../app/repository/checkout.ts';
import {
  describeRepository,
  type Ideas,
  type RepositoryFlags,
} from '../app/repository/describe.ts';
import { firstRun, timeoutAfter } from '../app/repository/first-run.ts';
import {
  changedFiles,
  hooksOf,
  type Repository,
  refuseChanged,
  refuseInProgress,
  repositoryAround,
  stash,
} from '../app/repository/repository.ts';
import { readSurface } from '../app/surface.ts';
import { PacelineError } from '../core/errors.ts';
import { countedText, durationText } from '../reporters/report/number-text.ts';
import { type ForeignOptions, refuseForeignFlags } from './foreign-flags.ts';

export interface RepositoryOptions {
  readonly source?: readonly string[];
  readonly eval?: string;
  readonly metric?: string;
  readonly goal?: string;
  readonly unit?: string;
  readonly timeout?: string;
  readonly stash?: boolean;
  readonly tools?: readonly string[];
  readonly models?: readonly string[];
  readonly agent?: string;
  readonly provider?: string;
}

interface BesideOptions extends RepositoryOptions, ForeignOptions {
  readonly wall?: string;
  readonly trials?: string;
  readonly evals?: string;
  readonly usd?: string;
  readonly tokens?: string;
  readonly requests?: string;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
}

export interface Described {
  readonly config: Config;
  readonly root: string;
}

const FLAGS = [
  'source',
  'eval',
  'metric',
  'goal',
  'unit',
  'timeout',
  'stash',
  'tools',
  'models',
  'agent',
  'provider',
] as const;

export function withRepositoryOptions(command: Command): Command {
  return command
    .option('--source <files...>', 'in a git repository: files to improve, without a paceline.yaml')
    .option('--eval <command>', 'with --source: what measures, run in the folder you stand in')
    .option('--metric <name>', 'with --source: what it prints, as METRIC name=12.3 or name: 12.3')
    .option('--goal <min|max>', 'with --source: less is better, or more (min)')
    .option(
      '--unit <unit>',
      'with --source: its unit; without it a name in _ms, _us or _s is a time',
    )
    .option('--timeout <duration>', 'with --source: when a run of it is ended (10 times the first)')
    .option(
      '--tools <folders...>',
      'with --source: untracked folders it needs; node_modules and .venv are found',
    )
    .option('--models <names...>', 'with --source: models to ask, as anthropic/claude-sonnet-4-5')
    .option('--agent <command>', 'with --source: a coding agent (ACP) to ask, in the jail')
    .option('--provider <name>', 'with --agent: whose models it asks: anthropic, openai, google')
    .option('--stash', 'with --source: put uncommitted changes aside first (git stash)');
}

interface Place {
  /** Folder the person means: where the command measures. */
  readonly folder: string;
  readonly isConfigGiven: boolean;
  /** What the folder itself tells, where it is of a kind that is known. */
  readonly known: Autoresearch | undefined;
}

/** Undefined where no flag of a repository was given, and the folder tells nothing. @throws PacelineError USAGE or WORKSPACE. */
export async function describedByFlags(
  options: BesideOptions,
  place: Place,
): Promise<Described | undefined> {
  const { folder, known } = place;
  const given = FLAGS.filter((name) => options[name] !== undefined);
  if (given.length === 0 && known === undefined) return undefined;
  refuseForeignFlags(options, 'this is a study of a repository. Name models with --models');
  const flags = flagsOf(options, { given, ...place });
  if (known) say(options, autoresearchWords(known, flags));
  const repository = repositoryAround(folder);
  refuseInProgress(repository);
  const root = repository.top;
  const described = (timeout = flags.timeout): Config =>
    describeRepository(repository, { ...flags, timeout }, folder);
  const config = described();
  settle(repository, config, options);
  say(options, [...notesOn(repository), ...toolsNote(config)]);
  if (options.dryRun || flags.timeout !== undefined) return { config, root };
  const { value, wallMs } = await firstRun(root, config);
  const timeout = timeoutAfter(wallMs);
  say(options, [
    `The first run printed ${flags.metric} ${Number(value.toPrecision(DIGITS))} after ${durationText(wallMs)}; one that takes ${durationText(timeout)} is ended (--timeout).`,
  ]);
  return { config: described(timeout), root };
}

/** Puts aside, where that was asked for, only once nothing about the flags can be refused any more. */
function settle(
  repository: Repository,
  config: Config,
  { stash: isAsked = false, dryRun = false }: BesideOptions,
): void {
  const changed = changedFiles(repository.top);
  if (changed.length === 0) return;
  if (!isAsked) refuseChanged(repository);
  readSurface(taskFiles({ root: repository.top, config }), config);
  const what = countedText(changed.length, 'changed file');
  if (dryRun) {
    process.stderr.write(`A run would put ${what} aside first (git stash).\n`);
    return;
  }
  stash(repository);
  process.stderr.write(`Put ${what} aside: git stash pop brings them back, when you want them.\n`);
}

interface Given extends Place {
  readonly given: readonly string[];
}

function flagsOf(options: BesideOptions, place: Given): RepositoryFlags {
  const { given, isConfigGiven, known } = place;
  const { source = known && [known.source], unit, tools } = options;
  const { eval: evaluate = known?.eval, metric = known?.metric } = options;
  if (isConfigGiven) {
    throw new PacelineError(
      'USAGE',
      `--config says what --${given[0]} says. Leave one of them out.`,
    );
  }
  if (source === undefined || evaluate === undefined || metric === undefined) {
    throw new PacelineError(
      'USAGE',
      'A study of a repository needs --source, --eval and --metric: paceline run --source src/sort.ts --eval "npm run bench" --metric p50_ms.',
      { given: [...given] },
    );
  }
  const goal = options.goal ?? (options.metric === undefined ? known?.goal : undefined);
  if (known && goal === undefined) {
    throw new PacelineError(
      'USAGE',
      `Whether less or more of "${metric}" is better cannot be told from ${PROGRAM}. Say --goal min or --goal max.`,
      { metric },
    );
  }
  const isBounded = [options.wall, options.trials, options.evals].some((one) => one !== undefined);
  const timeout = options.timeout ?? known?.timeout;
  const measured = { source, eval: evaluate, metric, goal, unit, timeout, tools, isBounded };
  const context = known && PROGRAM;
  return { ...measured, ideas: ideasOf(options), paid: paidOf(options), context };
}

function ideasOf({ models, agent, provider }: BesideOptions): Ideas | undefined {
  if (models !== undefined && agent !== undefined) {
    throw new PacelineError('USAGE', '--models and --agent exclude each other: name one.');
  }
  if ((agent === undefined) !== (provider === undefined)) {
    throw new PacelineError(
      'USAGE',
      '--agent and --provider go together: the agent, and whose models it asks through us, for example --agent claude-code-acp --provider anthropic. For one that logs in by itself write a paceline.yaml (docs/proposers.md).',
    );
  }
  if (models !== undefined) return { models };
  return agent === undefined || provider === undefined ? undefined : { agent, provider };
}

function paidOf({ usd, tokens, requests }: BesideOptions): NonNullable<RepositoryFlags['paid']> {
  return {
    ...(usd === undefined ? {} : { usd: dollars('--usd', usd) }),
    ...(tokens === undefined ? {} : { tokens: integer('--tokens', tokens) }),
    ...(requests === undefined ? {} : { requests: integer('--requests', requests) }),
  };
}

/** What is not there although the repository has it, and what will not happen although people expect it. */
function notesOn(repository: Repository): readonly string[] {
  const { submodules, pointers } = missingIn(repository.top, repository.commit);
  const hooks = hooksOf(repository);
  const named = (paths: readonly string[]): string =>
    JSON.stringify(paths.slice(0, NAMED)).slice(1, -1);
  return [
    ...(submodules.length > 0
      ? [`Submodules are empty in the checkout: ${named(submodules)}.`]
      : []),
    ...(pointers.length > 0
      ? [
          `Of files of Git LFS only the pointers are there: ${named(pointers)}. Install git-lfs and fetch them, where they are needed.`,
        ]
      : []),
    ...(hooks.length > 0
      ? [
          `Hooks do not run for the commits of promotions (${hooks.join(', ')}): a candidate would run outside the jail. They run when you commit or merge.`,
        ]
      : []),
  ];
}

function toolsNote({ repository }: Config): readonly string[] {
  const { tools = [] } = repository ?? {};
  if (tools.length === 0) return [];
  return [`Shown beside the commit, and no part of what is verified: ${tools.join(', ')}.`];
}

const NAMED = 5;
const DIGITS = 4;

function say({ quiet }: BesideOptions, lines: readonly string[]): void {
  if (!quiet) for (const line of lines) process.stderr.write(`${line}\n`);
}
