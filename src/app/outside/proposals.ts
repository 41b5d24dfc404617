/** Proposals of other programs: into the queue of all that is handed in, and what became of them. */
import { PacelineError } from '../../core/errors.ts';
import type { EventBody } from '../../core/events.ts';
import { sha256 } from '../../core/hash.ts';
import { type Prediction, predictionOf } from '../../core/prediction.ts';
import { said as spoken } from '../../core/said.ts';
import { BY_CLIENT } from '../../core/steering.ts';
import { applyDiff } from '../../source/apply-diff.ts';
import type { Files } from '../../tasks/contract.ts';
import { type Base, incumbentOf } from '../hand-written.ts';
import { type StudyPlace, withLedger } from '../read-ledger.ts';
import { listWaiting, refusedBecause, steerFolder } from '../steer-inbox.ts';
import { steerStudy } from '../steer-study.ts';
import { publicRecord } from './public-record.ts';
import { fateOf, gainOf, publicPhase, screenOf } from './words.ts';

export interface Submission {
  /** Whole texts by path, or a unified diff against the incumbent: one of the two. */
  readonly files?: Files;
  readonly patch?: string;
  /** The incumbent it was written against. */
  readonly incumbent?: string;
  readonly predicted: Prediction;
  /** What the program calls itself. */
  readonly client: string;
}

/** Nobody takes them up while nobody runs the study: a program in a circle would fill the disk. */
const MOST_WAITING = 16;
const LONGEST_NAME = 100;
/** A client waits for its answer meanwhile. */
const WAIT_MS = 5_000;

/** @throws PacelineError with a sentence for whatever is not taken. */
export async function submitOutside(place: StudyPlace, submission: Submission) {
  const { predicted, client, incumbent } = submission;
  const base = await incumbentOf(place);
  if (incumbent !== undefined && incumbent !== base.incumbent) {
    throw new PacelineError(
      'USAGE',
      `The incumbent is ${base.incumbent} by now. Read it again with read_incumbent, and write the proposal against it: what was promoted meanwhile would be taken back.`,
    );
  }
  const text = await base.candidateOf(filesOf(submission, base));
  if (listWaiting(steerFolder(place.root, place.id)).length >= MOST_WAITING) {
    throw new PacelineError(
      'USAGE',
      `${MOST_WAITING} letters wait for ${place.id} already. Submit it again when the study has taken them up.`,
    );
  }
  const said = { kind: 'candidate', value: { text, ...predicted } } as const;
  const name = spoken(client, { quotes: false }).slice(0, LONGEST_NAME) || 'unnamed';
  const steered = await steerStudy({ ...place, said, by: BY_CLIENT + name, waitMs: WAIT_MS });
  const { id: proposal, study, state, takes, phase } = steered;
  return {
    study,
    proposal,
    candidate: sha256(text),
    state,
    ...(takes === undefined ? {} : { trial: takes }),
    ...(phase === undefined ? {} : { waitsFor: publicPhase(phase) }),
    next: NEXT[state],
  };
}

const NEXT = {
  'taken-up': 'Its trial is like any other. Ask proposal_status what became of it.',
  waiting: 'It is in the queue until the step under way ends. Ask proposal_status later.',
  'for-resume': 'Nobody runs the study now. It is in the queue until a person resumes it.',
} as const;

function filesOf({ files, patch }: Submission, base: Base): Files {
  if ((files === undefined) === (patch === undefined)) {
    throw new PacelineError('USAGE', 'Give either files or patch, and not both.');
  }
  if (files !== undefined) return files;
  const applied = applyDiff(base.files, patch ?? '');
  if ('files' in applied) return applied.files;
  throw new PacelineError('USAGE', `The proposal is no candidate. ${applied.why}`);
}

/** @throws PacelineError `USAGE` for a proposal that the study does not know. */
export async function proposalOutside(place: StudyPlace, proposal: string) {
  const folder = steerFolder(place.root, place.id);
  return withLedger(place, async (ledger) => {
    const record = await publicRecord(ledger);
    const found = record.steered.find(
      ({ id, said }) => id === proposal && said.kind === 'candidate',
    );
    if (found) return { study: place.id, proposal, ...becameOf(found, record) };
    if (listWaiting(folder).includes(`${proposal}.json`)) {
      return { study: place.id, proposal, state: 'waiting' };
    }
    const why = /^[0-9a-z-]{1,64}$/.test(proposal) ? refusedBecause(folder, proposal) : undefined;
    if (why !== undefined) return { study: place.id, proposal, state: 'refused', why };
    throw new PacelineError(
      'USAGE',
      `${place.id} knows no proposal ${spoken(proposal)}. submit_proposal answers with the name of each.`,
    );
  });
}

function becameOf(
  { said, takes }: EventBody['study.steered'],
  record: Awaited<ReturnType<typeof publicRecord>>,
) {
  if (said.kind !== 'candidate' || takes === undefined) return { state: 'taken-up' };
  const { text, ...told } = said.value;
  const { metric } = record.opened;
  const { trial } = takes;
  const tried = record.handedIn.get(trial);
  const { expected, expectedInterval } = predictionOf(told);
  const promotion = record.promotions.find((one) => one.trial === trial);
  return {
    state: 'taken-up',
    candidate: sha256(text),
    trial,
    predicted: { gain: expected, interval: expectedInterval, unit: metric.unit },
    became: tried ? fateOf(tried, record) : record.isClosed ? 'never tried' : 'waits for its turn',
    ...(promotion ? { measured: gainOf(promotion.body, metric) } : {}),
    ...(tried ? screenOf(tried, metric) : {}),
    ...(tried?.message === undefined ? {} : { untrusted: { message: tried.message } }),
  };
}
