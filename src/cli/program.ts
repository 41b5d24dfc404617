import { Command } from 'commander';
import { ENGINE_VERSION } from '../app/version.ts';
import { addDemo } from './commands/demo.ts';
import { addDiff } from './commands/diff.ts';
import { addDoctor } from './commands/doctor.ts';
import { addInit } from './commands/init.ts';
import { addReport } from './commands/report.ts';
import { addResume } from './commands/resume.ts';
import { addRun } from './commands/run.ts';
import { addShow } from './commands/show.ts';
import { addStatus } from './commands/status.ts';
import { addStop } from './commands/stop.ts';
import { addVerify } from './commands/verify.ts';

const EXIT_CODES = `
Exit codes:
  0 done · 1 internal · 2 usage or config · 3 finished, nothing promoted (only with --fail-if-none)
  65 ledger altered · 73 workspace · 74 disk · 75 study locked · 130 interrupted (resumable)

Examples:
  $ paceline init --example bin-packing && cd bin-packing
  $ paceline run
  $ paceline report --open`;

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
    .addHelpText('after', EXIT_CODES)
    .exitOverride();
  const verbs = [
    addInit,
    addRun,
    addStatus,
    addStop,
    addResume,
    addShow,
    addDiff,
    addReport,
    addVerify,
    addDemo,
    addDoctor,
  ];
  for (const add of verbs) add(program);
  for (const command of program.commands) command.exitOverride().showHelpAfterError();
  return program;
}
