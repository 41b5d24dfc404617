/**
 * Shell completion: verbs, options and their values, and what the folder one is in holds: studies, portfolios,
 * candidates, files.
 */
import type { Complete, RootCommand } from '@bomb.sh/tab';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { type NamedCandidate, namedCandidates } from '../app/candidate-names.ts';
import { listPortfolios } from '../app/portfolio/files.ts';
import { listStudies } from '../app/study-files.ts';
import { BASH_COMPLETION } from './bash-completion.ts';

export function addCompletion(program: Command): void {
  const completion = tab(program);
  const complete = program.commands.find((one) => one.name() === 'complete');
  const offers = offersOf(completion);
  for (const { name, command } of verbsOf(program))
    offerValues(completion, { name, command, offers });
  completion.commands.get('help')?.argument('command', (add) => {
    for (const command of program.commands) add(command.name(), command.description());
  });
  // What is offered is asked for at once and cannot wait for a ledger: it is read before.
  complete?.hook('preAction', async (_, { args }) => {
    const asked = verbsOf(program).filter(({ name }) =>
      `${args.join(' ')} `.startsWith(`${name} `),
    );
    if (asked.some(({ command }) => argumentsOf(command).some((one) => CANDIDATES.has(one)))) {
      offers.candidates = await candidatesOf(args);
    }
  });
  const scriptOf = completion.setup.bind(completion);
  completion.setup = (name, executable, shell) => {
    if (shell === 'bash') process.stdout.write(`${BASH_COMPLETION}\n`);
    else scriptOf(name, executable, shell);
  };
}

/** Names of arguments, as the verbs' own help has them. */
const CANDIDATES: ReadonlySet<string> = new Set(['candidate', 'from', 'to', 'a', 'b']);
const STUDIES: ReadonlySet<string> = new Set(['study', 'a', 'b']);
const FILES: ReadonlySet<string> = new Set(['file', 'path', 'directory', 'a', 'b']);
/** Options whose value is a file. */
const FILE_OPTIONS: ReadonlySet<string> = new Set(['config', 'portfolio', 'file']);

interface Offers {
  candidates: readonly NamedCandidate[];
  /** To be called where a file may stand. */
  readonly files: () => void;
}

function offersOf(completion: RootCommand): Offers {
  let mayBeFile = false;
  // The library says "no files" (4) for everything; the shells complete files themselves at 0.
  Object.defineProperty(completion, 'directive', {
    configurable: true,
    get: () => (mayBeFile ? 0 : 4),
    set() {},
  });
  return {
    candidates: [],
    files: () => {
      mayBeFile = true;
    },
  };
}

interface Verb {
  readonly name: string;
  readonly command: Command;
}

/** `steer veto` below `steer`. */
function verbsOf(above: Command, path = ''): readonly Verb[] {
  return above.commands.flatMap((command) => {
    const name = `${path}${command.name()}`;
    return [{ name, command }, ...verbsOf(command, `${name} `)];
  });
}

function argumentsOf({ registeredArguments }: Command): readonly string[] {
  return registeredArguments.map((one) => one.name());
}

function offerValues(
  completion: RootCommand,
  { name, command, offers }: Verb & { readonly offers: Offers },
): void {
  const entry = completion.commands.get(name);
  if (entry === undefined) return;
  for (const argument of argumentsOf(command)) {
    entry.argument(argument, (add) => {
      if (CANDIDATES.has(argument)) for (const one of offers.candidates) add(one.name, one.what);
      if (STUDIES.has(argument)) addStudies(add);
      if (FILES.has(argument)) offers.files();
      if (name === 'complete') for (const shell of SHELLS) add(shell, '');
    });
  }
  for (const { long, description } of command.options) {
    const option = long?.slice(2) ?? '';
    if (option === 'study') entry.option(option, description, addStudies);
    if (FILE_OPTIONS.has(option)) entry.option(option, description, offers.files);
  }
}

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'];

function addStudies(add: Complete): void {
  const root = process.cwd();
  for (const id of listStudies(root).toReversed()) add(id, 'study');
  for (const id of listPortfolios(root).toReversed()) add(id, 'portfolio');
}

/** Of the study that is named so far, else of the newest. */
async function candidatesOf(words: readonly string[]): Promise<readonly NamedCandidate[]> {
  const root = process.cwd();
  const at = words.indexOf('--study');
  const joined = words.find((word) => word.startsWith('--study='))?.slice('--study='.length);
  const id = (at < 0 ? joined : words[at + 1]) ?? listStudies(root).at(-1);
  return id === undefined ? [] : namedCandidates({ root, id });
}
