import type { Command } from 'commander';
import { CONFIG_FILE } from '../../app/config.ts';
import { examine } from '../../app/doctor.ts';
import type { Finding } from '../../app/doctor-disk.ts';
import type { Attacked } from '../../app/evaluator-audit/attack-candidates.ts';
import { refusalOf } from '../../app/evaluator-audit/audit.ts';
import { type ExaminedEvaluator, examineEvaluator } from '../../app/evaluator-audit/examine.ts';
import { EXIT, PacelineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { auditTable } from '../audit-table.ts';
import { helpText } from '../help.ts';
import { interruptible } from '../interrupt.ts';
import { printResult, table } from '../output.ts';

interface Options {
  readonly config: string;
  readonly evaluator?: boolean;
  readonly json?: boolean;
}

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('What this machine, folder and config can do: disk, clock, jail, evaluator')
    .option('--config <file>', 'config to examine', CONFIG_FILE)
    .option('--evaluator', 'attack the evaluator too: known-bad candidates, mutants, what it needs')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Platform, cores, clock, disk and its fdatasync, file system, jail level, limits, and the evaluator: does the origin score, do seeds matter, does a seed repeat, do search and judge agree. JSON: paceline.doctor/1.',
          "With --evaluator the task's own evaluator is attacked with candidates that do nothing, answer constants, forge results, patch clocks and comparisons, or reach for its files, and with mutants of the origin; what it lets through is printed, how many mutants it notices, and the jail lines that are enough for it. The exit code is 2 where a candidate that does nothing beats the origin or a forged result is believed; a run refuses such an evaluator too, before its first trial.",
        ],
        examples: ['doctor', 'doctor --evaluator', 'doctor --config or3.yaml'],
      }),
    )
    .action(async (options: Options) => {
      const findings = await examined(options.config);
      const isSound = findings.every(({ state }) => state !== 'failed');
      const isTask = findings.some(({ check }) => check === 'evaluator');
      if (options.evaluator && isSound && !isTask) findings.push(noTask(options.config));
      if (!options.evaluator && isSound && isTask) findings.push(NOT_ATTACKED);
      const attacks =
        options.evaluator && isSound && isTask
          ? await attacked(options.config, findings)
          : undefined;
      const json = {
        schema: 'paceline.doctor/1',
        findings: findings.map((one) => ({ ...one })),
        ...(attacks ? { evaluator: JSON.parse(JSON.stringify(attacks)) as Json } : {}),
      };
      const lines = attacks ? ['', ...auditTable(attacks)] : [];
      printResult(options, json, [...table(findings.map(rowOf)), ...lines]);
      process.exitCode = findings.find(({ state }) => state === 'failed')?.exitCode ?? EXIT.done;
    });
}

const NOT_ATTACKED: Finding = {
  check: 'known-bad candidates',
  state: 'limited',
  detail:
    'not tried here: a run tries them first and refuses an evaluator that one gets past; paceline doctor --evaluator tries all of them now',
};

/** With a line on the terminal for what takes seconds. */
async function examined(config: string): Promise<Finding[]> {
  const show = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(text);
  };
  const phase = (words: string): void => show(`\r\u001b[Kdoctor: ${words} …`);
  try {
    return [...(await interruptible(() => examine(config, phase)))];
  } finally {
    show('\r\u001b[K');
  }
}

/** Adds what it finds. */
async function attacked(
  config: string,
  findings: Finding[],
): Promise<ExaminedEvaluator | undefined> {
  try {
    const examined = await interruptible(() => examineEvaluator(config, progress));
    findings.push(...examined.audit.attacked.filter(({ isRefused }) => isRefused).map(refused));
    return examined;
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    const { message: detail, exitCode } = error;
    findings.push({ check: 'evaluator attacked', state: 'failed', detail, exitCode });
    return undefined;
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}

/** Whoever asked for the audit, and got none, must not take it for passed. */
function noTask(config: string): Finding {
  const detail = `there is no evaluator to attack: ${config} does not exist. Name the config with --config`;
  return { check: 'evaluator attacked', state: 'failed', detail, exitCode: EXIT.usage };
}

function refused(one: Attacked): Finding {
  const detail = refusalOf(one);
  return { check: 'evaluator attacked', state: 'failed', detail, exitCode: EXIT.usage };
}

/** One line that is overwritten, or nothing where nobody looks. */
function progress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${what}`);
}

function rowOf({ check, state, detail }: Finding): readonly string[] {
  return [state, check, detail];
}
