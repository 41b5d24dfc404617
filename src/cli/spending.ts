/** Flags about models: that a study may pay for them, and recordings of their traffic. */
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { CassetteUse } from '../app/cassette-use.ts';
import type { Config } from '../app/config-schema.ts';
import { paySentence, refuseUnconfirmed } from '../app/may-pay.ts';
import { PacelineError } from '../core/errors.ts';

export interface SpendingOptions {
  readonly yes?: boolean;
  readonly record?: string;
  readonly replay?: string;
}

export function withSpendingOptions(command: Command): Command {
  return command
    .option('--yes', 'models may be paid for, within the budget: ask no more')
    .option('--record <file>', 'record the traffic with models there')
    .option('--replay <file>', 'take the answers of models from a recording: no network, no key');
}

/** @throws PacelineError USAGE for both at once. */
export function cassetteOf({ record, replay }: SpendingOptions): CassetteUse | undefined {
  if (record !== undefined && replay !== undefined) {
    throw new PacelineError('USAGE', '--record and --replay exclude each other: name one.', {});
  }
  if (record !== undefined) return { record };
  return replay === undefined ? undefined : { replay };
}

/**
 * Asks whoever sits at a terminal; anywhere else only --yes counts.
 * @param studies That will be run under this config. @throws PacelineError USAGE where nobody can be asked.
 */
export async function isConfirmed(
  config: Config,
  options: SpendingOptions,
  studies = 1,
): Promise<boolean> {
  const sentence = paySentence(config, studies);
  if (options.yes || options.replay !== undefined || sentence === undefined) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    refuseUnconfirmed(config, { mayPay: false, studies });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal
    .question(`${sentence} Go on? [y/N] `)
    .finally(() => terminal.close());
  return /^y(es)?$/i.test(answer.trim());
}
