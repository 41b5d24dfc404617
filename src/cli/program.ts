import { Command, Help, InvalidArgumentError, type Option } from 'commander';
import { ENGINE_VERSION } from '../app/version.ts';
import { helpText } from './help.ts';

const ABOUT = `
Results go to standard output, progress to standard error. With --json the last line of standard
output is one JSON object whose "schema" names its form; an error is paceline.error/1.

Exit codes:
   0  done
   1  internal: please report it
   2  usage or config: the sentence says what to change
   3  finished, nothing promoted (only with --fail-if-none); nothing proposed
   4  something waits for a person: paceline approve
  65  ledger altered, or a report that does not follow from it
  69  a model's provider: the study is paused
  73  workspace: a folder or file is not as it must be
  74  disk
  75  study locked by another process
  76  promotions are stopped: the sentence says what a person does next
  77  no jail as good as is wanted, or one that did not hold
 130  interrupted, resumable
${helpText({ examples: ['init --example bin-packing && cd bin-packing', 'run', 'report --open'] })}

More verbs: diff, observe, export, import, checks, incidents, keys, gates, improver, memory, package, gc;
each with --help.
Completion: source <(paceline complete bash), or zsh, fish, powershell.`;

type Add = (program: Command) => void;

/** Every verb of this release, in the order of the help. A start that names one reads the files of that one only. */
const VERBS: Readonly<Record<string, () => Promise<Add>>> = {
  init: async () => (await import('./commands/init.ts')).addInit,
  run: async () => (await import('./commands/run.ts')).addRun,
  status: async () => (await import('./commands/status.ts')).addStatus,
  steer: async () => (await import('./commands/steer.ts')).addSteer,
  approve: async () => (await import('./commands/approve.ts')).addApprove,
  propose: async () => (await import('./commands/propose.ts')).addPropose,
  stop: async () => (await import('./commands/stop.ts')).addStop,
  resume: async () => (await import('./commands/resume.ts')).addResume,
  show: async () => (await import('./commands/show.ts')).addShow,
  diff: async () => (await import('./commands/diff.ts')).addDiff,
  apply: async () => (await import('./commands/apply.ts')).addApply,
  compare: async () => (await import('./commands/compare.ts')).addCompare,
  observe: async () => (await import('./commands/observe.ts')).addObserve,
  report: async () => (await import('./commands/report.ts')).addReport,
  verify: async () => (await import('./commands/verify.ts')).addVerify,
  export: async () => (await import('./commands/export.ts')).addExport,
  import: async () => (await import('./commands/import.ts')).addImport,
  checks: async () => (await import('./commands/checks.ts')).addChecks,
  incidents: async () => (await import('./commands/incidents.ts')).addIncidents,
  keys: async () => (await import('./commands/keys.ts')).addKeys,
  gates: async () => (await import('./commands/gates.ts')).addGates,
  improver: async () => (await import('./commands/improver.ts')).addImprover,
  memory: async () => (await import('./commands/memory.ts')).addMemory,
  package: async () => (await import('./commands/package.ts')).addPackage,
  gc: async () => (await import('./commands/gc.ts')).addGc,
  demo: async () => (await import('./commands/demo.ts')).addDemo,
  mcp: async () => (await import('./commands/mcp.ts')).addMcp,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctor,
};

/** Off the first page of help, where sixteen are enough: named below it, and complete like the others. */
const LATER: ReadonlySet<string> = new Set([
  'diff',
  'observe',
  'export',
  'import',
  'checks',
  'incidents',
  'keys',
  'gates',
  'improver',
  'memory',
  'package',
  'gc',
  'complete',
]);

/** Of the help alone: a verb that is misspelt is guessed from all of them. */
function firstPage<T extends Command | Option>(
  all: T[],
  shown: T[],
  groupOf: (item: T) => string,
): Map<string, T[]> {
  const isFirst = (item: T): boolean =>
    !(item instanceof Command && item.parent?.parent === null && LATER.has(item.name()));
  return new Help().groupItems(all, shown.filter(isFirst), groupOf);
}

const addCompletion = async (): Promise<Add> => (await import('./completion.ts')).addCompletion;

/** With all verbs, or with the one that is `named`. */
export async function buildProgram(named = ''): Promise<Command> {
  const program = new Command('paceline')
    .description(
      'Runs research loops that improve code, only as fast as each gain can be proved real.',
    )
    .version(ENGINE_VERSION)
    .enablePositionalOptions()
    .showHelpAfterError('(paceline --help lists every verb)')
    .configureHelp({ showGlobalOptions: true, groupItems: firstPage })
    .addHelpText('after', ABOUT)
    .configureOutput({ outputError: asOurs })
    .exitOverride();
  const one = Object.hasOwn(VERBS, named) ? VERBS[named] : undefined;
  const added = one ? [one] : [...Object.values(VERBS), addCompletion];
  for (const add of await Promise.all(added.map((load) => load()))) add(program);
  for (const command of program.commands) {
    command.configureOutput({ outputError: asOurs });
    command.exitOverride().showHelpAfterError(`(paceline ${command.name()} --help says more)`);
    for (const option of command.options) refuseOptionAsValue(option);
  }
  return program;
}

/** One name before every error, whoever found it. */
function asOurs(text: string, write: (text: string) => void): void {
  write(text.replace(/^error: /, 'paceline: '));
}

/** `--seed --dry-run` is a seed that was forgotten, not one of that name. */
function refuseOptionAsValue(option: Option): void {
  if (!option.required || option.variadic) return;
  const parse = option.parseArg;
  option.argParser((value: string, previous: unknown) => {
    if (!value.startsWith('--')) return parse ? parse(value, previous) : value;
    throw new InvalidArgumentError(`It needs a value, and ${value} is an option.`);
  });
}
