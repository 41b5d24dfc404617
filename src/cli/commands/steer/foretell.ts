import { createInterface } from 'node:readline/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { foretell, questionsOf } from '../../../app/foretell/answer.ts';
import { pickStudyIn } from '../../../app/status.ts';
import { PacelineError } from '../../../core/errors.ts';
import { escapeControl } from '../../../reporters/plain-text.ts';
import { helpText } from '../../help.ts';
import { printResult } from '../../output.ts';
import type { Common } from './say.ts';

interface Options extends Common {
  readonly chance?: number;
  readonly effect?: number;
}

export function addForetell(steer: Command): void {
  steer
    .command('foretell')
    .description('What you expect of a candidate, before it is measured; it decides nothing')
    .argument('[trial]', 'a trial that asks (default: the first)', trialNumber)
    .option('--chance <share>', 'that it beats what it came from: 0.3 or 30%', share)
    .option(
      '--effect <number>',
      'gain you expect, in the metric’s unit, positive is better',
      number,
    )
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Only of studies whose config says taste: { people: … }. Without --chance it shows the change and asks at a terminal; elsewhere it lists what waits. Whoever does not answer in time has made no forecast; a paceline show --cards tells how good yours were. JSON: paceline.foretell/1.',
        ],
        examples: ['steer foretell', 'steer foretell 12 --chance 30%'],
      }),
    )
    .action(say);
}

async function say(wanted: number | undefined, options: Options): Promise<void> {
  const root = process.cwd();
  const id = await pickStudyIn(root, options.study, 'running');
  const questions = questionsOf({ root, id });
  const asked = questions.find(({ trial }) => wanted === undefined || trial === wanted);
  const trial = wanted ?? asked?.trial;
  if (options.chance === undefined && !process.stdin.isTTY) {
    const json = JSON.parse(
      JSON.stringify({ schema: 'paceline.foretell/1', study: id, questions }),
    );
    printResult(options, json, listed(questions.map((one) => one.trial)));
    return;
  }
  if (trial === undefined) {
    throw new PacelineError(
      'USAGE',
      `No trial of ${id} asks what you expect now. Try again later.`,
      { id },
    );
  }
  if (options.chance === undefined) process.stdout.write(`${escapeControl(asked?.diff ?? '')}\n`);
  const chance = options.chance ?? (await askChance(trial));
  if (chance === undefined) return;
  const effect = options.effect === undefined ? {} : { effect: options.effect };
  const said = foretell({ root, id }, trial, { chance, ...effect });
  const json = JSON.parse(JSON.stringify({ schema: 'paceline.foretell/1', study: id, said }));
  printResult(options, json, [
    `Left for trial ${trial} of ${id}: a chance of ${Math.round(100 * chance)} %.`,
  ]);
}

function listed(trials: readonly number[]): readonly string[] {
  return trials.length === 0
    ? ['No trial asks now.']
    : trials.map((trial) => `trial ${trial} asks: paceline steer foretell ${trial} --chance 30%`);
}

/** Undefined where the person leaves it. */
async function askChance(trial: number): Promise<number | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const said = await terminal.question(
      `Trial ${trial}: chance that it beats what it came from (30%, empty leaves it): `,
    );
    return said.trim() === '' ? undefined : share(said.trim());
  } finally {
    terminal.close();
  }
}

const SHARE = /^(\d+\.?\d*|\.\d+)\s*(%?)$/;

function share(text: string): number {
  const [, digits, percent] = SHARE.exec(text) ?? [];
  const value = Number(digits) / (percent === '%' ? 100 : 1);
  if (digits !== undefined && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Write a chance between 0 and 1, or a percentage such as 30%.');
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Write a number.');
}

function trialNumber(text: string): number {
  const trial = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(trial) && trial >= 0) return trial;
  throw new InvalidArgumentError('Write the number of a trial, from 0.');
}
