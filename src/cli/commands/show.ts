import { type Command, InvalidArgumentError } from 'commander';
import { readNext } from '../../app/follow-ons-of.ts';
import { type CandidateRecord, screenOf, showCandidate } from '../../app/show-candidate.ts';
import { readCards } from '../../app/show-cards.ts';
import { type KindsShown, showKinds } from '../../app/show-kinds.ts';
import { showTrial, type TrialRecord } from '../../app/show-trial.ts';
import { pickStudy } from '../../app/study-files.ts';
import { readWhy } from '../../app/why/read-why.ts';
import { PacelineError } from '../../core/errors.ts';
import type { FollowOn } from '../../core/follow-ons.ts';
import type { Json } from '../../core/json.ts';
import type { Remarks } from '../../core/remarks.ts';
import { type Spend, usdOf } from '../../core/spend.ts';
import { isClient } from '../../core/steering.ts';
import { expectedText } from '../../reporters/report/follow-ons.ts';
import { shortHash } from '../../reporters/report/number-text.ts';
import { predictionText } from '../../reporters/report/prediction-text.ts';
import { cardLines } from '../cards-text.ts';
import { helpText } from '../help.ts';
import { printResult, withoutLastBreak } from '../output.ts';
import { whyLines } from '../why-text.ts';

interface Options {
  readonly study?: string;
  readonly source?: boolean;
  readonly steps?: boolean;
  readonly trial?: number;
  readonly why?: boolean;
  readonly cards?: boolean;
  readonly json?: boolean;
}

export function addShow(program: Command): void {
  program
    .command('show')
    .description('One candidate: its source, where it came from, what was claimed about it')
    .argument('[candidate]', 'first digits of its id, or a word: origin, incumbent (the default)')
    .option('--study <id>', 'study id (default: the newest here)')
    .option('--source', 'print the source only, to be piped into a file')
    .option('--steps', 'what its agent did on the way to it')
    .option('--trial <n>', 'one trial instead, with or without a candidate', trialNumber)
    .option('--why', 'what the gates found, check by check, with the evidence: for people')
    .option('--cards', 'score cards of the study instead: proposers, people and what they expected')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Source, parents, screen, what it changed, every claim about it. JSON: paceline.show/1, of a trial paceline.trial/1, of --why paceline.why/1, of --cards paceline.cards/1.',
        ],
        examples: [
          'show',
          'show 7c1f09aa',
          'show --source > priority.ts',
          'show --trial 12',
          'show --why',
          'show --cards',
        ],
      }),
    )
    .action(showAsAsked);
}

async function showAsAsked(candidate: string | undefined, options: Options): Promise<void> {
  const root = process.cwd();
  if (options.trial !== undefined) {
    refuseCandidate(candidate, '--trial');
    const id = pickStudy(root, options.study);
    const trial = await showTrial(root, id, options.trial);
    printResult(options, trialJson(id, trial), trialLines(trial, options));
    return;
  }
  const id = pickStudy(root, options.study);
  if (options.cards) {
    refuseCandidate(candidate, '--cards');
    return showCards(root, id, options);
  }
  if (options.why) return showWhy({ root, id, candidate }, options);
  const record = await showCandidate(root, id, candidate);
  const lines = options.source ? [withoutLastBreak(record.source)] : linesOf(record);
  const [first] = record.trials;
  const isAsked = options.steps === true && first?.trial !== undefined;
  const steps = isAsked ? (await showTrial(root, id, first.trial)).steps : [];
  const kinds = record.wasPromoted ? await showKinds({ root, id }) : undefined;
  const isShort = options.source === true || !record.isIncumbent;
  const { next = [] } = isShort ? {} : await readNext({ root, id }, record.metric);
  const more = {
    ...(options.steps ? { steps } : {}),
    ...(kinds ? { kindAndRate: kinds } : {}),
  };
  printResult(options, jsonOf(id, record, more), [
    ...(options.steps ? stepLines(steps) : []),
    ...lines,
    ...(kinds?.words && !options.source ? ['', `Kind and rate: ${kinds.words}`] : []),
    ...next.map((words, i) => `next ${i + 1} of ${next.length}: ${words}`),
  ]);
}

async function showCards(root: string, id: string, options: Options): Promise<void> {
  const cards = await readCards(root, id);
  const json = JSON.parse(JSON.stringify({ schema: 'paceline.cards/1', study: id, ...cards }));
  printResult(options, json, cardLines(cards));
}

interface Named {
  readonly root: string;
  readonly id: string;
  readonly candidate: string | undefined;
}

async function showWhy(
  { root, id, candidate = 'incumbent' }: Named,
  options: Options,
): Promise<void> {
  const found = await readWhy(root, id, candidate);
  const json = JSON.parse(JSON.stringify({ schema: 'paceline.why/1', study: id, ...found }));
  printResult(options, json, whyLines(found));
}

/** @throws PacelineError USAGE: of two things that are named one would be left out. */
function refuseCandidate(candidate: string | undefined, option: string): void {
  if (candidate === undefined) return;
  throw new PacelineError('USAGE', `A candidate and ${option} are two questions: name one.`, {
    candidate,
  });
}

function trialNumber(text: string): number {
  const trial = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(trial) && trial >= 0) return trial;
  throw new InvalidArgumentError('Write the number of a trial, from 0.');
}

function followOnLine(one: FollowOn, metric: TrialRecord['metric']): string {
  const { number, kind, hypothesis, against } = one;
  return `follow-on ${number} (${kind}): ${hypothesis} Expected gain ${expectedText(one, metric)}. Against it: ${against}`;
}

function trialJson(study: string, record: TrialRecord): Json {
  const { trial, settled, steps, followOn, end = null } = record;
  const { seq, actor, body } = settled ?? {};
  const told = settled ? { seq, actor, ...body } : null;
  const shown = { schema: 'paceline.trial/1', study, trial, settled: told, end, steps, followOn };
  return JSON.parse(JSON.stringify(shown));
}

function trialLines(
  { trial, settled, steps, metric, end, followOn }: TrialRecord,
  { steps: isAsked = false }: Options,
): readonly string[] {
  const proposed = followOn ? [followOnLine(followOn, metric)] : [];
  if (settled === undefined) {
    const isWaiting = followOn !== undefined && steps.length === 0;
    const where = isWaiting ? 'is not settled yet' : 'is under way';
    return [`trial ${trial} ${where}`, ...proposed, ...(isWaiting ? [] : stepLines(steps))];
  }
  const { body } = settled;
  const { screen = body.outcome } = screenOf(settled, metric);
  const saw =
    body.outcome === 'scored' ? `; screen ${screen} (noisy, claims nothing)` : `: ${screen}`;
  return [
    `trial ${trial}, ${body.proposer}/${body.operator}${saw}`,
    ...(body.message === undefined ? [] : [body.message]),
    ...proposed,
    ...(followOn ? [] : remarksOf(body, metric)),
    ...(body.noCandidate ? [] : [`candidate ${body.candidate}`]),
    endLine(end, body.candidate),
    ...(steps.length > 0 || isAsked ? stepLines(steps) : []),
  ];
}

/** What the gates did not let pass is explained elsewhere, to people. */
function endLine(end: TrialRecord['end'], candidate: string): string {
  if (end === undefined || end === null) return 'not ended yet';
  const isGate = end === 'gate-failed' || end === 'expired';
  return `ended as ${end}${isGate ? ` (paceline show ${shortHash(candidate)} --why)` : ''}`;
}

function stepLines(steps: TrialRecord['steps']): readonly string[] {
  if (steps.length === 0) return ['Its proposer told no steps.'];
  return steps.flatMap(({ kind, says }) => {
    const [first = '', ...rest] = withoutLastBreak(says).split('\n');
    return [`${kind.padEnd(10)}  ${first}`, ...rest.map((line) => `${' '.repeat(12)}${line}`)];
  });
}

function jsonOf(
  study: string,
  record: CandidateRecord,
  more: Partial<Pick<TrialRecord, 'steps'>> & { readonly kindAndRate?: KindsShown },
): Json {
  const { trials, originFiles: _originFiles, ...rest } = record;
  const told = trials.map(({ trial, seq, actor, body }) => ({ trial, seq, actor, body }));
  return JSON.parse(
    JSON.stringify({ schema: 'paceline.show/1', study, ...rest, trials: told, ...more }),
  );
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
  const { trials, screen, failure, handedIn, metric, isOrigin, end } = record;
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
    endLine(end, record.id),
    ...remarksOf(body, metric, record.measured ?? `none shown; its screen saw ${screen}`),
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
  metric: Pick<CandidateRecord['metric'], 'unit'>,
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
