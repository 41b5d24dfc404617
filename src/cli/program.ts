import { Command, InvalidArgumentError, type Option } from 'commander';
import { ENGINE_VERSION } from '../app/version.ts';
import { addApply } from './commands/apply.ts';
import { addCompare } from './commands/compare.ts';
import { addDemo } from './commands/demo.ts';
import { addDiff } from './commands/diff.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExport } from './commands/export.ts';
import { addGc } from './commands/gc.ts';
import { addImport } from './commands/import.ts';
import { addInit } from './commands/init.ts';
import { addReport } from './commands/report.ts';
import { addResume } from './commands/resume.ts';
import { addRun } from './commands/run.ts';
import { addShow } from './commands/show.ts';
import { addStatus } from './commands/status.ts';
import { addSteer } from './commands/steer.ts';
import { addStop } from './commands/stop.ts';
import { addVerify } from './commands/verify.ts';
import { addCompletion } from './completion.ts';
import { helpText } from './help.ts';

const ABOUT = `
Results go to standard output, progress to standard error. With --json the last line of standard
output is one JSON object whose "schema" names its form; an error is paceline.error/1.

Exit codes:
   0  done
   1  internal: please report it
   2  usage or config: the sentence says what to change
   3  finished, nothing promoted (only with --fail-if-none)
  65  ledger altered, or a report that does not follow from it
  73  workspace: a folder or file is not as it must be
  74  disk
  75  study locked by another process
 130  interrupted, resumable
${helpText({ examples: ['init --example bin-packing && cd bin-packing', 'run', 'report --open'] })}

Completion: source <(paceline complete bash), or zsh, fish, powershell.`;

/** Every verb of this release, each in its own file. */
export function buildProgram(): Command {
  const program = new Command('paceline')
    .description(
      'Runs research loops that improve code, only as fast as each gain can be proved real.',
    )
    .version(ENGINE_VERSION)
    .enablePositionalOptions()
    .showHelpAfterError('(paceline --help lists every verb)')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', ABOUT)
    .exitOverride();
  const verbs = [
    addInit,
    addRun,
    addStatus,
    addSteer,
    addStop,
    addResume,
    addShow,
    addDiff,
    addApply,
    addCompare,
    addReport,
    addVerify,
    addExport,
    addImport,
    addGc,
    addDemo,
    addDoctor,
  ];
  for (const add of verbs) add(program);
  addCompletion(program);
  for (const command of program.commands) {
    command.exitOverride().showHelpAfterError(`(paceline ${command.name()} --help says more)`);
    for (const option of command.options) refuseOptionAsValue(option);
  }
  return program;
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
