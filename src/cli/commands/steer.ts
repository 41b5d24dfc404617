import type { Command } from 'commander';
import { dollars, integer } from '../../app/overrides.ts';
import { candidateIdOf, checkOperator } from '../../app/steer-names.ts';
import { PacelineError } from '../../core/errors.ts';
import { microUsdOf } from '../../core/spend.ts';
import type { Steering } from '../../core/steering.ts';
import { helpText } from '../help.ts';
import { addCandidate } from './steer/candidate.ts';
import { addConstraint, addLift } from './steer/constraint.ts';
import { addForetell } from './steer/foretell.ts';
import { addPins } from './steer/pin.ts';
import { type Common, duration, type Place, say } from './steer/say.ts';

/** Long enough for a step of most studies. */
const WAIT = '10s';

export function addSteer(program: Command): void {
  const steer = program
    .command('steer')
    .description('Say something to a study while it runs, or before it is resumed')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'A running study takes up what is said between two steps, about once a second, and records it in its ledger; an interrupted one takes it up with paceline resume. A step can be long, such as a confirm by a slow evaluator: after --wait the command says which one it waits for. From the first decision on, running the study again may take another course. JSON: paceline.steer/1.',
        ],
        examples: [
          'steer note "slot sizes look odd from trial 40 on"',
          'steer veto 7c1f09aa',
          'steer budget --wall 20m --trials 5000',
          'steer candidate mine/',
          'steer pin 7c1f09aa',
          'steer constraint --max-size 300 --no-import fs',
        ],
      }),
    );
  addNote(steer);
  addVeto(steer);
  addBudget(steer);
  addCandidate(steer);
  addPins(steer);
  addConstraint(steer);
  addLift(steer);
  addForetell(steer);
  for (const command of steer.commands) {
    command
      .option('--study <id>', 'study id (default: the newest running one here)')
      .option('--wait <duration>', 'how long to wait for a running study to take it up', WAIT)
      .option('--json', 'print as JSON')
      .exitOverride()
      .showHelpAfterError(`(paceline steer ${command.name()} --help says more)`);
  }
}

function addNote(steer: Command): void {
  steer
    .command('note')
    .description('A remark for the report and for paceline status; changes nothing')
    .argument('<words...>', 'what there is to say')
    .addHelpText('after', helpText({ examples: ['steer note "the new seeds are in"'] }))
    .action((words: readonly string[], options: Common) =>
      say(options, async () => ({ kind: 'note', value: words.join(' ') })),
    );
}

interface VetoOptions extends Common {
  readonly operator?: string;
  readonly proposer?: string;
}

function addVeto(steer: Command): void {
  steer
    .command('veto')
    .description('Never measure, breed from, confirm or promote it from now on')
    .argument('[candidate]', 'first digits of its id')
    .option('--operator <name>', 'every proposal of this operator instead')
    .option('--proposer <name>', 'every proposal of this proposer instead')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'From there on, until paceline steer lift; what it had thrown out of the archive does not come back by itself. Incumbents and the origin cannot be vetoed: nothing rolls back silently. A challenger it concerns ends as declined and keeps its share of the error budget; what proposers have learned from a candidate stays learned.',
        ],
        examples: [
          'steer veto 7c1f09aa',
          'steer veto --operator subtree-crossover',
          'steer veto --proposer cma-es',
        ],
      }),
    )
    .action((candidate: string | undefined, options: VetoOptions) =>
      say(options, (place) => vetoOf(place, candidate, options)),
    );
}

async function vetoOf(
  { root, id }: Place,
  candidate: string | undefined,
  { operator, proposer }: VetoOptions,
): Promise<Steering> {
  const named = [candidate, operator, proposer].filter((one) => one !== undefined);
  if (named.length !== 1) {
    throw new PacelineError(
      'USAGE',
      'Veto one thing at a time: a candidate, or --operator, or --proposer.',
    );
  }
  if (proposer !== undefined) return { kind: 'veto', value: { what: 'proposer', name: proposer } };
  if (operator !== undefined) {
    await checkOperator(root, id, operator);
    return { kind: 'veto', value: { what: 'operator', name: operator } };
  }
  const full = await candidateIdOf(root, id, candidate ?? '');
  return { kind: 'veto', value: { what: 'candidate', candidate: full } };
}

interface BudgetOptions extends Common {
  readonly wall?: string;
  readonly trials?: string;
  readonly evals?: string;
  readonly usd?: string;
  readonly tokens?: string;
  readonly requests?: string;
}

function addBudget(steer: Command): void {
  steer
    .command('budget')
    .description('New limits of the whole study, spent parts included; those not named stay')
    .option('--wall <duration>', 'active time, for example 20m')
    .option('--trials <n>', 'trials')
    .option('--evals <n>', 'evaluations')
    .option('--usd <amount>', 'what calls to models may cost, in US dollars')
    .option('--tokens <n>', 'what they may send and receive')
    .option('--requests <n>', 'how many there may be')
    .addHelpText(
      'after',
      helpText({
        notes: ['Never below what is spent, and not once the final comparison has begun.'],
        examples: ['steer budget --wall 20m', 'steer budget --trials 5000 --evals 200000'],
      }),
    )
    .action((options: BudgetOptions) =>
      say(options, async () => ({ kind: 'budget', value: limitsOf(options) })),
    );
}

function limitsOf({ wall, trials, evals, usd, tokens, requests }: BudgetOptions) {
  return {
    ...(wall === undefined ? {} : { wallMs: duration('--wall', wall) }),
    ...(trials === undefined ? {} : { trials: integer('--trials', trials) }),
    ...(evals === undefined ? {} : { evals: integer('--evals', evals) }),
    ...(usd === undefined ? {} : { microUsd: microUsdOf(dollars('--usd', usd)) }),
    ...(tokens === undefined ? {} : { tokens: integer('--tokens', tokens) }),
    ...(requests === undefined ? {} : { requests: integer('--requests', requests) }),
  };
}
