/** Flags of `run` for folders of OpenEvolve, and that nothing else takes them. */
import type { Command } from 'commander';
import { PacelineError } from '../core/errors.ts';

export interface ForeignOptions {
  readonly proposers?: readonly string[];
  readonly python?: string;
  readonly without?: readonly string[];
}

export function withForeignOptions(command: Command): Command {
  return command
    .option(
      '--proposers <names...>',
      'in a folder of OpenEvolve: ask no model, but genetic or cma-es',
    )
    .option(
      '--python <interpreter>',
      'in a folder of OpenEvolve: what runs its evaluator (python3)',
    )
    .option(
      '--without <keys...>',
      'in a folder of OpenEvolve: keys of its config.yaml to leave out',
    );
}

/** @throws PacelineError USAGE for a flag that is of no use for what is run. */
export function refuseForeignFlags(options: ForeignOptions, instead: string): void {
  const given = (['proposers', 'python', 'without'] as const).find((one) => options[one]);
  if (given === undefined) return;
  throw new PacelineError(
    'USAGE',
    `--${given} is for a folder of OpenEvolve, and ${instead}, or leave it out.`,
    { flag: given },
  );
}
