import type { Command } from 'commander';
import { CONFIG_FILE } from '../../app/config.ts';
import { listGates, ratingOfStudy, type TriedGates } from '../../app/gates.ts';
import { integer } from '../../app/overrides.ts';
import { tryGates } from '../../app/qualification/try-gates.ts';
import { PacelineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { helpText } from '../help.ts';
import { interruptible } from '../interrupt.ts';
import { printResult, table } from '../output.ts';

interface Common {
  readonly json?: boolean;
  readonly config: string;
}

export function addGates(program: Command): void {
  const gates = program
    .command('gates')
    .description('What stands between an accepted candidate and its promotion')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Which checks apply follows from paceline.yaml alone, before the first trial. Nothing passes gates that were never tried: known cheats and honest controls of the corpus are shown to every check, and the lower 95 % bound of recall on what the checks claim to catch must reach 0.95.',
          'JSON: paceline.gates/1, paceline.gates-rating/1.',
        ],
        examples: ['gates list', 'gates qualify', 'gates rating'],
      }),
    );
  addList(gates);
  addQualify(gates);
  addRating(gates);
  for (const command of gates.commands) {
    command
      .option('--json', 'print as JSON')
      .exitOverride()
      .showHelpAfterError(`(paceline gates ${command.name()} --help says more)`);
  }
}

function addList(gates: Command): void {
  gates
    .command('list')
    .description('Which checks apply to the task, and why others do not')
    .option('--config <file>', 'config of the task', CONFIG_FILE)
    .addHelpText('after', helpText({ examples: ['gates list', 'gates list --json'] }))
    .action((options: Common) => sayGates(options));
}

function addQualify(gates: Command): void {
  gates
    .command('qualify')
    .description('Try the checks on all known cheats and honest controls')
    .option('--config <file>', 'config of the task', CONFIG_FILE)
    .option('--anew', 'what was tried before on this machine counts for nothing')
    .option('--workers <n>', 'tasks to try at a time (default: as many as there are cores)')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Takes an hour or more in jails, once for each version of the checks; a release comes with its own. A run that is cut off goes on where it was. Tasks whose metric is a time are tried last and alone. Misses are printed by name.',
        ],
        examples: ['gates qualify', 'gates qualify --anew', 'gates qualify --json'],
      }),
    )
    .action(async (options: Common & { readonly anew?: boolean; readonly workers?: string }) => {
      const onTried = (row: { readonly task: string }, at: number, of: number): void => {
        if (!options.json) process.stderr.write(`${at} of ${of}: ${row.task}\n`);
      };
      const request = { onTried, isAnew: options.anew ?? false, ...workersOf(options) };
      const never = new AbortController().signal;
      await interruptible(() => tryGates(request, never), 'Interrupted; run it again to go on.\n');
      await sayGates(options);
    });
}

function workersOf({ workers }: { readonly workers?: string }): { readonly workers?: number } {
  if (workers === undefined) return {};
  const count = integer('--workers', workers);
  if (count > 0) return { workers: count };
  throw new PacelineError('USAGE', `--workers ${workers}: give 1 or more.`, { flag: '--workers' });
}

function addRating(gates: Command): void {
  gates
    .command('rating')
    .description('How the gate of a study does on its traps')
    .argument('[study]', 'default: the newest')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'About one in twenty of what the gate examines is a trap. The engine never learns which; this is for people.',
        ],
        examples: ['gates rating', 'gates rating bin-packing-7f3a --json'],
      }),
    )
    .action((study: string | undefined, options: Pick<Common, 'json'>) => {
      const rating = ratingOfStudy(process.cwd(), study);
      const json = { schema: 'paceline.gates-rating/1', ...rating } as unknown as Json;
      printResult(options, json, ratingLines(rating));
    });
}

async function sayGates(options: Common): Promise<void> {
  const list = await listGates(options.config);
  const rows = list.checks.map(({ check, what, why }) => [check, what, why ?? 'applies']);
  const json = { schema: 'paceline.gates/1', ...list } as unknown as Json;
  printResult(options, json, [
    ...table([['check', 'what it looks at', 'here'], ...rows]),
    '',
    ...qualificationLines(list.qualification),
  ]);
}

function qualificationLines(tried: TriedGates | undefined): readonly string[] {
  if (tried === undefined) {
    return ['Never tried as they are now, so nothing passes them: run paceline gates qualify.'];
  }
  const { traps, caught, recall, honest, refused, faults, missed, wronged } = tried;
  const bound = recall[0].toFixed(3);
  return [
    faults.length === 0 ? 'Qualified.' : `Nothing passes them: ${faults.join('; ')}.`,
    ...(tried.isProvisional ? [PROVISIONAL] : []),
    `Known cheats of what they claim to catch: ${caught} of ${traps} (recall at least ${bound}, 95 %).`,
    `Honest controls refused: ${refused} of ${honest}; ${tried.asked} more are let through by a person only.`,
    ...listed('Missed', missed),
    ...listed('Refused though honest', wronged),
    ...listed('Checks that no known case was for', tried.untried),
    ...tried.uncovered.map(
      ({ class: family, of, caught, checks }) =>
        `Not covered: ${family} (${caught} of ${of} caught all the same${checks.length > 0 ? `; looked for by ${checks.join(', ')}` : ''})`,
    ),
  ];
}

/** Said wherever the figures are: what was not tried is in no figure. */
const PROVISIONAL =
  'Provisional: not every check was tried, nor every case; those that were not are named below and are in no figure. Try all of them here: paceline gates qualify.';

function listed(what: string, names: readonly string[]): readonly string[] {
  return names.length > 0 ? [`${what}: ${names.join(', ')}`] : [];
}

function ratingLines(rating: ReturnType<typeof ratingOfStudy>): readonly string[] {
  const { study, traps, rated, misses, wantsRecalibration } = rating;
  const head = `${study}: ${traps.length} traps so far.`;
  if (rated === undefined) return [head, 'Nothing was rated yet: it is before each promotion.'];
  const wrong = traps.filter(({ end }) => ['missed', 'refused', 'no verdict'].includes(end));
  return [
    head,
    `Of the newest ${rated.traps} known cheats (${rated.live.traps} of them traps) it caught ${rated.caught}: recall at least ${rated.recallLower.toFixed(3)} (95 %).`,
    `Of ${rated.honest} honest controls it refused ${rated.refused}.`,
    misses.words,
    ...(rated.frozen ? ['Frozen: it catches too few, and nothing is promoted.'] : []),
    ...(wantsRecalibration
      ? ['It refuses too many honest ones: look at the thresholds of the checks named below.']
      : []),
    ...wrong.map(({ case: name, end }) => `${name}: ${end}`),
  ];
}
