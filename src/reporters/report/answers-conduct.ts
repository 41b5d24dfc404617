/** Answers about how the study was conducted. */
import type { ReportFacts } from '../facts.ts';
import type { FactBook } from './fact.ts';
import { approvalDetails, approvalRows, waitingCount } from './facts-approvals.ts';
import { failureDetails, failureRows } from './facts-failures.ts';
import { followOnRows } from './facts-follow-ons.ts';
import { isIslandArm } from './facts-islands.ts';
import { kindRows } from './facts-kinds.ts';
import { refusedRows } from './facts-safety.ts';
import { stageRows } from './facts-stages.ts';
import { firstDecision, steeringDetails, steeringRows } from './facts-steering.ts';
import { unfitRows } from './facts-unfit.ts';
import { leadingPromotion } from './leading.ts';
import {
  type Answer,
  counted,
  type Detail,
  joined,
  type Phrase,
  type Row,
  rowsOf,
  say,
} from './phrase.ts';
import { MAIN_ARM } from './tally.ts';

export function touchAnswer({ book }: ReportFacts): Answer {
  const unchecked = Number(book.get('safety.uncheckedCount')?.value ?? 0);
  return {
    question: 'Could the candidate see or touch its grade?',
    lead:
      unchecked > 0
        ? say`Made hard, not excluded: ${counted(book.get('safety.uncheckedCount'), 'check')} did not run in this study.`
        : say`Every check that applies ran.`,
    rows: [
      ...rowsOf(book, [
        ['isolation', 'safety.isolation'],
        ['after a resume', 'safety.resumedIn'],
        ['evaluator', 'safety.evaluatorClass'],
        ['proposer', 'safety.credentials'],
        ['gate', 'safety.verdicts'],
        ['cases of each property', 'safety.propertyCases'],
        ['deep audits', 'safety.audits'],
        ['in deep audits alone', 'safety.deepOnly'],
        ['promotions without a deep audit', 'safety.unaudited'],
        ['taken back', 'safety.rolledBack'],
        ['incidents', 'safety.incidents'],
      ]),
      {
        label: 'confirm seeds',
        phrase: say`from a secret committed before the first trial (${book.get('secret.commit')})`,
      },
    ],
    ...(unchecked > 0
      ? {
          more: {
            title: 'Checks that did not run',
            details: [{ kind: 'text' as const, phrase: say`${book.get('safety.unchecked')}` }],
          },
        }
      : {}),
  };
}

export function changeAnswer(facts: ReportFacts): Answer {
  const { book } = facts;
  const question = 'What exactly changed?';
  const rows = [
    ...rowsOf(book, [['origin', 'hash.origin'], ...leadingCandidate(facts)]),
    ...kindRows(book),
  ];
  if (book.has('change.files')) return { question, ...patchAnswer(book, rows) };
  const before = book.get('source.before');
  const after = book.get('source.after');
  return {
    question,
    lead: after
      ? say`The origin’s source became the incumbent’s; both are printed in full.`
      : say`Nothing: the incumbent is the origin.`,
    rows,
    ...(before
      ? {
          more: {
            title: after ? 'Source, before and after' : 'Source of the origin',
            details: [{ kind: 'change' as const, before, after }],
          },
        }
      : {}),
  };
}

function patchAnswer(book: FactBook, rows: readonly Row[]): Omit<Answer, 'question'> {
  const files = [...book.values()].flatMap((path) => {
    const patch = book.get(path.id.replace(/^change\.path\./, 'source.patch.'));
    return patch && path.id.startsWith('change.path.') ? [{ path, patch }] : [];
  });
  const lines = say`${counted(book.get('change.added'), 'line')} added, ${book.get('change.removed')} removed`;
  return {
    lead: say`${counted(book.get('change.files'), 'file')} of the origin: ${lines}. The patch is printed in full.`,
    rows: [
      ...rows,
      {
        label: 'files',
        phrase: joined(
          files.map(({ path }) => say`${path}`),
          ', ',
        ),
      },
      {
        label: 'now reaches for',
        phrase: say`${book.get('change.scope')} (read from the text: a hint, no barrier)`,
      },
      {
        label: 'to take over',
        phrase: say`paceline diff --study ${book.get('study.id')} | git apply`,
      },
    ],
    more: { title: 'Patch, file by file', details: [{ kind: 'patch', files }] },
  };
}

function leadingCandidate({ tally }: ReportFacts): (readonly [string, string])[] {
  const leading = leadingPromotion(tally);
  return leading === undefined
    ? []
    : [['incumbent', `promotion.${leading.promoted.trial}.candidate`]];
}

export function costAnswer({ book, tally }: ReportFacts): Answer {
  const arms = [...tally.arms.keys()].map((name) =>
    name === MAIN_ARM
      ? say`${book.get(`evals.${name}`)} search`
      : isIslandArm(tally, name)
        ? say`${book.get(`evals.${name}`)} search (${book.get(`arm.${name}`)})`
        : say`${book.get(`evals.${name}`)} control (${book.get(`arm.${name}`)})`,
  );
  const claims = book.has('evals.claims')
    ? [say`${book.get('evals.claims')} noise floor and sizes of gains`]
    : [];
  return {
    question: 'What did it cost?',
    lead: say`${book.get('evals.total')} evaluations, ${book.get('cost.activeMs')} of active time, ${book.get('cost.usd')}.`,
    rows: [
      {
        label: 'evaluations',
        phrase: joined(
          [...arms, ...claims, say`${book.get('evals.final')} final comparison`],
          ' · ',
        ),
      },
      ...rowsOf(book, [
        ['given up at the end, in no count', 'evals.givenUp'],
        ['screen values reused', 'evals.reused'],
      ]),
      ...rowsOf(book, [
        ['calls to models', 'cost.requests'],
        ['tokens sent and received', 'cost.tokens'],
        ['of the money, for calls without an answer', 'cost.unanswered'],
        ['spent for each promotion', 'cost.usdPerPromotion'],
      ]),
      ...modelRows(book),
      {
        label: 'CPU of what was measured',
        phrase: say`${book.get('cost.cpuMs')}`,
      },
      ...rowsOf(book, [['CPU of safety', 'cost.safetyCpuMs']]),
      {
        label: 'interruptions',
        phrase: say`resumed ${counted(book.get('study.resumes'), 'time')}`,
      },
    ],
  };
}

function modelRows(book: ReportFacts['book']) {
  const models = [...book.keys()].filter((id) => id.startsWith('cost.model.'));
  return rowsOf(
    book,
    models.map((id) => [id.slice('cost.model.'.length), id] as const),
  );
}

type Promotions = ReportFacts['tally']['promotions'];

const AUTONOMOUS = /^autonomy level/;

export function approvalAnswer({ book, tally }: ReportFacts): Answer {
  const { promotions } = tally;
  const alone = promotions.filter(({ promoted }) => AUTONOMOUS.test(promoted.body.approvedBy));
  return {
    question: 'Who said yes, having seen what?',
    lead: approvalLead({ book, tally }, alone.length),
    rows: [
      ...rowsOf(book, [['autonomy', 'safety.autonomy']]),
      { label: 'rule', phrase: say`${book.get('rule.hash')}` },
      ...approvers(promotions).map((approvedBy) => approvedRow(book, promotions, approvedBy)),
      ...approvalRows(book, tally),
      ...steeringRows(book, tally),
    ],
    ...(tally.steered.length + tally.approvals.size > 0
      ? {
          more: {
            title: 'What people said while it ran',
            details: [
              ...(tally.approvals.size > 0 ? approvalDetails(book, tally) : []),
              ...(tally.steered.length > 0 ? steeringDetails(book, tally) : []),
            ],
          },
        }
      : {}),
  };
}

function approvers(promotions: Promotions): readonly string[] {
  return [...new Set(promotions.map(({ promoted }) => promoted.body.approvedBy))];
}

/** Everything one approver said yes to, in one row. */
function approvedRow(book: ReportFacts['book'], promotions: Promotions, approvedBy: string) {
  const theirs = promotions.filter(({ promoted }) => promoted.body.approvedBy === approvedBy);
  const ids = theirs.map(({ promoted }) => `promotion.${promoted.trial}`);
  const trials = joined(
    ids.map((id) => say`${book.get(`${id}.trial`)}`),
    ', ',
  );
  const noun = theirs.length === 1 ? 'trial' : 'trials';
  return {
    label: 'approved',
    phrase: [...say`by ${book.get(`${ids[0]}.approvedBy`)}: ${noun} `, ...trials],
  };
}

function approvalLead({ book, tally }: Pick<ReportFacts, 'book' | 'tally'>, alone: number): Phrase {
  const promotions = tally.promotions.length;
  if (promotions === 0 && tally.approvals.size > 0) {
    return waitingCount(tally) > 0
      ? say`Nobody yet: a person was asked, and has not decided.`
      : say`Nobody: a person was asked, and nothing was promoted.`;
  }
  if (promotions === 0) return say`Nobody was asked: nothing was promoted.`;
  if (alone === promotions) {
    const gates = book.get('safety.floor');
    return gates
      ? say`The rule and the gates (${gates}). No person looked at any promotion before it was made.`
      : say`The rule alone. No person looked at any promotion before it was made.`;
  }
  return alone === 0
    ? say`A person approved every promotion.`
    : say`Some promotions were approved by a person, the others by the rule${book.has('safety.floor') ? ' and the gates' : ''} alone.`;
}

export function rerunAnswer({ book, tally }: ReportFacts): Answer {
  const decision = firstDecision(tally);
  const reruns = tally.opened?.body.reproducible === 'rerun' && decision === undefined;
  return {
    question: 'Can I rerun it with one command?',
    lead: reruns
      ? say`Yes. One command derives every decision again; another runs the study again, with new confirm seeds.`
      : say`One command derives every decision again. Running the study again may take another course.`,
    rows: [
      ...rowsOf(book, [
        ['derive again', 'study.verify'],
        ['run again', 'study.rerun'],
        ['under improver', 'study.improver'],
        ['told beforehand', 'study.lessons'],
        ['why not the same', 'study.why'],
      ]),
      ...(decision === undefined
        ? []
        : [
            {
              label: 'why not the same',
              phrase: say`from ${book.get(`${decision}.entry`)} on people decided too, when they did: ${book.get(`${decision}.words`)}`,
            },
          ]),
      ...(reruns
        ? [
            {
              label: 'what is the same',
              phrase: say`every trial until a confirm on other fresh instances decides otherwise`,
            },
          ]
        : []),
      {
        label: 'fixed by',
        phrase: say`config ${book.get('hash.config')} · evaluator ${book.get('hash.evaluator')} · engine ${book.get('study.engine')}`,
      },
      ...rowsOf(book, [['logical digest', 'ledger.logical']]),
    ],
  };
}

export function discardedAnswer(facts: ReportFacts): Answer {
  const { book, tally } = facts;
  const unconfirmed = tally.unconfirmed.map(({ confirmed }) => `unconfirmed.${confirmed.trial}`);
  return {
    question: 'What was tried and thrown away?',
    lead: discardedLead(facts),
    rows: [
      ...stageRows(book, tally),
      ...failureRows(book, tally),
      ...unfitRows(book, tally),
      ...refusedRows(book, tally),
      ...unconfirmed.slice(0, 3).map((id) => ({
        label: 'unconfirmed',
        phrase: say`trial ${book.get(`${id}.trial`)} (${book.get(`${id}.by`)}): ${book.get(`${id}.effect`)} over ${book.get(`${id}.n`)} pairs`,
      })),
      ...followOnRows(book),
    ],
    more: {
      title: 'Closest calls, best discards and who proposed what',
      details: thrownAway(facts, unconfirmed),
    },
  };
}

function discardedLead({ book, tally, promotions }: ReportFacts): Phrase {
  const total = book.get('trials.total');
  if (tally.trials === 0) return say`Nothing was tried yet.`;
  const below = tally.unconfirmed.length > 0 ? '; the closest calls are named below' : '';
  return promotions === 0
    ? say`All of ${counted(total, 'trial')}${below}.`
    : say`All but ${book.get('promotions.total')} of ${counted(total, 'trial')}${below}.`;
}

function thrownAway(
  { book, tally }: ReportFacts,
  unconfirmed: readonly string[],
): readonly Detail[] {
  const cells = (id: string, keys: readonly string[]): readonly Phrase[] =>
    keys.map((key) => say`${book.get(`${id}.${key}`)}`);
  const operators = [...tally.operators.values()]
    .map(({ trials }, i) => ({ id: `operator.${i}`, trials }))
    .sort((a, b) => b.trials - a.trials);
  return [
    {
      kind: 'text',
      phrase: say`Unconfirmed challengers, strongest evidence first. The mean where a confirm stopped is biased by the stopping.`,
    },
    {
      kind: 'table',
      head: ['trial', 'by', 'stopped mean', 'evidence', 'candidate'],
      rows: unconfirmed.map((id) => cells(id, ['trial', 'by', 'effect', 'evidence', 'candidate'])),
    },
    {
      kind: 'text',
      phrase: say`Discarded at the screen, best first. These scores were used to choose, so they flatter.`,
    },
    {
      kind: 'table',
      head: ['trial', 'by', 'screen score', 'evaluations', 'candidate'],
      rows: tally.discarded.map((event) =>
        cells(`discarded.${event.trial}`, ['trial', 'by', 'score', 'n', 'candidate']),
      ),
    },
    {
      kind: 'table',
      head: ['proposer, operator', 'trials', 'admitted', 'challenged'],
      rows: operators.map(({ id }) => cells(id, ['name', 'trials', 'admitted', 'challenged'])),
    },
    ...failureDetails(book, tally),
  ];
}

export function barAnswer({ book, tally }: ReportFacts): Answer {
  const first = book.get('trials.firstSeq');
  return {
    question: 'When was the bar fixed, before or after the result?',
    lead: first
      ? say`Before: the rule is in ${book.get('rule.seq')}, the first trial in ${first}.`
      : say`Before any result: the rule is in ${book.get('rule.seq')} and no trial has settled.`,
    rows: [
      { label: 'rule', phrase: say`${book.get('rule.words')}` },
      { label: 'hash', phrase: say`${book.get('rule.hash')} ${book.get('rule.matches')}` },
      {
        label: 'secret',
        phrase: tally.closed
          ? say`the revealed secret ${book.get('secret.matches')} ${book.get('secret.commit')}`
          : say`committed as ${book.get('secret.commit')}; revealed when the study ends`,
      },
    ],
  };
}
