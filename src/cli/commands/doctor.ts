import type { Command } from 'commander';
import { CONFIG_FILE } from '../../app/config.ts';
import { examine } from '../../app/doctor.ts';
import type { Finding } from '../../app/doctor-disk.ts';
import { EXIT } from '../../core/errors.ts';
import { helpText } from '../help.ts';
import { printResult, table } from '../output.ts';

interface Options {
  readonly config: string;
  readonly json?: boolean;
}

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('What this machine, folder and config can do: disk, clock, jail, evaluator')
    .option('--config <file>', 'config to examine', CONFIG_FILE)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Platform, cores, clock, disk and its fdatasync, file system, jail level, limits, and the evaluator: does the origin score, do seeds matter, does a seed repeat, do search and judge agree. JSON: paceline.doctor/1.',
        ],
        examples: ['doctor', 'doctor --config or3.yaml'],
      }),
    )
    .action(async (options: Options) => {
      const findings = await examine(options.config);
      const json = { schema: 'paceline.doctor/1', findings: findings.map((one) => ({ ...one })) };
      printResult(options, json, table(findings.map(rowOf)));
      process.exitCode = findings.find(({ state }) => state === 'failed')?.exitCode ?? EXIT.done;
    });
}

function rowOf({ check, state, detail }: Finding): readonly string[] {
  return [state, check, detail];
}
