import type { Command } from 'commander';
import { type CandidateRecord, showCandidate } from '../../app/show-candidate.ts';
import { pickStudy } from '../../app/study-files.ts';
import type { Json } from '../../core/json.ts';
import type { Remarks } from '../../core/remarks.ts';
import { type Spend, usdOf } from '../../core/spend.ts';
import { isClient } from '../../core/steering.ts';
import { predictionText } from '../../reporters/report/prediction-text.ts';
import { helpText } from '../help.ts';
import { printResult, withoutLastBreak } from '../output.ts';

interface Options {
  readonly study?: string;
  readonly source?: boolean;
  readonly json?: boolean;
}

export function addShow(program: Command): void {
  program
    .command('show')
    .description('One candidate: its source, where it came from, what was claimed about it')
    .argument('[candidate]', 'first digits of its id, or a word: origin, incumbent (the default)')
    .option('--study <id>', 'study id (default: the newest here)')
    .option('--source', 'print the source only, to be piped into a file')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Source, parents, screen, what it changed, every claim about it. JSON: paceline.show/1.',
        ],
        examples: ['show', 'show 7c1f09aa', 'show --source > priority.ts'],
      }),
    )
    .action(async (candidate: string | undefined, options: Options) => {
      const root = process.cwd();
      const id = pickStudy(root, options.study);
      const record = await showCandidate(root, id, candidate);
      const lines = options.source ? [withoutLastBreak(record.source)] : linesOf(record);
      printResult(options, jsonOf(id, record), lines);
    });
}

function jsonOf(study: string, record: CandidateRecord): Json {
  const { trials, originFiles: _originFiles, ...rest } = record;
  const told = trials.map(({ trial, seq, actor, body }) => ({ trial, seq, actor, body }));
  return JSON.parse(JSON.stringify({ schema: 'paceline.show/1', study, ...rest, trials: told }));
}

const RULE = '-'.repeat(72);

function linesOf(record: CandidateRecord): readonly string[] {
  const role = [record.isOrigin && 'the origin', record.isIncumbent && 'the incumbent now'];
  const claims = record.claims.flatMap(({ card, arm }) => [
    '',
    arm === undefined ? card.title : `${card.title} (in the control arm ${arm}, not sized there)`,
    ...card.lines.map((line) => `  ${line}`),
  ]);
  return [
    [record.id, ...role.filter(Boolean)].join(' · '),
    ...birth(record),
    ...claims,
    '',
    RULE,
    record.source.trimEnd(),
    RULE,
    ...(record.diff === ''
      ? []
      : ['Changed in the origin:', ...record.scope, withoutLastBreak(record.diff)]),
  ];
}

function birth(record: CandidateRecord): readonly string[] {
  const { trials, screen, failure, handedIn, metric, isOrigin } = record;
  const [first, ...again] = trials;
  const written = handedIn
    ? [`${writerOf(handedIn.by)} (${handedIn.by}) for trial ${handedIn.trial}`]
    : [];
  if (isOrigin) return trials.length > 0 ? [proposedAgain(trials.length)] : [];
  if (first === undefined) {
    const said = handedIn ? remarksOf(handedIn.predicted, metric) : [];
    return [...written.map((line) => `${line}, which is not settled yet`), ...said];
  }
  const { body, trial } = first;
  const parents = body.parents.map((parent) => parent.slice(0, 'sha256:'.length + 12)).join(', ');
  return [
    ...written,
    `trial ${trial}, ${body.proposer}/${body.operator}; screen ${screen} (noisy, claims nothing)`,
    ...remarksOf(body, metric, record.measured ?? `screen ${screen}`),
    ...(failure === undefined ? [] : [failure.trimEnd()]),
    ...(parents ? [`parents ${parents}`] : []),
    ...(again.length > 0 ? [`${proposedAgain(again.length)}, as a duplicate`] : []),
  ];
}

function proposedAgain(times: number): string {
  return `proposed again in ${times === 1 ? '1 trial' : `${times} trials`}`;
}

function spentText({ requests, tokens, microUsd }: Spend): string {
  const calls = requests === 1 ? '1 call' : `${requests} calls`;
  return `${calls}, ${tokens} tokens, ${usdOf(microUsd)} USD`;
}

function writerOf(by: string): string {
  return isClient(by) ? 'handed in by a program' : 'written by a person';
}

/** What its proposer said before anything was measured, beside what came out: it decides nothing. */
function remarksOf(
  { hypothesis, mechanism, cites, model, spent, ...said }: Remarks,
  metric: CandidateRecord['metric'],
  measured?: string,
): readonly string[] {
  const predicted = predictionText(said, metric);
  return [
    ...(hypothesis === undefined ? [] : [`hypothesis of its proposer: ${hypothesis}`]),
    ...(mechanism === undefined ? [] : [`why it should work: ${mechanism}`]),
    ...(predicted === undefined ? [] : [`gain it expected: ${predicted}`]),
    ...(predicted === undefined || measured === undefined ? [] : [`gain measured: ${measured}`]),
    ...(cites === undefined ? [] : [`notes it cites: ${cites.join(', ')}`]),
    ...(model === undefined ? [] : [`by ${model}${spent ? `, ${spentText(spent)}` : ''}`]),
  ];
}
