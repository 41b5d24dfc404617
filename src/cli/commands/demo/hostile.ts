import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { StudyHandle } from '../../../app/engine.ts';
import { hostileJson, isHeld } from '../../../app/hostile/report.ts';
import { runHostile } from '../../../app/hostile/run.ts';
import { EXIT } from '../../../core/errors.ts';
import { helpText } from '../../help.ts';
import { hostileTable } from '../../hostile-table.ts';
import { printResult } from '../../output.ts';

interface HostileOptions {
  readonly cases?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function addHostile(demo: Command): void {
  demo
    .command('hostile')
    .description('A study whose candidates attack this machine and their grade: what holds?')
    .option('--cases <folder>', 'cases of your own instead: a folder each, with case.json')
    .option('--quiet', 'no progress on stderr')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Each case says what it tries and what must be true afterwards; examples/hostile/README.md has the format. Exit code 77 when one is missed.',
          'JSON: paceline.hostile/1.',
        ],
        examples: ['demo hostile', 'demo hostile --cases my-cases --json'],
      }),
    )
    .action(async (options: HostileOptions) => {
      const cases = options.cases === undefined ? undefined : resolve(options.cases);
      const ending = new Ending();
      const report = await runHostile({
        cases,
        onCase: options.quiet ? () => undefined : progress,
        onStart: (study) => ending.take(study),
      }).finally(() => ending.release());
      printResult(options, hostileJson(report), hostileTable(report));
      if (ending.isAsked) process.exitCode = EXIT.interrupted;
      else if (!isHeld(report)) process.exitCode = EXIT.isolation;
    });
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal ends the study and shows what it came to; one more, or one before it began, ends the process. */
class Ending {
  isAsked = false;
  private study: Pick<StudyHandle, 'stop' | 'abandon'> | undefined;

  constructor() {
    for (const name of SIGNALS) process.on(name, this.onSignal);
  }

  take(study: StudyHandle): void {
    this.study = study;
  }

  release(): void {
    for (const name of SIGNALS) process.removeListener(name, this.onSignal);
  }

  private readonly onSignal = (): void => {
    if (this.study === undefined || this.isAsked) {
      if (!this.isAsked) process.stderr.write('Interrupted; nothing was begun.\n');
      this.study?.abandon();
      process.exit(EXIT.interrupted);
    }
    this.isAsked = true;
    this.study.stop();
  };
}

function progress(done: number, of: number): void {
  const line = `${done} of ${of} cases`;
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${done === of ? '' : line}`);
  else if (done % 10 === 0 || done === of) process.stderr.write(`${line}\n`);
}
